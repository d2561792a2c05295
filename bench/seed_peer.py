"""Makes the peer's form pages (run in the peer's settings)."""

import django

django.setup()

from wagtail.models import Page, Site  # noqa: E402

from bench.peer.forms.models import FormField, FormPage  # noqa: E402
from bench.questions import CHOICES, COUNTS, questions, slug  # noqa: E402


def seed(count: int) -> None:
    """A published page of that many questions."""
    if FormPage.objects.filter(slug=slug(count)).exists():
        return
    site = Site.objects.get(is_default_site=True)
    page = site.root_page.add_child(instance=FormPage(title=f"{count} questions", slug=slug(count)))
    for number, asked in enumerate(questions(count)):
        choices = "\n".join(CHOICES) if asked.kind.wagtail == "dropdown" else ""
        FormField.objects.create(
            page=page, sort_order=number, label=asked.name, clean_name=asked.name, choices=choices,
            field_type=asked.kind.wagtail, required=not number % 2,
        )  # fmt: skip
    assert Page.objects.live().filter(pk=page.pk).exists()


for count in COUNTS:
    seed(count)

"""Makes the peer's form page (run in the peer's settings)."""

import django

django.setup()

from wagtail.models import Page, Site  # noqa: E402

from bench.peer.forms.models import FormField, FormPage  # noqa: E402
from bench.questions import CHOICES, questions  # noqa: E402


def seed() -> None:
    """A published page of thirty questions at /trente/."""
    if FormPage.objects.exists():
        return
    site = Site.objects.get(is_default_site=True)
    page = site.root_page.add_child(instance=FormPage(title="Trente questions", slug="trente"))
    for number, asked in enumerate(questions()):
        choices = "\n".join(CHOICES) if asked.kind.wagtail == "dropdown" else ""
        FormField.objects.create(
            page=page, sort_order=number, label=asked.name, clean_name=asked.name, choices=choices,
            field_type=asked.kind.wagtail, required=not number % 2,
        )  # fmt: skip
    assert Page.objects.live().filter(pk=page.pk).exists()


seed()

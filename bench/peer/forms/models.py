"""A form page, and a page of blocks, as Wagtail's documentation describes them."""

from django.db.models import CASCADE
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import BooleanBlock, CharBlock, ChoiceBlock, StructBlock, TextBlock
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField
from wagtail.fields import StreamField
from wagtail.models import Page

KINDS = [("texte", "Texte"), ("nombre", "Nombre"), ("date", "Date")]


class FormField(AbstractFormField):
    """A question of the page."""

    page = ParentalKey("peer_forms.FormPage", on_delete=CASCADE, related_name="form_fields")


class FormPage(AbstractForm):
    """A page of questions."""

    template = "forms/form_page.html"
    landing_page_template = "forms/form_page_landing.html"


class QuestionBlock(StructBlock):
    """A question, as one would compose a form of blocks."""

    title = CharBlock()
    help = TextBlock(required=False)
    kind = ChoiceBlock(choices=KINDS, default="texte")
    required = BooleanBlock(required=False)


class BlocksPage(Page):
    """A page whose body is made of blocks."""

    body = StreamField([("text", CharBlock()), ("question", QuestionBlock())])
    content_panels = [*Page.content_panels, FieldPanel("body")]

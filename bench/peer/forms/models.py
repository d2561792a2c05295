"""A form page as Wagtail's documentation describes it."""

from django.db.models import CASCADE
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField


class FormField(AbstractFormField):
    """A question of the page."""

    page = ParentalKey("peer_forms.FormPage", on_delete=CASCADE, related_name="form_fields")


class FormPage(AbstractForm):
    """A page of questions."""

    template = "forms/form_page.html"
    landing_page_template = "forms/form_page_landing.html"

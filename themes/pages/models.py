"""The portals' pages, edited in Wagtail."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from themes.highlights.selectors import highlights_on
from themes.pages.blocks import ContentBlocks, HomeBlocks


class HomePage(Page):
    """A portal's home page; each portal has its own, so their number is not bounded."""

    body = StreamField(HomeBlocks(), verbose_name=_("contenu"))

    template = "pages/home_page.html"
    content_panels = (*Page.content_panels, FieldPanel("body"))
    parent_page_types = ("wagtailcore.Page",)
    subpage_types = ("themes.ContentPage",)

    class Meta:
        verbose_name = _("page d’accueil")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What Wagtail gives, and the démarches à la Une of now."""
        shown = highlights_on(request.portal, timezone.now())  # type: ignore[attr-defined]
        return {**super().get_context(request, *args, **kwargs), "highlights": shown}


class ContentPage(Page):
    """A page of text: who decides, accessibility, legal notice…"""

    intro = models.TextField(_("introduction"), blank=True)
    body = StreamField(ContentBlocks(), verbose_name=_("contenu"), blank=True)

    template = "pages/content_page.html"
    content_panels = (*Page.content_panels, FieldPanel("intro"), FieldPanel("body"))
    parent_page_types = ("themes.HomePage", "themes.ContentPage")
    subpage_types = ("themes.ContentPage",)

    class Meta:
        verbose_name = _("page de contenu")

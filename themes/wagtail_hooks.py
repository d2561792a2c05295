"""What the themes add to the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from tenants.permissions import can
from themes.highlights.services import ARRANGE


class HighlightsMenuItem(MenuItem):
    """« À la Une », for who may arrange it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can(request.user, ARRANGE, request.portal)  # type: ignore[attr-defined]


@hooks.register("register_admin_urls")
def highlight_urls() -> list[Any]:
    """The addresses of « À la Une »."""
    return [path("a-la-une/", include("themes.highlights.urls"))]


@hooks.register("register_admin_menu_item")
def highlights_menu_item() -> MenuItem:
    """« À la Une » in the menu, after the pages."""
    return HighlightsMenuItem(_("À la Une"), reverse_lazy("highlights:index"), icon_name="pick", order=150)

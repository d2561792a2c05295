"""The place of the démarches in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from builder import urls
from builder.screens import may_compose


class ProceduresMenuItem(MenuItem):
    """« Démarches », for who may compose some on the current portal."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_compose(request)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Put our screens under the admin's address, behind its sign-in."""
    return urls.urlpatterns


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    """The icons that Wagtail has not."""
    return [*icons, "builder/icons/undo-act.svg", "builder/icons/redo-act.svg"]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> Any:
    """The way to the list of démarches."""
    return ProceduresMenuItem(
        _("Démarches"), reverse_lazy("builder_list"), name="demarches", icon_name="form", order=150
    )

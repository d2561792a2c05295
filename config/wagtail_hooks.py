"""What the composition root tells Wagtail: whose pages, files and names its screens may show."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import filters
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import LockedPagesPanel, RecentEditsPanel
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.documents.models import Document
from wagtail.images.views import chooser
from wagtail.models import Page, Site

from config.admin_gate import may_meet_address
from tenants.portals.models import PortalRole
from tenants.portals.pages import collections_of, pages_of


@hooks.register("construct_page_chooser_queryset")
def choose_among_own_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """The page chooser's search knows every page of the installation."""
    return pages.filter(pk__in=pages_of(request.portal))  # type: ignore[attr-defined]


@hooks.register("before_serve_document")
def serve_own_documents(document: Document, request: HttpRequest) -> None:
    """A document is served on its portal's host only."""
    if not collections_of(request.portal).filter(pk=document.collection_id).exists():  # type: ignore[attr-defined]
        raise Http404


@hooks.register("before_delete_page")
@hooks.register("before_move_page")
def keep_the_home_page(request: HttpRequest, page: Page, *destination: Page) -> HttpResponse | None:
    """A portal stands on its home page: it is neither deleted nor moved."""
    if page.pk != request.portal.site.root_page_id:  # type: ignore[attr-defined]
        return None
    messages.error(request, _("La page d’accueil du portail ne peut être ni supprimée ni déplacée."))
    return redirect("wagtailadmin_explore", page.pk)


@hooks.register("before_bulk_action")
def keep_the_home_page_in_bulk(
    request: HttpRequest, action: str, objects: list[Any], bulk: Any
) -> HttpResponse | None:
    """The same, among other pages."""
    if action in ("delete", "move") and bulk.model is Page:
        return next(filter(None, (keep_the_home_page(request, page) for page in objects)), None)
    return None


@hooks.register("construct_main_menu")
def show_own_screens(request: HttpRequest, items: list[MenuItem]) -> None:
    """No entry of the menu leads to a refusal; a submenu (« Rapports », « Paramètres ») has no address."""
    items[:] = [
        item
        for item in items
        if item.url and may_meet_address(request.user, request.portal, str(item.url))  # type: ignore[attr-defined]
    ]


@hooks.register("construct_homepage_panels")
def show_own_pages(request: HttpRequest, panels: list[Any]) -> None:
    """Somebody who works for two portals finds on each the pages of that one."""
    panels[:] = [panel for panel in panels if not isinstance(panel, RecentEditsPanel | LockedPagesPanel)]


@hooks.register("insert_global_admin_js")
def start_the_inputs() -> str:
    """The script that stands for those that Wagtail writes within its pages."""
    return format_html('<script src="{}"></script>', static("administration/inputs.js"))


def _chooser(self: BaseChooser, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
    """A chooser, started by the script of above instead of one that follows it in the page."""
    data = self.get_value_data(value)
    return format_html(
        '{}<span hidden data-starts-widget="{}" data-for="{}" data-options="{}"></span>',
        mark_safe(self.render_html(name, data, attrs)),
        self.js_constructor,
        attrs["id"],
        json.dumps(self.get_js_init_options(attrs["id"], name, data)),
    )


def _staff(request: HttpRequest) -> QuerySet[Any]:
    staff = PortalRole.objects.filter(portal=request.portal).values("user")  # type: ignore[attr-defined]
    return get_user_model().objects.filter(pk__in=staff)


def _site(request: HttpRequest) -> QuerySet[Site]:
    return Site.objects.filter(pk=request.portal.site_id)  # type: ignore[attr-defined]


def _no_tags(model: type[Any], count: int = 0) -> list[Any]:
    return []


BaseChooser.render = _chooser
# The filters of the lists of pages name every author and every site of the installation, and those of
# images every tag: Wagtail has no hook for them.
for name in ("owner", "edited_by"):
    PageFilterSet.declared_filters[name].queryset = _staff
PageFilterSet.declared_filters["site"].queryset = _site
filters.popular_tags_for_model = chooser.popular_tags_for_model = _no_tags

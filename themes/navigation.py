"""The pages that every foot of page leads to: accessibility, personal data, legal notice…"""

from time import monotonic
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page

from runtime.dossiers.contexts import NavItem
from tenants.portals.models import Portal

REMEMBERED_FOR = 60.0
"""Seconds a process may go on with the pages it read: a form page is not to ask for them each time."""

_read: dict[int, tuple[float, tuple[NavItem, ...]]] = {}


def footer(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: `footer_pages` (a Django context processor)."""
    portal = getattr(request, "portal", None)
    return {"footer_pages": SimpleLazyObject(lambda: footer_pages(portal)) if portal else ()}


def footer_pages(portal: Portal) -> tuple[NavItem, ...]:
    """The published pages just below the home page that their editor shows in menus."""
    read_at, pages = _read.get(portal.pk, (float("-inf"), ()))
    if monotonic() - read_at > REMEMBERED_FOR:
        found = Page.objects.child_of(portal.site.root_page).live().public().in_menu()
        pages = tuple(NavItem(page.title, page.url) for page in found)
        _read[portal.pk] = (monotonic(), pages)
    return pages


def forget_pages() -> None:
    """Read the pages again at the next request."""
    _read.clear()

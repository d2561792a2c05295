"""The gate of the Wagtail admin: a portal's staff meet their screens and their objects, and nothing else.

Wagtail's own permissions stay in force behind it. They alone would not do: they know groups and not
portals, superusers pass them, and some choosers and lists ask none.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from config.admin_screens import BULK, is_open, is_shown
from tenants.permissions import Person
from tenants.permissions.staff import roles_of
from tenants.portals.models import Portal
from tenants.portals.pages import confine, owned, owns_pages

PAGE_KEYS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
"""How Wagtail's addresses name the pages they are about."""
CHOOSER, CHOOSER_BELOW = "wagtailadmin_choose_page", "wagtailadmin_choose_page_child"


class AdminGateMiddleware:
    """Refuses, before any view of the admin runs, what is not its visitor's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """None lets the view run."""
        if not request.path_info.startswith(settings.ADMIN_URL_PREFIX):
            return None
        name = request.resolver_match.view_name  # type: ignore[union-attr]
        if is_open(name):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        portal: Portal = request.portal  # type: ignore[attr-defined]
        if not may_meet(request.user, portal, name):
            raise PermissionDenied
        confine(request.user, portal)
        if name == BULK:
            _narrow_to_own_objects(request, portal, **kwargs)
        return _keep_to_the_portal(request, portal, name, kwargs)


def may_meet(user: Person, portal: Portal, view_name: str) -> bool:
    """Whether the person meets this screen of the admin on this portal.

    An account that Wagtail takes for a superuser meets none: no confinement would hold it.
    """
    if not user.is_active or getattr(user, "is_superuser", False):
        return False
    return is_shown(view_name, [role for key, role in roles_of(user) if key == portal.pk])


def may_meet_address(user: Person, portal: Portal, address: str) -> bool:
    """Whether the person meets the screen at an address of this site."""
    try:
        return may_meet(user, portal, resolve(address.partition("?")[0]).view_name)
    except Resolver404:
        return False


def _narrow_to_own_objects(
    request: HttpRequest, portal: Portal, app_label: str, model_name: str, action: str
) -> None:
    """Wagtail's bulk actions show the objects that one may not touch, and « all » means every portal's."""
    own = owned(portal, f"{app_label}.{model_name}")
    bulk = bulk_action_registry.get_bulk_action_class(app_label, model_name, action)
    if own is None or bulk is None:
        raise PermissionDenied
    asked = request.GET.getlist("id")
    if "all" in asked:
        asked = bulk(request, own.model).get_all_objects_in_listing_query(request.GET.get("childOf"))
    narrowed = request.GET.copy()
    try:
        narrowed.setlist("id", [str(key) for key in own.filter(pk__in=asked).values_list("pk", flat=True)])
    except ValueError as error:
        raise Http404 from error
    request.GET = narrowed  # type: ignore[assignment]


def _keep_to_the_portal(
    request: HttpRequest, portal: Portal, name: str, kwargs: dict[str, Any]
) -> HttpResponse | None:
    """Where the choosers begin, and no page of another portal by its number."""
    if name == CHOOSER or (name == CHOOSER_BELOW and not owns_pages(portal, [kwargs["parent_page_id"]])):
        root = reverse(CHOOSER_BELOW, args=[portal.site.root_page_id])
        return redirect(f"{root}?{request.GET.urlencode()}")
    if not owns_pages(portal, _pages_named(request, name, kwargs)):
        raise Http404
    return None


def _pages_named(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> list[int]:
    named = [kwargs[key] for key in PAGE_KEYS if key in kwargs]
    if name == "wagtailadmin_pages:revisions_compare":
        named.append(kwargs["pk"])
    if name == f"{CHOOSER}_chosen_multiple":
        named += request.GET.getlist("id")
    try:
        return [int(key) for key in named]
    except ValueError as error:
        raise Http404 from error

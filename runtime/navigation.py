"""What every page shows around its content: the portal, the person, where one may go."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from runtime.dossiers.contexts import NavItem
from runtime.procedures.models import ReviewTeam
from tenants.accounts.models import User
from tenants.portals.models import PortalRole
from tenants.statements import A_KEY

PLACES: dict[str, Callable[[], Exists]] = {
    "reviews": lambda: Exists(ReviewTeam.objects.filter(group__user=OuterRef("account"))),
    "staff": lambda: Exists(PortalRole.objects.filter(user=OuterRef("account"), portal=A_KEY)),
}
"""Whether the person reviews somewhere on the portal, and is of its staff: read with their session."""


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of every page (a Django context processor); a person's places were read with their session."""
    portal = getattr(request, "portal", None)
    places = SimpleLazyObject(lambda: _places(request))
    return {
        "portal": portal,
        "nav": SimpleLazyObject(lambda: _main(request, places)),
        "account_menu": SimpleLazyObject(lambda: _account(request, places)),
        "is_reviewer": SimpleLazyObject(lambda: places["reviews"]),
    }


def _user(request: HttpRequest) -> User | AnonymousUser:
    """Who asks; nobody, on the page of an error that came before anybody was looked for."""
    return getattr(request, "user", None) or AnonymousUser()


def _places(request: HttpRequest) -> Mapping[str, bool]:
    """Whether the person reviews somewhere on the portal, and is of its staff."""
    user, portal = _user(request), getattr(request, "portal", None)
    if not user.is_authenticated or portal is None:
        return dict.fromkeys(PLACES, False)
    if user.known is not None:
        return user.known
    # Who has just signed in, in this very request.
    return {
        "reviews": ReviewTeam.objects.filter(group__user=user).exists(),
        "staff": PortalRole.objects.filter(user=user, portal=portal).exists(),
    }


def _main(request: HttpRequest, places: Any) -> tuple[NavItem, ...]:
    links = _links(get_language() or "", _user(request).is_authenticated, places["reviews"])
    return tuple(NavItem(label, url, request.path.startswith(url)) for label, url in links)


def _account(request: HttpRequest, places: Any) -> tuple[NavItem, ...]:
    if not _user(request).is_authenticated:
        return ()
    return _account_links(get_language() or "", places["staff"])


@cache
def _links(language: str, signed_in: bool, reviews: bool) -> tuple[tuple[str, str], ...]:
    items = [(_("Les démarches"), reverse("runtime:procedures"))]
    if signed_in:
        items.insert(0, (_("Tableau de bord"), reverse("runtime:dashboard")))
    if reviews:
        items.append((_("Instruction"), reverse("runtime:inbox")))
    return tuple(items)


@cache
def _account_links(language: str, staff: bool) -> tuple[NavItem, ...]:
    items = [(_("Changer de mot de passe"), reverse("account_change_password"))]
    if staff:
        items.insert(0, (_("Administration"), reverse("wagtailadmin_home")))
    items.append((_("Se déconnecter"), reverse("account_logout")))
    return tuple(NavItem(label, url) for label, url in items)

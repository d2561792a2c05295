"""What every page shows around its content: the portal, the person, where one may go."""

from functools import cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from runtime.dossiers.contexts import NavItem
from tenants.accounts.models import User

# Every page of a person signed in asks this: the ORM would take longer to write it than PostgreSQL to answer.
PLACES = """
select exists(select from runtime_reviewteam team
              join tenants_user_groups held on held.group_id = team.group_id where held.user_id = %(user)s),
       exists(select from tenants_portalrole where user_id = %(user)s and portal_id = %(portal)s)
"""


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of every page (a Django context processor); costs one statement for a person signed in."""
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


def _places(request: HttpRequest) -> dict[str, bool]:
    """Whether the person reviews somewhere on the portal, and is of its staff."""
    user, portal = _user(request), getattr(request, "portal", None)
    if not user.is_authenticated or portal is None:
        return {"reviews": False, "staff": False}
    with connection.prepared_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(PLACES, {"user": user.pk, "portal": portal.pk})
        reviews, staff = cursor.fetchone()
    return {"reviews": reviews, "staff": staff}


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

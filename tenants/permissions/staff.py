"""What the policy knows of a portal's staff."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from tenants.permissions.engine import Person
from tenants.portals.models import PortalRole


def roles_of(user: Person) -> frozenset[tuple[int, str]]:
    """The roles of a person on the portals, as (portal id, role); read once per user object."""
    if not user.is_authenticated:
        return frozenset()
    kept = vars(user)
    if "_portal_roles" not in kept:
        kept["_portal_roles"] = frozenset(
            PortalRole.objects.filter(user=user).values_list("portal_id", "role")
        )
    return frozenset(kept["_portal_roles"])


def holds_role(*roles: str, portal: str = "portal_id") -> tuple[Any, Any]:
    """The condition, as `q` and `holds`, that a person has one of `roles` on the object's portal.

    `portal` names the object's attribute that holds the portal's key ("pk" where it is the portal itself).
    """

    def q(user: Person) -> Q:
        if not user.is_authenticated:
            return Q(pk__in=())
        return Q(Exists(PortalRole.objects.filter(user=user, role__in=roles, portal=OuterRef(portal))))

    def holds(user: Person, subject: Any) -> bool:
        return any((getattr(subject, portal), role) in roles_of(user) for role in roles)

    return q, holds

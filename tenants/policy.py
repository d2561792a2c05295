"""Rows of the access policy for portals and organisations."""

from django.db.models import Exists, OuterRef, Q

from tenants.memberships.models import Membership
from tenants.organisations.models import Organisation
from tenants.permissions.engine import Person, Row
from tenants.permissions.staff import holds_role
from tenants.portals.models import PortalRole

ADMINISTRATOR, EDITOR = PortalRole.Role.ADMINISTRATOR.value, PortalRole.Role.EDITOR.value
_administers = holds_role(ADMINISTRATOR, portal="pk")
_edits = holds_role(ADMINISTRATOR, EDITOR, portal="pk")


def _member_q(user: Person) -> Q:
    if not user.is_authenticated:
        return Q(pk__in=())
    return Q(Exists(Membership.objects.filter(user=user, organisation=OuterRef("pk"))))


def _member(user: Person, organisation: Organisation) -> bool:
    return user.is_authenticated and organisation.memberships.filter(user=user).exists()


ROWS = (
    Row("procedure.create", "administrator", "tenants.Portal", *_administers),
    Row("portal.write", "editor, administrator", "tenants.Portal", *_edits),
    Row("highlight.arrange", "editor, administrator", "tenants.Portal", *_edits),
    Row("organisation.file_for", "member", "tenants.Organisation", _member_q, _member),
)

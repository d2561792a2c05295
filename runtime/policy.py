"""Rows of the access policy for démarches and dossiers."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from runtime.dossiers.models import REVIEW, Dossier, DossierGroupGrant, DossierUserGrant
from tenants.memberships.models import Membership
from tenants.permissions.engine import Person, Row
from tenants.permissions.grants import granted, holds_grant
from tenants.permissions.staff import holds_role
from tenants.policy import ADMINISTRATOR

_administers = holds_role(ADMINISTRATOR)
NOBODY = Q(pk__in=())


def _published_q(user: Person) -> Q:
    return Q(current_version__isnull=False)


def _published(user: Person, procedure: Any) -> bool:
    return procedure.current_version_id is not None


def _assignee_q(user: Person) -> Q:
    return Q(assignee=user) if user.is_authenticated else NOBODY


def _assignee(user: Person, dossier: Dossier) -> bool:
    return user.is_authenticated and dossier.assignee_id == user.pk


def _colleague_q(user: Person) -> Q:
    if not user.is_authenticated:
        return NOBODY
    member = Membership.objects.filter(user=user, organisation=OuterRef("organisation"))
    return Q(Exists(member), version__colleagues_read=True)


def _colleague(user: Person, dossier: Dossier) -> bool:
    return (
        user.is_authenticated
        and dossier.version.colleagues_read
        and Membership.objects.filter(user=user, organisation=dossier.organisation_id).exists()
    )


def _reviewer_q(user: Person) -> Q:
    return granted(user, REVIEW, users=DossierUserGrant, groups=DossierGroupGrant) & ~Q(
        status=Dossier.Status.DRAFT
    )


def _reviewer(user: Person, dossier: Dossier) -> bool:
    return dossier.status != Dossier.Status.DRAFT and holds_grant(user, REVIEW, dossier)


PROCEDURE, DOSSIER = "runtime.Procedure", "runtime.Dossier"

ROWS = (
    Row("procedure.read", "anyone, once published", PROCEDURE, _published_q, _published),
    *(
        Row(f"procedure.{act}", "administrator", PROCEDURE, *_administers)
        for act in ("compose", "publish", "schedule", "appoint")
    ),
    Row("dossier.read", "assignee", DOSSIER, _assignee_q, _assignee),
    Row("dossier.read", "colleague, where the démarche lets them", DOSSIER, _colleague_q, _colleague),
    Row("dossier.edit", "assignee", DOSSIER, _assignee_q, _assignee),
    Row("dossier.submit", "assignee", DOSSIER, _assignee_q, _assignee),
    Row("dossier.review", "reviewer", DOSSIER, _reviewer_q, _reviewer),
    Row("deposit.read", "assignee", DOSSIER, _assignee_q, _assignee),
    Row("deposit.read", "colleague, where the démarche lets them", DOSSIER, _colleague_q, _colleague),
    Row("deposit.read", "reviewer", DOSSIER, _reviewer_q, _reviewer),
)

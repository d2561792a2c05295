"""What a reviewer does to a dossier."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from formdefs import Action, Refused
from runtime.dossiers.models import REVIEW, Dossier, DossierGroupGrant
from runtime.dossiers.selectors import locked_dossier
from runtime.dossiers.transitions import carry_out, process_of, scope_value, state_of
from runtime.procedures.definitions import definition_of
from runtime.procedures.models import Procedure, ReviewTeam
from runtime.procedures.services import appoint_team
from tenants.accounts.models import User
from tenants.permissions.grants import grant

WAITING = (Dossier.Status.SUBMITTED, Dossier.Status.UNDER_REVIEW, Dossier.Status.CHANGES_REQUESTED)


def role_of(user: User, dossier: Dossier) -> str | None:
    """The role of the current step that `user` holds for this dossier, if any."""
    role = process_of(dossier).step_roles.get(dossier.step)
    held = ReviewTeam.objects.filter(
        procedure_id=dossier.procedure_id,
        role=role,
        group__user=user,
        group__dossiergroupgrant__content_object=dossier,
    )
    return role if role and held.exists() else None


def actions_open_to(user: User, dossier: Dossier) -> tuple[Action, ...]:
    """What `user` may do to the dossier at this step."""
    role = role_of(user, dossier)
    return process_of(dossier).actions(state_of(dossier), role) if role else ()


@transaction.atomic
def decide(*, reference: str, by: User, action: str, given: Mapping[str, Any], seen: int) -> Dossier:
    """Carry out a review action and record it.

    `given` holds "reason", "message" and "due" (an aware datetime) as the action needs; `seen` is the
    number of the deposit the reviewer read. Raises Refused where the process does not allow it, where
    the dossier was deposited again meanwhile, and Dossier.DoesNotExist where the policy hides it.
    """
    dossier = locked_dossier(by, "dossier.review", reference)
    role = role_of(by, dossier)
    if role is None:
        raise Refused("review.not_yours", _("Cette étape n’est pas la vôtre, ou elle est déjà terminée."))
    if seen != dossier.deposits_count:
        raise Refused(
            "review.stale", _("Le dossier a été transmis de nouveau : relisez-le avant de décider.")
        )
    due = given.get("due")
    if isinstance(due, datetime) and due <= dossier.arrived_at:
        raise Refused("review.due_past", _("La date de réponse doit être à venir."))
    carry_out(dossier, action, role=role, by=by, now=dossier.arrived_at, given=given)
    return dossier


@transaction.atomic
def appoint_reviewers(
    *, procedure: Procedure, role: str, scope: str, name: str, members: list[User], by: User
) -> ReviewTeam:
    """Name the people who hold a role, and open to them the dossiers that already wait for it.

    Dossiers go to the team's group: a person who joins later has them by belonging to it.
    """
    team = appoint_team(procedure=procedure, role=role, scope=scope, name=name, members=members, by=by)
    waiting = Dossier.objects.filter(procedure=procedure, status__in=WAITING).select_related("version")
    for dossier in waiting.defer("raw", "answers", "conflicts", "version__text"):
        held = process_of(dossier).step_roles.get(dossier.step) == role
        if held and scope_value(definition_of(dossier.version), role, dossier) == scope:
            grant(REVIEW, [team.group], dossier, table=DossierGroupGrant)
    return team

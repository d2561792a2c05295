"""What is done to démarches: composing, publishing, opening, naming the teams."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from formdefs import Definition, Refused, canonical, load
from runtime.procedures.models import Opening, OpeningChange, Procedure, ProcedureVersion, ReviewTeam
from tenants.accounts.models import User
from tenants.permissions import require
from tenants.portals.models import Portal

LIVE = ("opens", "closes", "first_deposit_by", "per_applicant")


class StaleDraft(Exception):
    """Somebody saved the draft since it was read; `procedure` holds what they saved."""

    def __init__(self, procedure: Procedure) -> None:
        super().__init__("stale draft")
        self.procedure = procedure


class Unchanged(Exception):
    """There is nothing new to publish."""


class SlugTaken(Exception):
    """Another démarche of the portal has this address."""


@transaction.atomic
def create_procedure(*, portal: Portal, slug: str, text: str, by: User) -> Procedure:
    """A new démarche whose draft is `text`. Raises DefinitionError, SlugTaken or Forbidden."""
    require(by, "procedure.create", portal)
    text = canonical(text)
    definition = load(text, slug=slug)
    try:
        with transaction.atomic():
            return Procedure.objects.create(
                portal=portal, slug=slug, title=definition.title, draft_text=text, draft_by=by
            )
    except IntegrityError as error:
        raise SlugTaken(slug) from error


@transaction.atomic
def save_draft(*, procedure: Procedure, text: str, revision: int, by: User) -> Procedure:
    """Keep `text` as the draft, as typed when it does not parse. Raises StaleDraft or Forbidden.

    A draft may be invalid: only publication asks for a definition that loads.
    """
    require(by, "procedure.compose", procedure)
    procedure = Procedure.objects.select_for_update().get(pk=procedure.pk)
    if procedure.draft_revision != revision:
        raise StaleDraft(procedure)
    procedure.draft_text = text.replace("\r\n", "\n")
    procedure.draft_revision += 1
    procedure.draft_by = by
    procedure.save(update_fields=("draft_text", "draft_revision", "draft_by", "draft_at"))
    return procedure


@transaction.atomic
def publish(
    *, procedure: Procedure, by: User, note: str = "", revision: int | None = None
) -> ProcedureVersion:
    """Make the draft the next immutable version, and the one in force for new dossiers.

    Raises DefinitionError, Unchanged, Forbidden, or StaleDraft where `revision` is not the draft's.
    """
    require(by, "procedure.publish", procedure)
    procedure = Procedure.objects.select_for_update().get(pk=procedure.pk)
    if revision is not None and procedure.draft_revision != revision:
        raise StaleDraft(procedure)
    text = canonical(procedure.draft_text)
    definition = load(text, slug=procedure.slug)
    latest = procedure.versions.first()
    if latest and latest.sha256 == definition.sha256:
        raise Unchanged
    version = ProcedureVersion.objects.create(
        portal_id=procedure.portal_id,
        procedure=procedure,
        number=(procedure.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=definition.title,
        text=text,
        sha256=definition.sha256,
        colleagues_read=definition.applicants.team == "colleagues_read",
        note=note,
        published_by=by,
    )
    procedure.current_version = version
    procedure.title = definition.title
    procedure.draft_text = text
    procedure.save(update_fields=("current_version", "title", "draft_text", "draft_at"))
    _open_as_defined(procedure, definition)
    return version


def _open_as_defined(procedure: Procedure, definition: Definition) -> None:
    """Give a démarche published for the first time the dates of its definition."""
    opening, deadline = definition.opening, definition.first_phase.first_deposit_by
    Opening.objects.get_or_create(
        procedure=procedure,
        defaults={
            "portal_id": procedure.portal_id,
            "opens": opening.opens.begins() if opening.opens else None,
            "closes": opening.closes.ends() if opening.closes else None,
            "per_applicant": opening.per_applicant,
            "first_deposit_by": deadline.ends() if deadline else None,
        },
    )


@transaction.atomic
def change_opening(*, procedure: Procedure, by: User, reason: str, **dates: Any) -> Opening:
    """Change a démarche's dates without a new version, and write the change in its journal.

    `dates` are `opens`, `closes`, `first_deposit_by` (aware datetimes or None) and `per_applicant`.
    Raises Forbidden, and Refused without a reason, for dates in the wrong order, where nothing changes,
    and where the démarche was never published.
    """
    require(by, "procedure.schedule", procedure)
    opening = Opening.objects.select_for_update().filter(procedure=procedure).first()
    if opening is None:
        raise Refused("opening.unpublished", _("Publiez d’abord la démarche : ses dates viennent avec."))
    before = _live_values(opening)
    for name in LIVE:
        if name in dates:
            setattr(opening, name, dates[name])
    _check_change(opening, reason, before)
    opening.save()
    OpeningChange.objects.create(
        portal_id=procedure.portal_id,
        opening=opening,
        before=before,
        after=_live_values(opening),
        reason=reason,
        by=by,
    )
    return opening


def _check_change(opening: Opening, reason: str, before: dict[str, Any]) -> None:
    if not reason.strip():
        raise Refused("opening.reason", _("Indiquez le motif de ce changement."))
    if opening.opens and opening.closes and opening.closes <= opening.opens:
        raise Refused("opening.closes", _("La fermeture doit venir après l’ouverture."))
    if opening.opens and opening.first_deposit_by and opening.first_deposit_by <= opening.opens:
        raise Refused(
            "opening.first_deposit_by", _("La limite du premier dépôt doit venir après l’ouverture.")
        )
    if opening.closes and opening.first_deposit_by and opening.first_deposit_by > opening.closes:
        raise Refused("opening.first_deposit_by", _("Le premier dépôt ne peut pas finir après la fermeture."))
    if _live_values(opening) == before:
        raise Refused("opening.unchanged", _("Rien n’a changé."))


def _live_values(opening: Opening) -> dict[str, Any]:
    values = {name: getattr(opening, name) for name in LIVE}
    # In one zone: the same instant is the same text.
    return {
        name: value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


@transaction.atomic
def appoint_team(
    *, procedure: Procedure, role: str, scope: str, name: str, members: list[User], by: User
) -> ReviewTeam:
    """Name the people who hold a role of a démarche for one scope; `members` replaces who held it."""
    require(by, "procedure.appoint", procedure)
    team = ReviewTeam.objects.filter(procedure=procedure, role=role, scope=scope).first()
    if team is None:
        group = Group.objects.create(
            name=_("Instruction {id} – {name}").format(id=f"{procedure.pk}.{role}.{scope}", name=name)[:150]
        )
        team = ReviewTeam.objects.create(
            portal_id=procedure.portal_id, procedure=procedure, role=role, scope=scope, name=name, group=group
        )
    elif team.name != name:
        team.name = name
        team.save(update_fields=("name",))
    team.group.user_set.set(members)
    return team

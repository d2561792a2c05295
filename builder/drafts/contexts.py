"""A démarche in the list: its state, its dates, its dossiers."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from runtime.dates import last_minute, moment_in_full
from runtime.procedures.contexts import opening_state
from runtime.procedures.models import Opening, Procedure


@dataclass(frozen=True)
class Tag:
    """A state in words; `primary` draws it filled."""

    label: str
    primary: bool = False


@dataclass(frozen=True)
class ProcedureRow:
    """A démarche in the list."""

    title: str
    slug: str
    url: str
    tags: tuple[Tag, ...]
    until: datetime | None
    by: str
    at: datetime
    deposited: int
    begun: int


STATES = {
    "open": lambda number: _("Publiée, version {number}").format(number=number),
    "soon": lambda number: _("Ouvre bientôt, version {number}").format(number=number),
    "closed": lambda number: _("Fermée, version {number}").format(number=number),
}


def procedure_row(procedure: Procedure) -> ProcedureRow:
    """A démarche of `composed_by` as a line of the list."""
    opening = getattr(procedure, "opening", None)
    limit = opening and (opening.first_deposit_by or opening.closes)
    return ProcedureRow(
        title=procedure.title,
        slug=procedure.slug,
        url=reverse("builder_composer", args=[procedure.slug]),
        tags=state_tags(procedure, procedure.now, same=procedure.same),  # type: ignore[attr-defined]
        until=last_minute(limit),
        by=str(procedure.draft_by or ""),
        at=procedure.draft_at,
        deposited=procedure.deposited,  # type: ignore[attr-defined]
        begun=procedure.begun,  # type: ignore[attr-defined]
    )


def state_tags(procedure: Procedure, now: datetime, *, same: bool | None) -> tuple[Tag, ...]:
    """What is in force, and whether something else is being prepared."""
    version = procedure.current_version
    if version is None:
        return (Tag(_("Brouillon")),)
    state = opening_state(procedure.opening, now)
    tag = Tag(STATES[state](version.number), primary=state == "open")
    return (tag,) if same else (tag, Tag(_("Modifications à publier")))


def live_dates(opening: Opening | None) -> tuple[tuple[str, str], ...]:
    """The dates in force, as people are told them."""
    if opening is None:
        return ()
    return (
        (_("Ouverture"), _moment(opening.opens) or _("à la publication")),
        (_("Premier dépôt avant"), _moment(last_minute(opening.first_deposit_by)) or _("sans limite")),
        (_("Fermeture"), _moment(last_minute(opening.closes)) or _("sans limite")),
        (_("Dossiers par demandeur"), str(opening.per_applicant or _("sans limite"))),
    )


def _moment(value: datetime | None) -> str:
    return moment_in_full(value) if value else ""

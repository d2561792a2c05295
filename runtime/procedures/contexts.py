"""What the public pages about démarches are given; their templates are `runtime/procedures/*.html`."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from formdefs import Definition, Words
from runtime.dates import last_minute
from runtime.procedures.definitions import definition_of
from runtime.procedures.models import Opening, Procedure


@dataclass(frozen=True)
class ProcedureCard:
    """A démarche in a list; `state` is open, soon or closed."""

    title: str
    summary: str
    url: str
    audience: str
    until: datetime | None
    state: str
    opens: datetime | None


class Step(NamedTuple):
    """One step of the review."""

    title: str
    who: str
    within: str
    may_ask: bool


@dataclass(frozen=True)
class ProcedureSheet:
    """The page of a démarche: what it is, for whom, what to prepare, until when, who decides."""

    title: str
    summary: str
    description: str
    audience: str
    state: str
    opens: datetime | None
    closes: datetime | None
    first_deposit_by: datetime | None
    to_prepare: tuple[tuple[str, str], ...]
    entry_rules: tuple[str, ...]
    steps: tuple[Step, ...]
    decider: str
    words: Words
    questions: int
    some_depend: bool
    minutes: int
    url: str
    start_url: str
    can_start: bool
    why_not: str


def opening_state(opening: Opening, now: datetime) -> str:
    """Whether new dossiers may be begun: open, soon or closed."""
    if opening.opens and now < opening.opens:
        return "soon"
    limits = [limit for limit in (opening.closes, opening.first_deposit_by) if limit]
    return "closed" if limits and now >= min(limits) else "open"


def procedure_card(procedure: Procedure, now: datetime) -> ProcedureCard:
    """The card of a published démarche."""
    definition, opening = definition_of(procedure.in_force), procedure.opening
    return ProcedureCard(
        title=definition.title,
        summary=definition.summary,
        url=reverse("runtime:procedure", args=[procedure.slug]),
        audience=audience(definition),
        until=last_minute(opening.first_deposit_by or opening.closes),
        state=opening_state(opening, now),
        opens=opening.opens,
    )


def procedure_sheet(procedure: Procedure, now: datetime) -> ProcedureSheet:
    """The page of a published démarche."""
    definition, opening = definition_of(procedure.in_force), procedure.opening
    state = opening_state(opening, now)
    phase = definition.first_phase
    placed = [
        (page, section, q) for page in phase.pages for section in page.sections for q in section.questions
    ]
    documents = [question for *_around, question in placed if question.holds_files]
    required = [place for place in placed if place[-1].required]
    asked_of_all = len([place for place in required if all(part.when is None for part in place)])
    reviews = tuple(
        Step(r.title, definition.roles[r.role].title, _within(r.within), "request_changes" in r.decisions)
        for r in phase.reviews
    )
    return ProcedureSheet(
        title=definition.title,
        summary=definition.summary,
        description=definition.description,
        audience=audience(definition),
        state=state,
        opens=opening.opens,
        closes=last_minute(opening.closes),
        first_deposit_by=last_minute(opening.first_deposit_by),
        to_prepare=tuple((q.title, q.help) for q in documents),
        entry_rules=tuple(rule.message for rule in definition.entry_rules),
        steps=reviews,
        decider=reviews[-1].who if reviews else "",
        words=definition.words,
        questions=asked_of_all,
        some_depend=asked_of_all < len(required),
        minutes=_minutes(asked_of_all, len(documents)),
        url=reverse("runtime:procedure", args=[procedure.slug]),
        start_url=reverse("runtime:start", args=[procedure.slug]),
        can_start=state == "open",
        why_not="" if state == "open" else _why_not(state),
    )


def _minutes(questions: int, documents: int) -> int:
    """About how long it takes: a minute a question, five more to find a file, told by fives."""
    return max(5, round((questions + 5 * documents) / 5) * 5)


def audience(definition: Definition) -> str:
    """For whom a démarche is."""
    kinds = definition.applicants.kinds
    if "organisation" in kinds and "person" in kinds:
        return _("Particuliers et organismes")
    return _("Organismes") if "organisation" in kinds else _("Particuliers")


def _within(limit: object) -> str:
    days = getattr(limit, "days", None)
    return _("{days} jours ouvrés").format(days=days) if days else ""


def _why_not(state: str) -> str:
    return (
        _("Cette démarche n’est pas encore ouverte.") if state == "soon" else _("Cette démarche est close.")
    )

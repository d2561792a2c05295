"""What the reviewers' pages are given; their templates are `runtime/review/*.html`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from formdefs import Action, Line, present
from runtime.dossiers.contexts import TONES
from runtime.dossiers.facts import context_of_deposit
from runtime.dossiers.models import Deposit, Dossier
from runtime.dossiers.wording import status_label
from runtime.procedures.definitions import definition_of
from runtime.review.selectors import InboxQuery, Neighbours

ACTION_TONES = {"begin": "neutral", "accept": "success", "request_changes": "brand", "refuse": "error"}


@dataclass(frozen=True)
class InboxRow:
    """A dossier in the inbox."""

    reference: str
    url: str
    title: str
    applicant: str
    organisation: str
    region: str
    status_label: str
    tone: str
    submitted_at: datetime | None


@dataclass(frozen=True)
class SortLink:
    """A column head; `direction` is ascending, descending or "" as the list is sorted by it."""

    label: str
    url: str
    direction: str


@dataclass(frozen=True)
class Position:
    """Where the dossier stands in the list; an address is "" at its end."""

    previous_url: str
    next_url: str
    place: int
    count: int


@dataclass(frozen=True)
class ActionForm:
    """A decision that may be taken, and what it asks for."""

    id: str
    title: str
    help: str
    needs_reason: bool
    needs_message: bool
    needs_due: bool
    tone: str


def review_url(reference: str, query: InboxQuery) -> str:
    """The page of a dossier, which remembers the list it was chosen from; "" for no reference."""
    return reverse("runtime:review", args=[reference]) + query.address if reference else ""


def inbox_row(dossier: Dossier, query: InboxQuery) -> InboxRow:
    """A dossier as a reviewer's list shows it."""
    organisation = dossier.facts.get("organisation", {})
    return InboxRow(
        reference=dossier.reference,
        url=review_url(dossier.reference, query),
        title=dossier.version.title,
        applicant=str(dossier.assignee),
        organisation=organisation.get("name", ""),
        region=organisation.get("region_label", ""),
        status_label=status_label(dossier),
        tone=TONES[dossier.status],
        submitted_at=dossier.submitted_at,
    )


def position_of(found: Neighbours | None, query: InboxQuery) -> Position | None:
    """The way to the dossiers around this one."""
    if found is None:
        return None
    before, after = review_url(found.previous, query), review_url(found.next, query)
    return Position(before, after, found.place, found.count)


def status_tabs(counts: dict[str, int]) -> tuple[tuple[str, str, int], ...]:
    """Every status that a reviewer may see, with how many dossiers are in it."""
    shown = [status for status in Dossier.Status if status != Dossier.Status.DRAFT]
    tabs = [(status.value, str(status.label), counts.get(status.value, 0)) for status in shown]
    used = [tab for tab in tabs if tab[2] or tab[0] in ("submitted", "under_review")]
    return (("", _("Tous"), sum(counts.values())), *used)


def sort_links(query: InboxQuery) -> tuple[SortLink, ...]:
    """The column heads of the inbox."""

    def address(sort: str) -> str:
        return "?" + urlencode({"status": query.status, "q": query.text, "sort": sort})

    dated = {"oldest": "ascending", "newest": "descending"}.get(query.sort, "")
    named = {"applicant": "ascending", "applicant_last": "descending"}.get(query.sort, "")
    return (
        SortLink(_("Demandeur"), address("applicant_last" if named == "ascending" else "applicant"), named),
        SortLink(_("Démarche"), "", ""),
        SortLink(_("Région"), "", ""),
        SortLink(_("Reçu le"), address("newest" if query.sort == "oldest" else "oldest"), dated),
        SortLink(_("État"), "", ""),
    )


def action_form(action: Action) -> ActionForm:
    """A decision as its form shows it."""
    helps = {
        "begin": _("Le demandeur voit que son dossier est en cours d’instruction."),
        "accept": _("Le demandeur en est averti par e-mail."),
        "request_changes": _("Le demandeur peut modifier son dossier jusqu’à la date que vous fixez."),
        "refuse": _("Un motif est obligatoire."),
    }
    return ActionForm(
        id=action.id,
        title=action.title,
        help=helps.get(action.id, ""),
        needs_reason="reason" in action.needs,
        needs_message="message" in action.needs,
        needs_due="due" in action.needs,
        tone=ACTION_TONES.get(action.id, "neutral"),
    )


def changes_between(before: Deposit, after: Deposit) -> tuple[tuple[str, str, str], ...]:
    """What changed from one deposit to the next: question, before, after."""
    old, new = _texts(before), _texts(after)
    return tuple(
        (title, old.get(path, ("", ""))[1] or _("rien"), new.get(path, ("", ""))[1] or _("rien"))
        for path, title in {
            **{p: t for p, (t, _x) in old.items()},
            **{p: t for p, (t, _x) in new.items()},
        }.items()
        if old.get(path, ("", ""))[1] != new.get(path, ("", ""))[1]
    )


def _texts(deposit: Deposit) -> dict[str, tuple[str, str]]:
    phase = definition_of(deposit.version).phase(deposit.phase)
    found: dict[str, tuple[str, str]] = {}
    for section in present(phase, deposit.answers, context_of_deposit(deposit)):
        _collect(section.lines, found)
    return found


def _collect(lines: Iterable[Line], found: dict[str, tuple[str, str]]) -> None:
    for line in lines:
        if line.kind == "rows":
            for row in line.rows:
                _collect(row.lines, found)
        elif line.kind == "files":
            found[line.path] = (line.title, ", ".join(f"{f.name} ({f.sha256[:8]})" for f in line.files))
        elif line.kind == "table":
            found[line.path] = (line.title, ", ".join(f"{name} : {value}" for name, value in line.table))
        else:
            found[line.path] = (line.title, line.text)

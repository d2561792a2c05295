"""What the pages about a dossier are given; their templates are `runtime/dossiers/*.html`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from formdefs import FileFacts, Line, PresentedSection, Words
from runtime.addresses import address
from runtime.dates import last_minute, moment_in_full
from runtime.dossiers import wording
from runtime.dossiers.limits import EDITABLE, deadline_of
from runtime.dossiers.models import CorrectionRequest, Deposit, Dossier, Event
from runtime.procedures.definitions import definition_of

TONES = {
    "draft": "open",
    "submitted": "info",
    "under_review": "brand",
    "changes_requested": "warning",
    "accepted": "success",
    "refused": "error",
    "dismissed": "open",
}


@dataclass(frozen=True)
class NavItem:
    """A link with its words."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class DossierHead:
    """A dossier at the head of the pages where it is filled in."""

    reference: str
    title: str
    words: Words
    organisation: str
    status_label: str
    tone: str
    deadline: datetime | None
    url: str


@dataclass(frozen=True)
class DossierCard(DossierHead):
    """A dossier in a list or at the head of its own page."""

    status: str
    headline: str
    dated: str
    next_action: NavItem | None
    next_text: str
    updated_at: datetime
    answered: int
    required: int


@dataclass(frozen=True)
class FileRow:
    """A file that may be downloaded."""

    name: str
    size: int
    sha256: str
    url: str


@dataclass(frozen=True)
class RecapRow:
    """One row of a repeatable group."""

    title: str
    lines: tuple["RecapLine", ...]


@dataclass(frozen=True)
class RecapLine:
    """One question and its answer, ready to read."""

    path: str
    title: str
    kind: str
    text: str
    files: tuple[FileRow, ...]
    table: tuple[tuple[str, str], ...]
    rows: tuple[RecapRow, ...]
    answered: bool
    required: bool


@dataclass(frozen=True)
class RecapSection:
    """A section of answers; `edit_url` is "" where nothing can be changed."""

    title: str
    edit_url: str
    lines: tuple[RecapLine, ...]


@dataclass(frozen=True)
class Correction:
    """A request for changes that awaits an answer."""

    message: str
    due_at: datetime
    requested_at: datetime
    by: str


@dataclass(frozen=True)
class DepositRow:
    """A deposit and where to read it."""

    number: int
    deposited_at: datetime
    by: str
    url: str
    pdf_url: str
    sha256: str


@dataclass(frozen=True)
class TimelineEntry:
    """What happened, or what comes."""

    title: str
    detail: str
    at: datetime | None
    by: str
    state: str


def dossier_head(dossier: Dossier, request: CorrectionRequest | None = None) -> DossierHead:
    """What the pages of a dossier say of it to its applicant."""
    return DossierHead(**_head(dossier, request))


def dossier_card(dossier: Dossier, request: CorrectionRequest | None = None) -> DossierCard:
    """The card of a dossier for its applicant."""
    return DossierCard(
        **_head(dossier, request),
        status=dossier.status,
        headline=wording.headline(dossier),
        dated=wording.dated(dossier),
        next_action=_next_action(dossier),
        next_text=wording.next_text(dossier),
        updated_at=dossier.updated_at,
        answered=dossier.answered,
        required=dossier.required,
    )


def _head(dossier: Dossier, request: CorrectionRequest | None) -> dict[str, Any]:
    deadline = deadline_of(dossier, request) if dossier.status in EDITABLE else None
    return {
        "reference": dossier.reference,
        "title": dossier.version.title,
        "words": wording.words_of(dossier),
        "organisation": dossier.facts.get("organisation", {}).get("name", ""),
        "status_label": wording.status_label(dossier),
        "tone": TONES[dossier.status],
        "deadline": last_minute(deadline),
        "url": address("runtime:dossier", dossier.reference),
    }


def _next_action(dossier: Dossier) -> NavItem | None:
    if wording.is_filled(dossier):
        return NavItem(_("Relire et transmettre"), reverse("runtime:recap", args=[dossier.reference]))
    if dossier.status == Dossier.Status.DRAFT:
        return NavItem(_("Continuer"), form_url(dossier))
    if dossier.status == Dossier.Status.CHANGES_REQUESTED:
        return NavItem(_("Modifier et transmettre de nouveau"), form_url(dossier))
    return None


def form_url(dossier: Dossier, page: str = "", anchor: str = "") -> str:
    """Where a dossier is filled in: its first page, or the one named."""
    step = page or definition_of(dossier.version).phase(dossier.phase).pages[0].id
    return address("runtime:form", dossier.reference, step) + (f"#{anchor}" if anchor else "")


def correction(request: CorrectionRequest | None) -> Correction | None:
    """The open request as its page shows it; who signs it is the service, named by the person."""
    if request is None:
        return None
    return Correction(request.message, last_minute(request.due_at), request.requested_at, str(request.by))


def file_row(reference: str, file: FileFacts) -> FileRow:
    """A file of a dossier with its address."""
    url = reverse("runtime:attachment", args=[reference, file.id])
    return FileRow(file.name, file.size, file.sha256, url)


def recap_section(reference: str, section: PresentedSection, edit_url: str = "") -> RecapSection:
    """A presented section with the addresses of its files."""
    return RecapSection(
        section.title, edit_url, tuple(_recap_line(reference, line) for line in section.lines)
    )


def _recap_line(reference: str, line: Line) -> RecapLine:
    return RecapLine(
        path=line.path,
        title=line.title,
        kind=line.kind,
        text=line.text,
        files=tuple(file_row(reference, file) for file in line.files),
        table=line.table,
        rows=tuple(
            RecapRow(row.title, tuple(_recap_line(reference, inner) for inner in row.lines))
            for row in line.rows
        ),
        answered=line.answered,
        required=line.required,
    )


def deposit_row(deposit: Deposit) -> DepositRow:
    """A deposit and its addresses."""
    address = [deposit.dossier.reference, deposit.number]
    return DepositRow(
        number=deposit.number,
        deposited_at=deposit.deposited_at,
        by=str(deposit.by),
        url=reverse("runtime:deposit", args=address),
        pdf_url=reverse("runtime:deposit_pdf", args=address),
        sha256=deposit.sha256,
    )


TITLES = {
    "created": gettext_lazy("{word} commencé{e}"),
    "submit": gettext_lazy("{word} transmis{e}"),
    "resubmit": gettext_lazy("{word} transmis{e} de nouveau"),
    "begin": gettext_lazy("Instruction commencée"),
    "request_changes": gettext_lazy("Modifications demandées"),
    "accept": gettext_lazy("{word} accepté{e}"),
    "refuse": gettext_lazy("{word} refusé{e}"),
    "dismiss": gettext_lazy("{word} classé{e} sans suite"),
}
STATES = {"request_changes": "asked", "refuse": "closed", "dismiss": "closed"}
"""The events whose mark is not that of a step well done."""


def timeline_of(
    dossier: Dossier, events: Iterable[Event], *, name_reviewers: bool
) -> tuple[TimelineEntry, ...]:
    """What happened to a dossier, first to last, and what comes next."""
    words = wording.words_of(dossier)
    entries = []
    for event in events:
        named = name_reviewers or event.actor_id == dossier.assignee_id
        entries.append(
            TimelineEntry(
                title=wording.agreed(TITLES[event.kind], words),
                detail=_event_detail(event.data),
                at=event.at,
                by=str(event.actor) if named else "",
                state=STATES.get(event.kind, "done"),
            )
        )
    if dossier.decided_at is None:
        if entries:
            entries.append(TimelineEntry(_coming(dossier, name_reviewers), "", None, "", "current"))
        told = "" if name_reviewers else _("Vous la recevrez par e-mail.")
        entries.append(TimelineEntry(_("Décision"), told, None, "", "next"))
    return tuple(entries)


def _coming(dossier: Dossier, reviewer: bool) -> str:
    if dossier.status in EDITABLE:
        if reviewer:
            return _("Réponse du demandeur")
        again = dossier.status == Dossier.Status.CHANGES_REQUESTED
        return (
            _("À vous de modifier et de transmettre de nouveau")
            if again
            else _("À vous de compléter et de transmettre")
        )
    reviews = {review.id: review for review in definition_of(dossier.version).phase(dossier.phase).reviews}
    review = reviews.get(dossier.step)
    return review.title if review else _("Instruction")


def _event_detail(data: dict[str, Any]) -> str:
    if data.get("due"):
        when = moment_in_full(last_minute(datetime.fromisoformat(data["due"])))
        return _("{message}\nRéponse attendue avant le {when}.").format(
            message=data.get("message", ""), when=when
        )
    return str(data.get("reason", "") or data.get("message", ""))

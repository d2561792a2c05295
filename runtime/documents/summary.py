"""The PDF summary of a deposit. The same content is always an accessible page too, which the PDF names."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from formdefs import Line, PresentedSection
from runtime.dates import moment_in_full
from runtime.documents.content import deposit_content
from runtime.documents.paper import printed, ruled, text, width_of
from runtime.dossiers.models import Deposit
from runtime.procedures.definitions import definition_of

WITH_A_HEADING = 32 * mm
"""The height that a heading and the first line under it take."""


def pdf_name(deposit: Deposit) -> str:
    """The file name of a deposit's summary."""
    word = slugify(definition_of(deposit.version).words.dossier)
    return f"recapitulatif-{word}-{deposit.dossier.reference}-{deposit.number}.pdf"


def summary_pdf(deposit: Deposit) -> bytes:
    """The summary of a deposit; the same bytes each time, since a deposit never changes."""
    definition = definition_of(deposit.version)
    title = _("{word} n° {reference}").format(
        word=definition.words.Dossier, reference=deposit.dossier.reference
    )
    return printed(
        _story(deposit, title),
        size=A4,
        title=f"{definition.title}, {title}",
        author=deposit.dossier.portal.name,
        foot=title,
    )


def _story(deposit: Deposit, title: str) -> Iterator[Flowable]:
    content = deposit_content(deposit)
    definition = definition_of(deposit.version)
    yield text(deposit.dossier.portal.name, "label")
    yield text(definition.title, "title")
    yield Spacer(1, 3 * mm)
    yield _table([*_identity(deposit, title), *content.facts])
    for section in content.sections:
        yield from _section(section)
    if content.files:
        yield from _heading(_("Pièces jointes"))
        yield _table(
            [(file.name, _("SHA-256 : {sum}").format(sum=file.sha256)) for file in content.files], small=True
        )
    yield Spacer(1, 6 * mm)
    address = deposit.dossier.portal.site.root_url + reverse(
        "runtime:deposit", args=[deposit.dossier.reference, deposit.number]
    )
    yield text(_("Le même contenu, en page accessible : {address}").format(address=address), "small")
    yield text(_("Empreinte du dépôt (SHA-256) : {sum}").format(sum=deposit.sha256), "small")


def _identity(deposit: Deposit, title: str) -> list[tuple[str, str]]:
    zone = definition_of(deposit.version).timezone
    rows = [
        (_("Référence"), title),
        (
            _("Transmis le"),
            _("{when}, heure de Paris").format(when=moment_in_full(deposit.deposited_at, zone))
            if zone == "Europe/Paris"
            else f"{moment_in_full(deposit.deposited_at, zone)} ({zone})",
        ),
        (_("Par"), str(deposit.by)),
    ]
    if name := deposit.facts.get("organisation", {}).get("name"):
        rows.append((_("Pour"), name))
    if deposit.number > 1:
        rows.append((_("Dépôt"), _("n° {number}, après modification").format(number=deposit.number)))
    return rows


def _heading(title: str) -> Iterator[Flowable]:
    # Near the foot of a page, a heading goes to the next one with what it announces.
    yield CondPageBreak(WITH_A_HEADING)
    yield Spacer(1, 6 * mm)
    yield text(title, "heading")
    yield Spacer(1, 1.5 * mm)


def _section(section: PresentedSection) -> Iterator[Flowable]:
    yield from _heading(section.title)
    yield _table([pair for line in section.lines for pair in _pairs(line)])


def _pairs(line: Line) -> Iterator[tuple[str, str]]:
    """A line of the form as label and text, rows of a group one after the other."""
    if line.kind == "rows":
        for row in line.rows:
            yield f"{line.title} – {row.title}", ""
            for inner in row.lines:
                yield from _pairs(inner)
        if not line.rows:
            yield line.title, _("Aucune ligne")
    elif line.kind == "files":
        yield line.title, "\n".join(file.name for file in line.files) or _("Non répondu")
    elif line.kind == "table":
        yield line.title, "\n".join(f"{label} : {value}" for label, value in line.table) or _("Non répondu")
    else:
        yield line.title, line.text or _("Non répondu")


def _table(pairs: list[tuple[str, str]], *, small: bool = False) -> Flowable:
    if not pairs:
        return Spacer(1, 0)
    value = "small" if small else "answer"
    width = width_of(A4)
    rows = [[text(label, "label"), text(said, value)] for label, said in pairs]
    return ruled(rows, [width * 0.38, width * 0.62])

"""The PDF summary of a deposit. The same content is always an accessible page too, which the PDF names."""

from collections.abc import Iterator
from functools import cache
from html import escape
from io import BytesIO

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from formdefs import Line, PresentedSection
from runtime.dates import moment_in_full
from runtime.documents.content import deposit_content
from runtime.documents.fonts import BOLD, REGULAR, SEMIBOLD, register_fonts
from runtime.dossiers.models import Deposit
from runtime.procedures.definitions import definition_of

INK, SOFT, RULE, BRAND = (colors.HexColor(c) for c in ("#16202c", "#4a5665", "#d8dde5", "#17479e"))
MARGIN, PADDING = 20 * mm, 6
WIDTH = A4[0] - 2 * (MARGIN + PADDING)
"""What reportlab's frame leaves to its content, in points."""
BEHAVIOUR = {"alignment": TA_LEFT, "splitLongWords": 1, "textColor": INK}


@cache
def styles() -> dict[str, ParagraphStyle]:
    """The text styles of our documents."""
    register_fonts()
    sizes = {
        "title": (BOLD, 20, 24),
        "heading": (BOLD, 13, 17),
        "label": (REGULAR, 9.5, 13),
        "answer": (SEMIBOLD, 10.5, 14.5),
        "body": (REGULAR, 10.5, 14.5),
        "small": (REGULAR, 8.5, 11.5),
    }
    found = {
        name: ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, **BEHAVIOUR)
        for name, (font, size, leading) in sizes.items()
    }
    found["label"].textColor = found["small"].textColor = SOFT
    return found


def pdf_name(deposit: Deposit) -> str:
    """The file name of a deposit's summary."""
    word = slugify(definition_of(deposit.version).words.dossier)
    return f"recapitulatif-{word}-{deposit.dossier.reference}-{deposit.number}.pdf"


def summary_pdf(deposit: Deposit) -> bytes:
    """The summary of a deposit; the same bytes each time, since a deposit never changes."""
    out = BytesIO()
    definition = definition_of(deposit.version)
    title = _("{word} n° {reference}").format(
        word=definition.words.Dossier, reference=deposit.dossier.reference
    )
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=20 * mm,
        bottomMargin=22 * mm,
        title=f"{definition.title}, {title}",
        author=deposit.dossier.portal.name,
        lang="fr-FR",
        invariant=1,
    )
    document.build(list(_story(deposit, title)), canvasmaker=numbered(title, A4))
    return out.getvalue()


def _text(value: str, style: str) -> Paragraph:
    return Paragraph(escape(value).replace("\n", "<br/>"), styles()[style])


def _story(deposit: Deposit, title: str) -> Iterator[Flowable]:
    content = deposit_content(deposit)
    definition = definition_of(deposit.version)
    yield _text(deposit.dossier.portal.name, "label")
    yield _text(definition.title, "title")
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
    yield _text(_("Le même contenu, en page accessible : {address}").format(address=address), "small")
    yield _text(_("Empreinte du dépôt (SHA-256) : {sum}").format(sum=deposit.sha256), "small")


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
    yield Spacer(1, 6 * mm)
    heading = _text(title, "heading")
    heading.keepWithNext = True
    yield heading
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
    rows = [[_text(label, "label"), _text(text, value)] for label, text in pairs]
    table = Table(rows, colWidths=[WIDTH * 0.38, WIDTH * 0.62], splitInRow=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, RULE),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ]
        )
    )
    return table


def numbered(title: str, size: tuple[float, float]) -> type[Canvas]:
    """A canvas that writes the reference and « page n sur N » under each page."""

    class NumberedCanvas(Canvas):
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)
            self._pages: list[dict[str, object]] = []

        def showPage(self) -> None:
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, state in enumerate(self._pages, start=1):
                self.__dict__.update(state)
                self.setFont(REGULAR, 8.5)
                self.setFillColor(SOFT)
                self.drawString(MARGIN + PADDING, 12 * mm, title)
                page = _("Page {number} sur {total}").format(number=number, total=len(self._pages))
                self.drawRightString(size[0] - MARGIN - PADDING, 12 * mm, page)
                super().showPage()
            super().save()

    return NumberedCanvas

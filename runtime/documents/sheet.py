"""One sheet of a workbook alone on paper, with a place to sign."""

from collections.abc import Iterator, Mapping
from html import escape
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from formdefs import Context, Question, Sheet, Workbook
from formdefs.present import facts_shown
from runtime.documents.summary import INK, MARGIN, PADDING, RULE, numbered, styles
from runtime.dossiers.models import Dossier
from runtime.procedures.definitions import definition_of

WIDE = 4
"""Beyond so many columns a sheet is printed across the page."""


def signed_sheet(
    dossier: Dossier, workbook: Workbook, sheet: Sheet, answers: Mapping[str, Any], context: Context
) -> bytes:
    """The PDF of a sheet as it was read, to print and sign."""
    out = BytesIO()
    size = landscape(A4) if sheet.table and len(sheet.table.rows) > WIDE else A4
    word = definition_of(dossier.version).words.Dossier
    reference = _("{word} n°\u00a0{reference}").format(word=word, reference=dossier.reference)
    document = SimpleDocTemplate(
        out,
        pagesize=size,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=18 * mm,
        bottomMargin=22 * mm,
        title=f"{workbook.title}, {sheet.title}, {reference}",
        author=dossier.portal.name,
        lang="fr-FR",
    )
    width = size[0] - 2 * (MARGIN + PADDING)
    story = _Story(sheet, answers, context, width)
    document.build(list(story.flowables(reference)), canvasmaker=numbered(reference, size))
    return out.getvalue()


class _Story:
    """What stands on the page, from top to bottom."""

    def __init__(self, sheet: Sheet, answers: Mapping[str, Any], context: Context, width: float) -> None:
        self.sheet, self.answers, self.context, self.width = sheet, answers, context, width

    def flowables(self, reference: str) -> Iterator[Flowable]:
        yield _text(self.sheet.heading, "title")
        yield Spacer(1, 3 * mm)
        facts = facts_shown(self.sheet.show, self.sheet.show_titles, self.context)
        for title, value in ((_("Référence"), reference), *facts):
            yield _text(f"{title}\u00a0: {value}", "body")
        yield Spacer(1, 4 * mm)
        if self.sheet.table is not None:
            yield self._table(self.sheet.table)
        if self.sheet.lines:
            yield self._lines()
        yield KeepTogether(list(_signature()))

    def _said(self, question: Question, value: Any) -> str:
        return "" if value is None else question.type.text(question, value, self.context)

    def _table(self, table: Question) -> Flowable:
        rows = [[_text(question.title, "answer") for question in table.rows]]
        rows += [
            [_text(self._said(question, row.get(question.name)), "body") for question in table.rows]
            for row in self.answers.get(self.sheet.id) or ()
        ]
        if self.sheet.totals:
            totals = {
                column: self._said(total, self.answers.get(total.name))
                for column, total in self.sheet.totals.items()
            }
            first = table.rows[0].name
            rows.append(
                [
                    _text(totals.get(question.name, _("Total") if question.name == first else ""), "answer")
                    for question in table.rows
                ]
            )
        return _ruled(rows, [self.width / len(table.rows)] * len(table.rows), head=True)

    def _lines(self) -> Flowable:
        rows = [
            [_text(line.title, "body"), _text(self._said(line, self.answers.get(line.name)), "answer")]
            for line in self.sheet.lines
        ]
        return _ruled(rows, [self.width * 0.6, self.width * 0.4], head=False)


def _signature() -> Iterator[Flowable]:
    yield Spacer(1, 12 * mm)
    for line in (_("Je certifie l’exactitude de ces montants."), _("Nom et qualité\u00a0:"), _("Date\u00a0:"),
                 _("Signature et cachet\u00a0:")):  # fmt: skip
        yield _text(line, "body")
        yield Spacer(1, 4 * mm)
    yield Spacer(1, 24 * mm)


def _ruled(rows: list[list[Paragraph]], widths: list[float], *, head: bool) -> Flowable:
    table = Table(rows, colWidths=widths, repeatRows=int(head), splitInRow=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, RULE),
                *([("LINEBELOW", (0, 0), (-1, 0), 1, INK)] if head else []),
            ]
        )
    )
    return table


def _text(value: str, style: str) -> Paragraph:
    return Paragraph(escape(value).replace("\n", "<br/>"), styles()[style])

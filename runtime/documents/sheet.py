"""One sheet of a workbook alone on paper, with a place to sign."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from formdefs import Context, Question, Sheet, Workbook
from formdefs.present import facts_shown
from runtime.documents.paper import printed, ruled, text, width_of
from runtime.dossiers.models import Dossier
from runtime.procedures.definitions import definition_of

WIDE = 4
"""Beyond so many columns a sheet is printed across the page."""


def signed_sheet(
    dossier: Dossier, workbook: Workbook, sheet: Sheet, answers: Mapping[str, Any], context: Context
) -> bytes:
    """The PDF of a sheet as it was read, to print and sign."""
    size = landscape(A4) if sheet.table and len(sheet.table.rows) > WIDE else A4
    word = definition_of(dossier.version).words.Dossier
    reference = _("{word} n°\u00a0{reference}").format(word=word, reference=dossier.reference)
    story = _Story(sheet, answers, context, width_of(size))
    return printed(
        story.flowables(reference),
        size=size,
        title=f"{workbook.title}, {sheet.title}, {reference}",
        author=dossier.portal.name,
        foot=reference,
    )


class _Story:
    """What stands on the page, from top to bottom."""

    def __init__(self, sheet: Sheet, answers: Mapping[str, Any], context: Context, width: float) -> None:
        self.sheet, self.answers, self.context, self.width = sheet, answers, context, width

    def flowables(self, reference: str) -> Iterator[Flowable]:
        yield text(self.sheet.heading, "title")
        yield Spacer(1, 3 * mm)
        facts = facts_shown(self.sheet.show, self.sheet.show_titles, self.context)
        for title, value in ((_("Référence"), reference), *facts):
            yield text(f"{title}\u00a0: {value}", "body")
        yield Spacer(1, 4 * mm)
        if self.sheet.table is not None:
            yield self._table(self.sheet.table)
        if self.sheet.lines:
            yield self._lines()
        yield KeepTogether(list(_signature()))

    def _said(self, question: Question, value: Any) -> str:
        return "" if value is None else question.type.text(question, value, self.context)

    def _table(self, table: Question) -> Flowable:
        rows = [[text(question.title, "answer") for question in table.rows]]
        rows += [
            [text(self._said(question, row.get(question.name)), "body") for question in table.rows]
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
                    text(totals.get(question.name, _("Total") if question.name == first else ""), "answer")
                    for question in table.rows
                ]
            )
        return ruled(rows, [self.width / len(table.rows)] * len(table.rows), head=True)

    def _lines(self) -> Flowable:
        rows = [
            [text(line.title, "body"), text(self._said(line, self.answers.get(line.name)), "answer")]
            for line in self.sheet.lines
        ]
        return ruled(rows, [self.width * 0.6, self.width * 0.4])


def _signature() -> Iterator[Flowable]:
    yield Spacer(1, 12 * mm)
    for line in (_("Je certifie l’exactitude de ces montants."), _("Nom et qualité\u00a0:"), _("Date\u00a0:"),
                 _("Signature et cachet\u00a0:")):  # fmt: skip
        yield text(line, "body")
        yield Spacer(1, 4 * mm)
    yield Spacer(1, 24 * mm)

"""A sheet drawn as the spreadsheet that its file will be, filled in with samples and what they compute."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from builder.acts import Target
from builder.acts.documents import COLUMN, LINE, SHEET
from builder.composer.addresses import address_of
from builder.composer.workbook_samples import sampled
from builder.ruling.formula import formula
from formdefs import Context, Question, Sheet, Workbook
from formdefs.expressions import ExpressionFlaw
from formdefs.expressions.excel import Cell as Reference
from formdefs.expressions.excel import formula as excel_formula
from formdefs.present import facts_shown
from runtime.workbooks.cells import look_of, shown
from runtime.workbooks.layout import Plan, plans_of, references, row_references

SHOWN = 8
"""How many rows are drawn at most."""


@dataclass(frozen=True)
class Cell:
    """One cell: where it stands, what it shows, what is said of it, the part that it belongs to.

    `name` is the title that is changed in place, "" where none is; `formula` what computes it, as authors
    write it, and `excel` as the file does.
    """

    ref: str
    text: str
    said: str
    look: str
    at: Target
    span: int = 1
    note: str = ""
    name: str = ""
    formula: str = ""
    excel: str = ""
    side: str = "left"
    address: str = ""
    current: bool = False


@dataclass(frozen=True)
class Row:
    """One row; `number` is the one on its left."""

    number: str
    look: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """One sheet; `letters` are those on top, each with the part that it selects."""

    title: str
    letters: tuple[Cell, ...]
    rows: tuple[Row, ...]


def grid_of(book: Workbook, sheet: Sheet, context: Context, target: Target, slug: str) -> Grid:
    """A sheet of a workbook as an imaginary applicant would have begun it."""
    plans = plans_of(book, len(context.entities))
    plan = next(each for each in plans if each.sheet.id == sheet.id)
    drawing = _Drawing(book, plan, context, sampled(book, context), references(plans))
    rows = [replace(row, cells=tuple(_placed(c, target, slug) for c in row.cells)) for row in drawing.rows()]
    letters = tuple(_placed(each, target, slug) for each in drawing.letters())
    return Grid(sheet.title, letters, tuple(rows))


def _placed(cell: Cell, target: Target, slug: str) -> Cell:
    return replace(cell, address=address_of(slug, cell.at), current=cell.at == target)


@dataclass(frozen=True)
class _Drawing:
    """One drawing of one sheet."""

    book: Workbook
    plan: Plan
    context: Context
    answers: Mapping[str, Any]
    around: Mapping[str, Reference] = field(default_factory=dict)

    @property
    def sheet(self) -> Sheet:
        return self.plan.sheet

    @property
    def whole(self) -> Target:
        return Target(SHEET, f"{self.book.id}.{self.sheet.id}")

    @cached_property
    def columns(self) -> tuple[Question, ...]:
        return self.sheet.table.rows if self.sheet.table else ()

    def part(self, kind: str, question: Question) -> Target:
        return Target(kind, f"{self.whole.id}.{question.name}")

    def letters(self) -> Iterator[Cell]:
        for question in self.columns:
            letter = self.plan.columns[question.name]
            yield Cell(letter, letter, "", "letter", self.part(COLUMN, question))
        for letter in "AB"[len(self.columns) :]:
            yield Cell(letter, letter, "", "letter", self.whole)

    def rows(self) -> Iterator[Row]:
        grid = self.plan.grid
        yield self._spanned(1, self.sheet.heading, _("titre de la feuille"), "title")
        if grid.intro:
            text = "\n".join(filter(None, (self.book.intro, self.sheet.intro)))
            yield self._spanned(grid.intro, text, _("consigne"), "note")
        yield from self._facts()
        if self.columns:
            yield from self._table()
        yield from self._lines()

    def _spanned(self, number: int, text: str, kind: str, look: str) -> Row:
        said = f"A{number}, {kind}, {text}" if text else f"A{number}, {kind}"
        cell = Cell(f"A{number}", text, said, look, self.whole, self.plan.width)
        return Row(str(number), look, (cell,))

    def _blank(self, number: int) -> Row:
        return self._spanned(number, "", _("vide"), "blank")

    def _facts(self) -> Iterator[Row]:
        first, sheet = self.plan.grid.facts, self.sheet
        facts = facts_shown(sheet.show, sheet.show_titles, self.context)
        for number in range(first, first + len(sheet.show)):
            if number - first >= len(facts):
                yield self._blank(number)
                continue
            title, value = facts[number - first]
            label = Cell(f"A{number}", title, f"A{number}, {title}", "label", self.whole)
            said = _("{cell}, {title}, prérempli, {value}").format(
                cell=f"B{number}", title=title, value=value
            )
            fact = Cell(f"B{number}", value, said, "computed", self.whole, self.plan.width - 1)
            yield Row(str(number), "fact", (label, fact))

    def _table(self) -> Iterator[Row]:
        grid = self.plan.grid
        yield self._blank(grid.head - 1)
        yield Row(str(grid.head), "head", tuple(self._head(each) for each in self.columns))
        rows = (self.answers.get(self.sheet.id) or ())[:SHOWN]
        last = min(grid.first + len(rows), grid.last)
        for number in range(grid.first, last + 1):
            answers = rows[number - grid.first] if number - grid.first < len(rows) else {}
            yield self._row(number, answers)
        if last < grid.last:
            yield self._more(last + 1)
        if grid.total:
            yield Row(str(grid.total), "total", tuple(self._total(each) for each in self.columns))

    def _head(self, question: Question) -> Cell:
        ref = f"{self.plan.columns[question.name]}{self.plan.grid.head}"
        note, more = str(_(question.type.title)).lower(), ""
        if question.compute is not None:
            note = _("calculée")
        elif question.name in self.sheet.given:
            note = _("remplie par l’organisme")
        elif question.required:
            more = _("obligatoire")
        said = [ref, question.title, note, _("intitulé de colonne"), more]
        return Cell(
            ref,
            f"{question.title} *" if question.required else question.title,
            ", ".join(filter(None, said)),
            "computed-head" if question.compute is not None else "head",
            self.part(COLUMN, question),
            note=note,
            name=question.title,
            formula=_written(question),
        )

    def _row(self, number: int, answers: Mapping[str, Any]) -> Row:
        around = row_references(self.plan, number, self.around)
        cells = []
        for question in self.columns:
            ref = f"{self.plan.columns[question.name]}{number}"
            locked = question.compute is not None or question.name in self.sheet.given
            cell = self._valued(ref, question, answers, around, self.part(COLUMN, question))
            cells.append(replace(cell, look="computed" if locked else "input"))
        return Row(str(number), "row", tuple(cells))

    def _valued(
        self,
        ref: str,
        question: Question,
        answers: Mapping[str, Any],
        around: Mapping[str, Reference],
        at: Target,
    ) -> Cell:
        value = answers.get(question.name)
        text = "" if value is None else self._text(question, value)
        kinds = [_("calculée")] if question.compute is not None else []
        return Cell(
            ref,
            text,
            ", ".join([ref, question.title, *kinds, text or _("vide")]),
            "computed" if question.compute is not None else "input",
            at,
            formula=_written(question),
            excel=_in_excel(question, around),
            side=look_of(question).align,
        )

    def _text(self, question: Question, value: Any) -> str:
        """An answer as its cell shows it: days as numbers."""
        held = shown(question, value)
        if isinstance(held, date):
            return held.strftime("%d/%m/%Y" if question.type.slug == "date" else "%m/%Y")
        return str(question.type.text(question, value, self.context))

    def _more(self, number: int) -> Row:
        count = self.plan.grid.last - self.plan.grid.first + 1
        text = ngettext("jusqu’à {count} ligne", "jusqu’à {count} lignes", count).format(count=count)
        cell = Cell(f"A{number}", text, f"A{number}, {text}", "input", self.whole, self.plan.width)
        return Row("…", "more", (cell,))

    def _total(self, question: Question) -> Cell:
        ref, at = self.plan.total(question.name), self.part(COLUMN, question)
        total = self.sheet.totals.get(question.name)
        if total is None:
            first = question is self.columns[0]
            text = _("Total") if first else ""
            return Cell(ref, text, f"{ref}, {text or _('vide')}", "total", at)
        return replace(self._valued(ref, total, self.answers, self.around, at), look="total")

    def _lines(self) -> Iterator[Row]:
        lines, grid = self.sheet.lines, self.plan.grid
        if lines:
            yield self._blank(grid.lines - 1)
        rest = self.plan.width - 2
        for place, question in enumerate(lines):
            number, at = grid.lines + place, self.part(LINE, question)
            said = _("{cell}, {title}, intitulé de ligne").format(cell=f"A{number}", title=question.title)
            label = Cell(f"A{number}", question.title, said, "label", at, name=question.title)
            value = self._valued(self.plan.line(place), question, self.answers, self.around, at)
            blank = Cell(f"C{number}", "", f"C{number}, {_('vide')}", "blank", self.whole, rest)
            yield Row(str(number), "line", (label, value, blank) if rest else (label, value))


def _written(question: Question) -> str:
    return formula(question.compute.source) if question.compute is not None else ""


def _in_excel(question: Question, around: Mapping[str, Reference]) -> str:
    if question.compute is None:
        return ""
    try:
        return excel_formula(question.compute, around)
    except ExpressionFlaw as flaw:
        return flaw.message

"""Reading a workbook back, whatever saved it: every problem is told with its sheet and its cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO
from zipfile import ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook as Book

from formdefs import AnswerProblem, Context, Question, Workbook, evaluate, sentence
from formdefs.expressions.excel import formula
from runtime.workbooks.cells import shown, typed
from runtime.workbooks.layout import Plan, plans_of, references, row_references
from runtime.workbooks.opening import Unreadable, check_container
from runtime.workbooks.write import LISTS

CENT = 0.005
FURTHEST_HEAD = 60
_HIDDEN = re.compile(rb'<row [^>]*?r="(\d+)"[^>]*? hidden="(?:1|true)"')
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+\d+):([A-Z]+\d+)"')
_ROW = re.compile(r"l(\d+)\Z")
# What openpyxl raises on files made to harm, besides its own errors.
_HARMED = (ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, EOFError, OverflowError,
           RecursionError, MemoryError, SyntaxError, RuntimeError)  # fmt: skip


@dataclass
class Reading:
    """What a workbook says: its answers, what must be corrected, and what was noticed and mended."""

    answers: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        """What is kept beside the file."""
        return {"answers": self.answers, "problems": self.problems, "notices": self.notices}


def read_workbook(workbook: Workbook, file: BinaryIO, context: Context) -> Reading:
    """What a file given for a workbook says. Raises Unreadable where it is none, or not a safe one."""
    check_container(file)
    try:
        return _Reader(workbook, file, context).reading()
    except Unreadable:
        raise
    except _HARMED as error:
        raise Unreadable("workbook.broken") from error


class _Reader:
    """One reading of one file."""

    def __init__(self, workbook: Workbook, file: BinaryIO, context: Context) -> None:
        self.workbook, self.context, self.found = workbook, context, Reading()
        self.plans = plans_of(workbook, len(context.entities))
        self.references = references(self.plans)
        self.file = file
        self.values = _opened(file, values=True)
        self.formulas = _opened(file, values=False)
        self.raw: dict[str, Any] = {}
        self.read: dict[tuple[str, str], Any] = {}
        self.shift: dict[str, int] = {}

    def reading(self) -> Reading:
        expected = {plan.sheet.title.casefold() for plan in self.plans}
        for name in self.values.sheetnames:
            if name.casefold() not in expected and name != LISTS:
                self.found.notices.append(
                    _("La feuille « {name} » a été ajoutée : elle n’est pas lue.").format(name=name[:60])
                )
        for plan in self.plans:
            self._sheet(plan)
        if not self.found.problems:
            self._judge()
        return self.found

    def _sheet(self, plan: Plan) -> None:
        title = next((n for n in self.values.sheetnames if n.casefold() == plan.sheet.title.casefold()), None)
        if title is None:
            self.found.problems.append(
                _("La feuille « {name} » manque : repartez du classeur téléchargé ici.").format(
                    name=plan.sheet.title
                )
            )
            return
        grid = plan.grid
        furthest = max(grid.last, grid.total, grid.lines + len(plan.sheet.lines)) + FURTHEST_HEAD
        values = _rows(self.values[title], furthest, plan.width)
        formulas = _rows(self.formulas[title], furthest, plan.width)
        shift = self._shift(plan, values)
        if shift is None:
            return
        self.shift[plan.sheet.id] = shift
        self._marks(plan, title, shift)
        if plan.sheet.table is not None:
            self._table(plan, values, formulas, shift)
        self._lines(plan, values, shift)

    def _shift(self, plan: Plan, values: list[list[Any]]) -> int | None:
        """By how many rows the table stands lower or higher than it was written; None where it is lost."""
        grid, table = plan.grid, plan.sheet.table
        if table is None:
            return 0
        titles = [_plain_title(question.title) for question in table.rows]
        for row, cells in enumerate(values[: grid.head + FURTHEST_HEAD], 1):
            if [_plain_title(cell) for cell in cells[: len(titles)]] == titles:
                return row - grid.head
        head = values[grid.head - 1] if len(values) >= grid.head else []
        wrong = next(
            (n for n, title in enumerate(titles) if n >= len(head) or _plain_title(head[n]) != title), 0
        )
        cell = f"{list(plan.columns.values())[wrong]}{grid.head}"
        self._problem(
            plan,
            cell,
            _("l’en-tête « {title} » a été changé ou déplacé : repartez du classeur téléchargé ici.").format(
                title=table.rows[wrong].title
            ),
        )
        return None

    def _marks(self, plan: Plan, title: str, shift: int) -> None:
        """What hides data from who reads the sheet, or from us: hidden rows, merged cells."""
        if plan.sheet.table is None:
            return
        xml = self._source(title)
        first, last = plan.grid.first + shift, plan.grid.last + shift
        for found in _HIDDEN.finditer(xml):
            if first <= int(found[1]) <= last:
                self.found.notices.append(
                    _("{sheet}!{row} : cette ligne est masquée. Elle est lue comme les autres.").format(
                        sheet=plan.sheet.title, row=int(found[1])
                    )
                )
        for found in _MERGED.finditer(xml):
            cell = found[1].decode()
            if first <= int(re.sub(r"\D", "", cell)) <= last:
                self._problem(
                    plan, cell, _("cette cellule est fusionnée avec d’autres : défaites la fusion.")
                )

    def _source(self, title: str) -> bytes:
        """The XML of a sheet."""
        path = self.formulas[title]._worksheet_path
        with ZipFile(self.file) as archive:
            return archive.read(path.lstrip("/"))

    def _table(self, plan: Plan, values: list[list[Any]], formulas: list[list[Any]], shift: int) -> None:
        table, grid = plan.sheet.table, plan.grid
        assert table is not None
        rows = []
        for number in range(grid.first + shift, len(values) + 1):
            cells = values[number - 1]
            if number > grid.last + shift and (
                not grid.total or self._is_total(plan, cells, formulas, number)
            ):
                break
            row = self._row(plan, table, cells, number)
            if row:
                rows.append({"_row": f"l{number}", **row})
                self._compare_formulas(plan, table, formulas[number - 1], number)
        self.raw[plan.sheet.id] = rows

    def _is_total(self, plan: Plan, cells: list[Any], formulas: list[list[Any]], number: int) -> bool:
        """Whether a row is that of the totals: rows may have been inserted above it."""
        places = list(plan.columns)
        sums = [formulas[number - 1][places.index(column)] for column in plan.sheet.totals]
        return any(isinstance(each, str) and "SUM(" in each.upper() for each in sums) or not any(
            cell not in (None, "") for cell in cells
        )

    def _row(self, plan: Plan, table: Question, cells: list[Any], number: int) -> dict[str, Any]:
        """What was typed in one row; nothing where all that is the applicant's is empty."""
        row, given = {}, False
        for place, question in enumerate(table.rows):
            value = cells[place] if place < len(cells) else None
            if question.compute is not None:
                self.read[(plan.sheet.id, f"{plan.columns[question.name]}{number}")] = value
                continue
            text = typed(question, value)
            if text is not None:
                row[question.name] = text
                given = given or question.name not in plan.sheet.given
        return row if given or (row and plan.sheet.each) else {}

    def _compare_formulas(self, plan: Plan, table: Question, cells: list[Any], number: int) -> None:
        """Notice formulas that are gone or changed: the server's own computation stands anyway."""
        around = row_references(plan, number, self.references)
        for place, question in enumerate(table.rows):
            if question.compute is None:
                continue
            written = cells[place] if place < len(cells) else None
            expected = formula(question.compute, around)
            if not isinstance(written, str) or not written.startswith("="):
                self._notice(plan, f"{plan.columns[question.name]}{number}",
                             _("la formule a été remplacée. Le calcul est refait."))  # fmt: skip
            elif self.shift[plan.sheet.id] == 0 and _bare(written) != _bare(expected):
                self._notice(plan, f"{plan.columns[question.name]}{number}",
                             _("la formule a été changée. Le calcul est refait."))  # fmt: skip

    def _lines(self, plan: Plan, values: list[list[Any]], shift: int) -> None:
        for place, question in enumerate(plan.sheet.lines):
            row = plan.grid.lines + place + shift
            value = values[row - 1][1] if row <= len(values) and len(values[row - 1]) > 1 else None
            if question.compute is not None:
                self.read[(plan.sheet.id, plan.line(place))] = value
            elif (text := typed(question, value)) is not None:
                self.raw[question.name] = text
        total = plan.grid.total + shift
        for column in plan.sheet.totals:
            letter = list(plan.columns).index(column)
            if total <= len(values):
                self.read[(plan.sheet.id, plan.total(column))] = values[total - 1][letter]

    def _judge(self) -> None:
        judgement = evaluate(self.workbook.form, self.raw, self.context)
        self.found.answers = judgement.answers
        for problem in judgement.problems:
            self.found.problems.append(self._said(problem))
        for plan in self.plans:
            self._compare_values(plan)

    def _said(self, problem: AnswerProblem) -> str:
        question = self.workbook.form.question_at(problem.path)
        text = sentence(problem, question, _)
        where = self._cell(problem.path)
        return f"{where}\u00a0: {text[:1].lower()}{text[1:]}" if where else text

    def _cell(self, path: str) -> str:
        """Where the question of a path stands: « Frais!C7 »."""
        name, *rest = path.split(".")
        for plan in self.plans:
            if plan.sheet.id == name:
                row = _ROW.match(rest[0]) if rest else None
                if row is None:
                    return plan.sheet.title
                letter = plan.columns.get(rest[1] if len(rest) > 1 else "", "A")
                return f"{plan.sheet.title}!{letter}{row[1]}"
            for place, line in enumerate(plan.sheet.lines):
                if line.name == name:
                    return f"{plan.sheet.title}!{plan.line(place)}"
            for column, total in plan.sheet.totals.items():
                if total.name == name:
                    return f"{plan.sheet.title}!{plan.total(column)}"
        return ""

    def _compare_values(self, plan: Plan) -> None:
        """Notice every value shown by the file that is not the one computed here."""
        for cell, question, value in self._computed(plan):
            read = self.read.get((plan.sheet.id, cell))
            expected = shown(question, value)
            if read is None or value is None or _same(read, expected):
                continue
            self._notice(
                plan,
                cell,
                _("{read} lu, {expected} attendu. La valeur attendue est retenue.").format(
                    read=_readable(question, read), expected=_text(question, value, self.context)
                ),
            )

    def _computed(self, plan: Plan) -> Iterator[tuple[str, Question, Any]]:
        sheet, answers = plan.sheet, self.found.answers
        if sheet.table is not None:
            columns = [question for question in sheet.table.rows if question.compute is not None]
            for raw, row in zip(self.raw.get(sheet.id, ()), answers.get(sheet.id) or (), strict=False):
                for question in columns:
                    number = raw["_row"].removeprefix("l")
                    yield f"{plan.columns[question.name]}{number}", question, row.get(question.name)
        for column, total in sheet.totals.items():
            yield plan.total(column), total, answers.get(total.name)
        for place, line in enumerate(sheet.lines):
            if line.compute is not None:
                yield plan.line(place), line, answers.get(line.name)

    def _problem(self, plan: Plan, cell: str, text: str) -> None:
        self.found.problems.append(f"{plan.sheet.title}!{cell}\u00a0: {text}")

    def _notice(self, plan: Plan, cell: str, text: str) -> None:
        self.found.notices.append(f"{plan.sheet.title}!{cell}\u00a0: {text}")


def _opened(file: BinaryIO, *, values: bool) -> Book:
    file.seek(0)
    return load_workbook(file, read_only=True, data_only=values, keep_links=False)


def _rows(sheet: Any, most: int, width: int) -> list[list[Any]]:
    """The cells of a sheet's first rows, bounded whatever the file says of its size."""
    sheet.reset_dimensions()
    rows: list[list[Any]] = []
    for row in sheet.iter_rows(min_row=1, max_row=most, max_col=width, values_only=True):
        rows.append([*row, *[None] * (width - len(row))])
    return rows


def _plain_title(value: Any) -> str:
    return " ".join(str(value or "").replace("*", " ").split()).casefold()


def _bare(written: str) -> str:
    return re.sub(r"[\s$]|_xlfn\.", "", written).upper()


def _same(read: Any, expected: Any) -> bool:
    if isinstance(read, datetime) and isinstance(expected, date):
        return read.date() == expected
    if isinstance(read, int | float) and isinstance(expected, int | float):
        return abs(read - expected) < CENT
    return str(read or "").strip() == str("" if expected is None else expected).strip()


def _readable(question: Question, read: Any) -> str:
    if isinstance(read, int | float) and question.type.slug == "money":
        return question.type.bound(question, round(read * 100))
    return str(typed(question, read) or _("rien"))[:60]


def _text(question: Question, value: Any, context: Context) -> str:
    return question.type.text(question, value, context)

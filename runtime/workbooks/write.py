"""Writing a workbook for a dossier: laid out, protected, prefilled, its formulas beside their values."""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook as Book
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from formdefs import Context, Question, Sheet, Workbook, evaluate
from formdefs.expressions.excel import formula
from formdefs.present import facts_shown
from runtime.workbooks import styles
from runtime.workbooks.cached import with_values
from runtime.workbooks.cells import look_of, places_of, shown
from runtime.workbooks.layout import Plan, plans_of, references, row_references

LISTS = "Listes"
SHORT_ERROR = 220


def write_workbook(workbook: Workbook, context: Context, answers: Mapping[str, Any]) -> bytes:
    """The file to fill in; `answers` are those of the workbook's form that it already holds."""
    return _Writer(workbook, context, answers).written()


class _Writer:
    """One writing of one workbook."""

    def __init__(self, workbook: Workbook, context: Context, answers: Mapping[str, Any]) -> None:
        self.workbook, self.context = workbook, context
        self.answers = prefilled(workbook, context, answers)
        self.plans = plans_of(workbook, len(context.entities))
        self.references = references(self.plans)
        self.book = Book()
        self.lists: dict[tuple[str, ...], str] = {}
        self.values: dict[str, dict[str, Any]] = {}

    def written(self) -> bytes:
        self.book.remove(self.book.active)
        for number, plan in enumerate(self.plans, 1):
            sheet = self.book.create_sheet(plan.sheet.title)
            self.values[f"xl/worksheets/sheet{number}.xml"] = {}
            _SheetWriter(self, plan, sheet, self.values[f"xl/worksheets/sheet{number}.xml"]).write()
        self.book.properties.title = self.workbook.title
        self.book.properties.creator = ""
        self.book.calculation.fullCalcOnLoad = True
        file = BytesIO()
        self.book.save(file)
        return with_values(file.getvalue(), self.values)

    def list_of(self, labels: tuple[str, ...]) -> str:
        """The range of a hidden sheet that holds a list of choices."""
        if labels not in self.lists:
            if LISTS not in self.book.sheetnames:
                self.book.create_sheet(LISTS).sheet_state = "hidden"
            sheet, column = self.book[LISTS], get_column_letter(len(self.lists) + 1)
            for row, label in enumerate(labels, 1):
                put(sheet[f"{column}{row}"], label)
            self.lists[labels] = f"'{LISTS}'!${column}$1:${column}${len(labels)}"
        return self.lists[labels]


def prefilled(workbook: Workbook, context: Context, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of a workbook with the rows that the organisation gives, and all that is computed."""
    given = dict(answers)
    for sheet in workbook.sheets:
        if sheet.each:
            given[sheet.id] = _given_rows(sheet, context, given.get(sheet.id) or ())
    raw = {
        name: question.type.raw(question, given[name])
        for name, question in workbook.form.questions.items()
        if question.compute is None and given.get(name)
    }
    return dict(evaluate(workbook.form, raw, context).answers)


def _given_rows(sheet: Sheet, context: Context, known: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A row for each entity, with what was already answered of it."""
    rows = [
        {column: entity[key] for column, key in sheet.given.items() if entity.get(key)}
        for entity in context.entities
    ]
    return [{**next((each for each in known if row.items() <= each.items()), {}), **row} for row in rows]


class _SheetWriter:
    """One writing of one sheet; `values` takes the value of each formula by its cell."""

    def __init__(self, whole: _Writer, plan: Plan, sheet: Worksheet, values: dict[str, Any]) -> None:
        self.whole, self.plan, self.sheet, self.values = whole, plan, sheet, values
        self.described: Sheet = plan.sheet
        self.looks: dict[str, Any] = {}

    def write(self) -> None:
        self._head()
        if self.described.table is not None:
            self._table(self.described.table)
        self._lines()
        self._settings()

    def _head(self) -> None:
        grid, described = self.plan.grid, self.described
        self._spanned(1, described.heading, styles.TITLE, 30)
        if grid.intro:
            intro = "\n".join(filter(None, (self.whole.workbook.intro, described.intro)))
            self._spanned(grid.intro, intro, styles.NOTE, 18 * (1 + intro.count("\n")))
        for place, (title, value) in enumerate(
            facts_shown(described.show, described.show_titles, self.whole.context)
        ):
            row = grid.facts + place
            put(self.sheet.cell(row, 1), title).font = styles.BOLD
            cell = put(self.sheet.cell(row, 2), value)
            cell.fill, cell.font = styles.COMPUTED_FILL, styles.PLAIN
            self.sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=self.plan.width)

    def _spanned(self, row: int, text: str, font: Any, height: float) -> None:
        cell = put(self.sheet.cell(row, 1), text)
        cell.font, cell.alignment = font, styles.aligned("left", wrap=True)
        self.sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=self.plan.width)
        self.sheet.row_dimensions[row].height = height

    def _table(self, table: Question) -> None:
        grid = self.plan.grid
        for question in table.rows:
            head = put(self.sheet[f"{self.plan.columns[question.name]}{grid.head}"], self._heading(question))
            head.font, head.alignment = styles.HEAD, styles.aligned("center", wrap=True)
            head.border = styles.CELL_BORDER
            head.fill = styles.COMPUTED_HEAD_FILL if question.compute else styles.HEAD_FILL
        self.sheet.row_dimensions[grid.head].height = 34
        rows = self.whole.answers.get(self.described.id) or ()
        for place in range(grid.last - grid.first + 1):
            self._row(table, grid.first + place, rows[place] if place < len(rows) else {})
        for question in table.rows:
            self._column(question)
        if grid.total:
            self._totals(table)

    @staticmethod
    def _heading(question: Question) -> str:
        return f"{question.title} *" if question.required else question.title

    def _row(self, table: Question, row: int, answers: Mapping[str, Any]) -> None:
        around = row_references(self.plan, row, self.whole.references)
        for question in table.rows:
            cell = self.sheet[f"{self.plan.columns[question.name]}{row}"]
            cell._style = copy(self._worn(question))
            value = shown(question, answers.get(question.name))
            if question.compute is not None:
                cell.value = formula(question.compute, around)
                self.values[cell.coordinate] = plain(value)
            else:
                put(cell, value)

    def _worn(self, question: Question) -> Any:
        """The looks of a column's cells: to give each cell its own costs more than all the rest."""
        if question.name not in self.looks:
            cell, look = Cell(self.sheet), look_of(question)
            cell.number_format, cell.border, cell.font = look.format, styles.CELL_BORDER, styles.PLAIN
            cell.alignment = styles.aligned(look.align)
            if question.compute is not None or self._is_given(question):
                cell.fill = styles.COMPUTED_FILL
            else:
                cell.fill, cell.protection = styles.INPUT_FILL, styles.OPEN
            self.looks[question.name] = cell._style
        return self.looks[question.name]

    def _is_given(self, question: Question) -> bool:
        return question.name in self.described.given

    def _column(self, question: Question) -> None:
        letter = self.plan.columns[question.name]
        self.sheet.column_dimensions[letter].width = look_of(question).width
        cells = self.plan.range(question.name)
        name = f"{self.described.id}_{question.name}"
        self.whole.book.defined_names[name] = DefinedName(name, attr_text=self.plan.address(cells))
        if question.compute is None and not self._is_given(question):
            validation = self._validation(question)
            if validation is not None:
                self.sheet.add_data_validation(validation)
                validation.add(cells)

    def _validation(self, question: Question) -> DataValidation | None:
        """What the spreadsheet itself refuses, with the sentence that it shows."""
        labels = tuple(choice.label for choice in question.choices)
        if labels:
            return DataValidation(
                type="list",
                formula1=self.whole.list_of(labels),
                allow_blank=True,
                showErrorMessage=True,
                errorTitle=question.title[:32],
                error=_("Choisissez une réponse de la liste."),
            )
        if question.type.slug == "date":
            first, last = to_excel(datetime(1900, 1, 2)), to_excel(datetime(9999, 12, 31))
            return _bounded(question, "date", first, last, _("Indiquez une date, par exemple 31/12/2026."))
        if question.type.reads_as(question).kind != "number":
            return None
        places = places_of(question)
        low, high = (question.schema.get(bound) for bound in ("minimum", "maximum"))
        low = 0 if low is None and question.type.slug in ("money", "percentage") else low
        most = 2**53 // 10**places
        return _bounded(
            question,
            "decimal" if places else "whole",
            -most if low is None else low / 10**places,
            most if high is None else high / 10**places,
            _("Indiquez un nombre, par exemple 1234,56.") if places else _("Indiquez un nombre entier."),
        )

    def _totals(self, table: Question) -> None:
        row = self.plan.grid.total
        for question in table.rows:
            cell = self.sheet[f"{self.plan.columns[question.name]}{row}"]
            cell.border, cell.fill, cell.font = styles.TOTAL_BORDER, styles.TOTAL_FILL, styles.BOLD
        first = self.sheet.cell(row, 1)
        if table.rows[0].name not in self.described.totals:
            put(first, _("Total"))
        for column, total in self.described.totals.items():
            self._computed(self.sheet[self.plan.total(column)], total)

    def _lines(self) -> None:
        for place, question in enumerate(self.described.lines):
            row = self.plan.grid.lines + place
            put(self.sheet.cell(row, 1), question.title).font = styles.BOLD
            cell = self.sheet[self.plan.line(place)]
            cell.border = styles.CELL_BORDER
            if question.compute is not None:
                self._computed(cell, question)
                cell.fill = styles.COMPUTED_FILL
            else:
                look = look_of(question)
                cell.number_format, cell.alignment = look.format, styles.aligned(look.align)
                put(cell, shown(question, self.whole.answers.get(question.name)))
                cell.fill, cell.protection = styles.INPUT_FILL, styles.OPEN
                validation = self._validation(question)
                if validation is not None:
                    self.sheet.add_data_validation(validation)
                    validation.add(cell.coordinate)
        if self.described.table is None:
            self.sheet.column_dimensions["A"].width = 46
            self.sheet.column_dimensions["B"].width = 28

    def _computed(self, cell: Cell, question: Question) -> None:
        assert question.compute is not None
        look = look_of(question)
        cell.value = formula(question.compute, self.whole.references)
        cell.number_format, cell.font = look.format, styles.BOLD
        cell.alignment = styles.aligned(look.align)
        self.values[cell.coordinate] = plain(shown(question, self.whole.answers.get(question.name)))
        name = question.name
        self.whole.book.defined_names[name] = DefinedName(name, attr_text=self.plan.address(cell.coordinate))

    def _settings(self) -> None:
        grid, sheet = self.plan.grid, self.sheet
        if grid.head:
            sheet.freeze_panes = f"A{grid.first}"
            sheet.print_title_rows = f"{grid.head}:{grid.head}"
        last = max(grid.last, grid.total, grid.lines + len(self.described.lines) - 1)
        sheet.print_area = f"A1:{get_column_letter(self.plan.width)}{last}"
        sheet.page_setup.orientation = "landscape" if self.plan.width > 4 else "portrait"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.oddFooter.left.text = self.whole.workbook.title.replace("&", "&&")
        sheet.oddFooter.right.text = _("Page {number} sur {count}").format(number="&P", count="&N")
        sheet.sheet_view.showGridLines = False
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = False


def _bounded(question: Question, kind: str, low: float, high: float, said: str) -> DataValidation:
    return DataValidation(
        type=kind,
        operator="between",
        formula1=_written(low),
        formula2=_written(high),
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=question.title[:32],
        error=said[:SHORT_ERROR],
    )


def _written(number: float) -> str:
    return str(int(number)) if number == int(number) else repr(number)


def put(cell: Cell, value: Any) -> Cell:
    """A value in a cell; whatever a text begins with, it is a text."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in "=+-@\t\r"
    return cell


def plain(value: Any) -> Any:
    """A value as the cell of a formula keeps it: dates are numbers of days."""
    return to_excel(value) if isinstance(value, datetime | date) else value

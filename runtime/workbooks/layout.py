"""Where everything stands in the sheets of a workbook: what writes and what reads agree on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from openpyxl.utils import get_column_letter

from formdefs import Question, Sheet, Workbook
from formdefs.expressions.excel import Cell
from formdefs.workbooks import Grid, grid_of


@dataclass(frozen=True)
class Plan:
    """One sheet laid out; `rows` is how many its table has, where the context gives them."""

    sheet: Sheet
    rows: int = 0

    @cached_property
    def grid(self) -> Grid:
        """The rows where its parts stand."""
        return grid_of(self.sheet, len(self.sheet.show), self.rows)

    @cached_property
    def columns(self) -> dict[str, str]:
        """The letter of each column of the table, by the question's name."""
        asked = self.sheet.table.rows if self.sheet.table else ()
        return {question.name: get_column_letter(place) for place, question in enumerate(asked, 1)}

    @property
    def width(self) -> int:
        """How many columns the sheet uses."""
        return max(2, len(self.columns))

    def total(self, column: str) -> str:
        """The cell of the total of a column: « F206 »."""
        return f"{self.columns[column]}{self.grid.total}"

    def line(self, place: int) -> str:
        """The cell of a line's value."""
        return f"B{self.grid.lines + place}"

    def address(self, cell: str) -> str:
        """A cell or a range as another sheet names it."""
        return f"'{self.sheet.title}'!{_fixed(cell)}"

    def range(self, column: str) -> str:
        """The cells of a column of the table."""
        letter = self.columns[column]
        return f"{letter}{self.grid.first}:{letter}{self.grid.last}"


def plans_of(workbook: Workbook, entities: int) -> tuple[Plan, ...]:
    """Every sheet laid out; `entities` are the rows of the tables whose rows the organisation gives."""
    return tuple(Plan(sheet, max(1, entities) if sheet.each else 0) for sheet in workbook.sheets)


def references(plans: tuple[Plan, ...]) -> dict[str, Cell]:
    """Where each name of a workbook stands, as rules write it."""
    found: dict[str, Cell] = {}
    for plan in plans:
        for name, cell in _of_sheet(plan):
            found[name] = cell
    return found


def _of_sheet(plan: Plan) -> Iterator[tuple[str, Cell]]:
    sheet = plan.sheet
    if sheet.table is not None:
        # A row counts where its first required column is filled in.
        asked = [q for q in sheet.table.rows if q.compute is None]
        filled = next((q for q in asked if q.required), asked[0] if asked else sheet.table.rows[0])
        yield sheet.id, Cell(plan.address(plan.range(filled.name)))
        for question in sheet.table.rows:
            where = plan.address(plan.range(question.name))
            yield f"{sheet.id}.{question.name}", Cell(where, labels_of(question))
        for column, total in sheet.totals.items():
            yield total.name, Cell(plan.address(plan.total(column)))
    for place, line in enumerate(sheet.lines):
        yield line.name, Cell(plan.address(plan.line(place)), labels_of(line))


def row_references(plan: Plan, row: int, around: Mapping[str, Cell]) -> dict[str, Cell]:
    """Where the names of one row of a table stand; those of the workbook are its parent's."""
    assert plan.sheet.table is not None
    own = {
        question.name: Cell(f"{plan.columns[question.name]}{row}", labels_of(question))
        for question in plan.sheet.table.rows
    }
    return {f"parent.{name}": cell for name, cell in around.items()} | own


def labels_of(question: Question) -> dict[str, str]:
    """What the values of a choice show as in a cell."""
    return {choice.value: choice.label for choice in question.choices}


def _fixed(cell: str) -> str:
    parts = cell.split(":")
    return ":".join(
        f"${part.rstrip('0123456789')}${part.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}" for part in parts
    )

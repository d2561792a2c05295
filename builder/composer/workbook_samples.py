"""What an imaginary applicant would have typed in a workbook, and what it computes."""

from collections.abc import Mapping
from typing import Any

from formdefs import Context, Question, Sheet, Workbook, evaluate
from formdefs.sample import filled
from runtime.workbooks.write import prefilled

SAMPLES = 3
"""How many rows are made up where fewer would do."""


def sampled(book: Workbook, context: Context) -> dict[str, Any]:
    """The answers of a workbook filled in with samples, what they compute included."""
    sample = filled(book.form, context)
    answers = dict(evaluate(book.form, sample.raw, sample.context).answers)
    for sheet in book.sheets:
        if sheet.table is not None:
            answers[sheet.id] = _sample_rows(sheet, sheet.table, answers.get(sheet.id) or [{}], context)
    return prefilled(book, context, answers)


def _sample_rows(
    sheet: Sheet, table: Question, rows: list[Mapping[str, Any]], context: Context
) -> list[dict[str, Any]]:
    """As many rows as are needed, one answer of each list after the other."""
    given: list[dict[str, Any]] = [{}] * min(max(SAMPLES, len(rows)), table.schema["maxItems"])
    if sheet.each:
        given = [
            {column: entity[key] for column, key in sheet.given.items() if entity.get(key)}
            for entity in context.entities
        ]
    row = {name: value for name, value in rows[0].items() if name not in sheet.given}
    return [{**row, **_choices(table, row, place), **own} for place, own in enumerate(given)]


def _choices(table: Question, row: Mapping[str, Any], place: int) -> dict[str, Any]:
    return {
        each.name: each.choices[place % len(each.choices)].value
        for each in table.rows
        if each.choices and isinstance(row.get(each.name), str)
    }

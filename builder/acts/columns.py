"""Heads pasted from a spreadsheet: a cell is a column, what stands below it tells its type."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO

from builder.acts import workbooks
from builder.acts.documents import Impossible, Target
from builder.acts.lists import hinted
from builder.acts.patches import Edit
from builder.acts.questions import Done
from builder.acts.settings import put_choices
from formdefs.errors import gettext_noop

GUESSED = "guess"
"""The type that is asked for where the title alone is to tell it."""
MOST, READ = 100, 200
FEWEST, MOST_CHOICES, LONGEST_CHOICE = 4, 8, 60
_NUMBER = r"-?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)"
SHAPES: Mapping[str, str] = {
    "date": r"\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}",
    "percentage": rf"{_NUMBER}(?:[.,]\d+)?\s*%",
    "money": rf"{_NUMBER}(?:[.,]\d{{1,2}})?\s*(?:€|EUR)",
    "yes_no": r"oui|non",
    "email": r"[^@\s]+@[^@\s]+\.[^@\s]+",
    "time": r"\d{1,2}[:h]\d{2}",
    "integer": rf"(?!0\d){_NUMBER}",
    "decimal": rf"{_NUMBER}[.,]\d+|(?!0\d){_NUMBER}",
}
"""What the values of a column look like; the first that fits them all is its type."""
HINTED_SHAPES: Mapping[str, str] = {
    **SHAPES,
    "money": rf"{_NUMBER}(?:[.,]\d+)?\s*(?:€|EUR)?",
    "siret": r"[\d ]{14,}",
    "finess": r"[\dAB]{9}",
    "postcode": r"\d{4,5}",
    "phone": r"\+?[\d .]{9,}",
}
"""What values may look like where the title has already supposed the type."""


@dataclass(frozen=True)
class Head:
    """One pasted column; `sure` when its values told the type rather than its title."""

    title: str
    kind: str
    choices: tuple[str, ...] = ()
    sure: bool = False
    required: bool = False


def heads_of(text: str) -> tuple[Head, ...]:
    """The columns that a pasted text lists: its first line are heads, the others values."""
    rows = list(csv.reader(StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter="\t"))
    rows = [row for row in rows if any(cell.strip() for cell in row)][: READ + 1]
    if not rows:
        return ()
    columns = [
        [row[place].strip() if place < len(row) else "" for row in rows] for place in range(len(rows[0]))
    ]
    return tuple(head_of(title, values) for title, *values in columns if title)[:MOST]


def head_of(title: str, values: Iterable[str] = ()) -> Head:
    """A column by its title and the values below it; a star says that it must be filled in."""
    title, required = " ".join(title.rstrip("* \u00a0").split()) or title, title.endswith("*")
    return replace(_guessed(title, [value for value in values if value]), required=required)


def _guessed(title: str, values: Sequence[str]) -> Head:
    known = workbooks.cell_kinds()
    supposed = hinted(title, known)
    if supposed and _fit(values, HINTED_SHAPES.get(supposed, ".*")):
        return Head(title, supposed, sure=bool(values))
    told = next((kind for kind, shape in SHAPES.items() if values and _fit(values, shape)), "")
    if told:
        return Head(title, told, sure=True)
    choices = tuple(dict.fromkeys(values))
    if _repeats(values, choices):
        return Head(title, "choice", choices, sure=True)
    return Head(title, "text", sure=bool(values))


def _fit(values: Iterable[str], shape: str) -> bool:
    return all(re.fullmatch(shape, value, re.IGNORECASE) for value in values)


def _repeats(values: Sequence[str], choices: Collection[str]) -> bool:
    """Whether a few values come again and again, as those of a list do."""
    return (
        len(values) >= FEWEST
        and 1 < len(choices) <= min(MOST_CHOICES, len(values) // 2)
        and all(len(each) <= LONGEST_CHOICE for each in choices)
    )


def add_columns(edit: Edit, at: Target, *, heads: Sequence[Head]) -> Done:
    """Add the columns that were pasted, one after the other."""
    if not heads:
        raise Impossible(gettext_noop("Collez au moins un en-tête de colonne."))
    for each in heads:
        at = workbooks.add_column(edit, at, title=each.title, kind=each.kind).select
        if each.choices:
            put_choices(edit, at, each.choices)
        if each.required:
            workbooks.require_cell(edit, at, True)
    return Done(at, gettext_noop("{count} colonnes ajoutées"), {"count": len(heads)})

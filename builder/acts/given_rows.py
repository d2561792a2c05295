"""Rows of a workbook that the organisation gives: one for each attached entity, with what it fills."""

from __future__ import annotations

from typing import Any

from builder.acts import kinds, workbooks
from builder.acts.documents import COLUMN, Target, own, sheet_of, sheet_path
from builder.acts.patches import ABSENT, Edit
from builder.acts.settings import put

ENTITIES = "organisation.entities"
GIVEN = ("name", "finess", "id")
"""What an attached entity gives of itself."""


def rows_of(document: Any, at: Target) -> str:
    """What gives the rows of the table where a part is, "" where the applicant adds them."""
    return str(Edit(document).get((*sheet_path(at), "table", "each"), ""))


def set_rows(edit: Edit, at: Target, source: Any) -> None:
    """Give a table the list that gives its rows, whose names its first text column takes; or none."""
    table = (*sheet_path(at), "table")
    put(edit, (*table, "each"), source)
    if source is ABSENT:
        put(edit, (*table, "given"), ABSENT)
        return
    taking = [
        name
        for name, schema in edit.get((*table, "columns", "properties"), {}).items()
        if kinds.slug_of(schema) == "text" and "compute" not in own(schema)
    ]
    if taking and not edit.get((*table, "given")):
        set_given(edit, Target(COLUMN, f"{sheet_of(at).id}.{taking[0]}"), GIVEN[0])


def given_of(document: Any, at: Target) -> str:
    """What each entity gives to a column, "" for nothing."""
    return str(Edit(document).get(workbooks.given_path(at), ""))


def set_given(edit: Edit, at: Target, source: Any) -> None:
    """Let each entity fill a column, which is then never asked; or nobody but the applicant."""
    if source is not ABSENT:
        workbooks.require_cell(edit, at, False)
    put(edit, workbooks.given_path(at), source)

"""Reading what a page sends: widget data become raw values by path, and nothing is judged here."""

import secrets
from collections.abc import Callable
from typing import Any

from django.http import QueryDict

from formdefs import Phase, Question

ROWS_AT_ONCE = 200


def parse_page(phase: Phase, data: QueryDict) -> dict[str, Any]:
    """The raw leaves of the questions that the page says it showed (its hidden input `shown`)."""
    given: dict[str, Any] = {}
    for path in data.get("shown", "").split():
        if path.endswith("#"):
            given[path] = _rows(data, path)
            continue
        question = phase.question_at(path)
        reader = READERS.get(question.control) if question else None
        if question and reader:
            given[path] = reader(question, path, data)
    return given


def _rows(data: QueryDict, path: str) -> list[str]:
    """The rows of a group, as sent, with the row that a button adds or removes."""
    group = path[:-1]
    rows = [
        row for row in dict.fromkeys(data.getlist(path)) if row.isalnum() and row.isascii() and len(row) <= 12
    ]
    if data.get("add") == group:
        rows.append(new_row())
    removed = data.get("remove", "")
    return [row for row in rows if removed != f"{group}.{row}"][:ROWS_AT_ONCE]


def new_row() -> str:
    """The identity of a new row of a repeatable group."""
    return "r" + secrets.token_hex(4)


def _text(_question: Question, path: str, data: QueryDict) -> str:
    return data.get(path, "")


def _lines(_question: Question, path: str, data: QueryDict) -> str:
    return data.get(path, "").replace("\r\n", "\n")


def _ticked(_question: Question, path: str, data: QueryDict) -> bool:
    return bool(data.get(path))


def _several(_question: Question, path: str, data: QueryDict) -> list[str]:
    return [value for value in data.getlist(path) if value]


def _statuses(_question: Question, path: str, data: QueryDict) -> dict[str, str]:
    prefix = path + "."
    return {key[len(prefix) :]: str(data[key]) for key in data if key.startswith(prefix) and data[key]}


READERS: dict[str, Callable[[Question, str, QueryDict], Any]] = {
    **dict.fromkeys(("text", "number", "money", "date", "select", "radio", "yesno"), _text),
    "textarea": _lines,
    "checkbox": _ticked,
    "checkboxes": _several,
    "entity_statuses": _statuses,
}

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
    rows = [row for row in data.getlist(path) if _is_row(row)]
    if data.get("add") == group:
        asked = data.get(f"{group}+", "")
        rows.append(asked if _is_row(asked) and asked not in rows else new_row())
    removed = data.get("remove", "")
    return [row for row in dict.fromkeys(rows) if removed != f"{group}.{row}"][:ROWS_AT_ONCE]


def _is_row(identity: str) -> bool:
    return identity.isalnum() and identity.isascii() and len(identity) <= 12


def new_row() -> str:
    """The identity of a new row of a repeatable group.

    The page says which row its button would add (`group+`), so that what is sent twice adds one.
    """
    return "r" + secrets.token_hex(4)


OTHER = "__other__"
"""What the button « Autre » sends; the answer itself is beside it."""


def _text(_question: Question, path: str, data: QueryDict) -> str:
    return data.get(path, "")


def _lines(_question: Question, path: str, data: QueryDict) -> str:
    return data.get(path, "").replace("\r\n", "\n")


def _choice(question: Question, path: str, data: QueryDict) -> Any:
    chosen = data.get(path, "")
    if question.options.get("other") and chosen == OTHER:
        return {"other": data.get(f"{path}.other", "")}
    return chosen


def _found(_question: Question, path: str, data: QueryDict) -> str:
    """The answer picked among those found for what is still written, or else what is written."""
    written = data.get(path, "")
    picked = data.get(f"{path}.pick", "")
    return picked if picked and written == data.get(f"{path}.for") else written


def _files(_question: Question, path: str, data: QueryDict) -> list[str]:
    return data.getlist(path)


def _parts(question: Question, path: str, data: QueryDict) -> Any:
    """What was given in each part; "" when nothing was in any."""
    given = {
        part.name: PART_READERS[part.control](part, f"{path}.{part.name}", data) for part in question.parts
    }
    return {name: value for name, value in given.items() if value} or ""


def _ticked(_question: Question, path: str, data: QueryDict) -> bool:
    return bool(data.get(path))


def _several(_question: Question, path: str, data: QueryDict) -> list[str]:
    return [value for value in data.getlist(path) if value]


def _statuses(_question: Question, path: str, data: QueryDict) -> dict[str, str]:
    prefix = path + "."
    return {key[len(prefix) :]: str(data[key]) for key in data if key.startswith(prefix) and data[key]}


READERS: dict[str, Callable[[Question, str, QueryDict], Any]] = {
    **dict.fromkeys(("text", "number", "money", "date", "yesno"), _text),
    **dict.fromkeys(("select", "radio"), _choice),
    "lookup": _found,
    "parts": _parts,
    "textarea": _lines,
    "checkbox": _ticked,
    "checkboxes": _several,
    "entity_statuses": _statuses,
}
# Files leave by themselves; a compound answer keeps the list of its own beside its other parts.
PART_READERS = {**READERS, "document": _files}

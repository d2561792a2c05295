"""Which parts no longer hold once another was taken out, by the places of the problems that this makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from builder.acts.documents import CHECK, COLUMN, LINE, QUESTION, ROW_CHECK, STEP, Target
from builder.acts.readers import Reader


def broken_parts(document: Any, pointers: Iterable[str]) -> tuple[Reader, ...]:
    """The parts of a document where problems are, each once; those of no part are left out."""
    return tuple(dict.fromkeys(each for pointer in pointers for each in _at(document, pointer)))


def _at(document: Any, pointer: str) -> Iterator[Reader]:
    match pointer.split("/")[1:]:
        case ["documents", number, *rest]:
            yield from _in_workbook(document["documents"][int(number)], rest)
        case ["phases", "0", "checks", number, *_]:
            check = document["phases"][0]["checks"][int(number)]
            yield Reader(Target(CHECK, check["id"]), str(check["message"]))
        case ["phases", "0", "reviews", number, *_]:
            review = document["phases"][0]["reviews"][int(number)]
            yield Reader(Target(STEP, review["id"]), str(review.get("title", review["id"])))
        case ["phases", "0", "answers", "properties", name, *rest]:
            yield _in_question(document["phases"][0]["answers"]["properties"][name], name, rest)


def _in_question(question: Any, path: str, steps: list[str]) -> Reader:
    """The question of a problem, one of its rows’, or a check of its rows."""
    match steps:
        case ["items", "properties", name, *rest]:
            return _in_question(question["items"]["properties"][name], f"{path}.{name}", rest)
        case ["x-field", "checks", number, *_]:
            check = question["x-field"]["checks"][int(number)]
            return Reader(Target(ROW_CHECK, f"{path}.{check['id']}"), str(check["message"]))
    return Reader(Target(QUESTION, path), str(question.get("title", path)))


def _in_workbook(book: Any, steps: list[str]) -> Iterator[Reader]:
    match steps:
        case ["checks", number, *_]:
            check = book["checks"][int(number)]
            yield Reader(Target(CHECK, f"{book['id']}.{check['id']}"), str(check["message"]))
        case ["sheets", number, *rest]:
            sheet = book["sheets"][int(number)]
            yield from _in_sheet(sheet, f"{book['id']}.{sheet['id']}", rest)


def _in_sheet(sheet: Any, at: str, steps: list[str]) -> Iterator[Reader]:
    match steps:
        case ["table", "columns", "properties", name, *_]:
            column = sheet["table"]["columns"]["properties"][name]
            yield Reader(Target(COLUMN, f"{at}.{name}"), str(column.get("title", name)))
        case ["table", "checks", number, *_]:
            check = sheet["table"]["checks"][int(number)]
            yield Reader(Target(CHECK, f"{at}.{check['id']}"), str(check["message"]))
        case ["lines", "properties", name, *_]:
            line = sheet["lines"]["properties"][name]
            yield Reader(Target(LINE, f"{at}.{name}"), str(line.get("title", name)))

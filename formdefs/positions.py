"""The line where each part of a JSON text stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)


def lines(text: str) -> dict[str, int]:
    """The line, from 1, of each JSON pointer of a text that is known to be JSON.

    The line of a member is the one of its key.
    """
    tokens = _tokens(text)
    found: dict[str, int] = {}
    token, line = next(tokens)
    _value(token, line, "", found, tokens)
    return found


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line, place = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", place, match.start())
        place = match.start()
        yield match[0], line


def _value(
    token: str, line: int, pointer: str, found: dict[str, int], tokens: Iterator[tuple[str, int]]
) -> None:
    found.setdefault(pointer, line)
    if token == "{":
        _members(pointer, found, tokens)
    elif token == "[":
        _items(pointer, found, tokens)


def _members(pointer: str, found: dict[str, int], tokens: Iterator[tuple[str, int]]) -> None:
    for token, line in tokens:
        if token == "}":
            return
        if token == ",":
            continue
        child = f"{pointer}/{json.loads(token).replace('~', '~0').replace('/', '~1')}"
        found[child] = line
        next(tokens)
        _value(*next(tokens), child, found, tokens)


def _items(pointer: str, found: dict[str, int], tokens: Iterator[tuple[str, int]]) -> None:
    index = 0
    for token, line in tokens:
        if token == "]":
            return
        if token == ",":
            index += 1
            continue
        _value(token, line, f"{pointer}/{index}", found, tokens)

"""Texts, counted in characters; at most 10,000 of them, else nothing is known."""

from __future__ import annotations

from typing import Any

LONGEST = 10_000


def concatenate(values: list[Any]) -> str | None:
    """The texts and whole numbers one after the other."""
    return None if None in values else _bounded("".join(map(str, values)))


def lower(values: list[Any]) -> str | None:
    return None if values[0] is None else _bounded(values[0].lower())


def upper(values: list[Any]) -> str | None:
    return None if values[0] is None else _bounded(values[0].upper())


def length(values: list[Any]) -> int | None:
    return None if values[0] is None else len(values[0])


def starts_with(values: list[Any]) -> bool | None:
    return None if None in values else values[0].startswith(values[1])


def ends_with(values: list[Any]) -> bool | None:
    return None if None in values else values[0].endswith(values[1])


def part(values: list[Any]) -> str | None:
    """From `start`, counted from the end when negative; a negative length leaves that many at the end."""
    if None in values:
        return None
    text, start, *rest = values
    begin = max(len(text) + start, 0) if start < 0 else start
    if not rest:
        return str(text[begin:])
    size = rest[0]
    end = begin + size if size >= 0 else len(text) + size
    return str(text[begin : max(end, 0)])


def _bounded(text: str) -> str | None:
    return text if len(text) <= LONGEST else None

"""Truth, comparison, presence and choice, where null is what is not known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def every(values: list[Any]) -> bool | None:
    if any(value is False for value in values):
        return False
    return None if None in values else True


def either(values: list[Any]) -> bool | None:
    if any(value is True for value in values):
        return True
    return None if None in values else False


def negation(values: list[Any]) -> bool | None:
    return None if values[0] is None else not values[0]


def truthy(values: list[Any]) -> bool:
    return bool(values[0])


def answered(values: list[Any]) -> bool:
    return None not in values


def equality(wanted: bool) -> Callable[[list[Any]], bool | None]:
    return lambda values: None if None in values else (values[0] == values[1]) is wanted


def nothingness(wanted: bool) -> Callable[[list[Any]], bool | None]:
    """Against a literal null, equality asks whether there is an answer."""
    return lambda values: ((values[0] is None) == (values[1] is None)) is wanted


def ordering(compare: Callable[[Any, Any], bool]) -> Callable[[list[Any]], bool | None]:
    """Comparison of two values, or of three where the second stands between the others."""

    def run(values: list[Any]) -> bool | None:
        if None in values:
            return None
        return all(compare(one, other) for one, other in zip(values, values[1:], strict=False))

    return run


def member(values: list[Any]) -> bool | None:
    needle, haystack = values
    return None if needle is None or haystack is None else needle in haystack


def holder(values: list[Any]) -> bool | None:
    return member([values[1], values[0]])


def chosen(values: list[Any]) -> Any:
    """The value after the first condition that is true, else the last one where it stands alone."""
    for place in range(0, len(values) - 1, 2):
        if values[place] is True:
            return values[place + 1]
    return values[-1] if len(values) % 2 else None


def first_known(values: list[Any]) -> Any:
    return next((value for value in values if value is not None), None)

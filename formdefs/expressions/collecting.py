"""What becomes of a list whose items were each put through a rule, and of lists of numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from formdefs.expressions.arithmetic import bounded

Pairs = list[tuple[Any, Any]]

COLLECTORS: Mapping[str, Callable[[Pairs], Any]] = {
    "map": lambda pairs: [result for _, result in pairs],
    "filter": lambda pairs: [item for item, result in pairs if result is True],
    "some": lambda pairs: any(result is True for _, result in pairs),
    "all": lambda pairs: bool(pairs) and all(result is True for _, result in pairs),
    "none": lambda pairs: not any(result is True for _, result in pairs),
}


def known(values: list[Any]) -> list[Any] | None:
    """What is known of a list given as the only argument, None when the list is not."""
    return None if values[0] is None else [value for value in values[0] if value is not None]


def total(values: list[Any]) -> int | None:
    """The sum of what is known, as a spreadsheet sums a column with blanks."""
    found = known(values)
    return None if found is None else bounded(sum(found))


def count(values: list[Any]) -> int | None:
    found = known(values)
    return None if found is None else len(found)


def least(values: list[Any]) -> Any:
    return min(known(values) or (), default=None)


def most(values: list[Any]) -> Any:
    return max(known(values) or (), default=None)


def average(places: int) -> Callable[[list[Any]], tuple[int, int] | None]:
    """The mean of what is known of a list of numbers with `places`, as a quotient."""

    def run(values: list[Any]) -> tuple[int, int] | None:
        found = known(values)
        return (sum(found), len(found) * 10**places) if found else None

    return run

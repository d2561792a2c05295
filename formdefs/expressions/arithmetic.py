"""Whole numbers that every engine reads alike: at most 2^53−1 either side of zero, else nothing is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

LARGEST = 2**53 - 1

# A numerator and a denominator that is not zero.
Quotient = tuple[int, int]


def bounded(value: int) -> int | None:
    """The number, None beyond what every engine can hold."""
    return value if -LARGEST <= value <= LARGEST else None


def add(values: list[Any]) -> int | None:
    return None if None in values else bounded(sum(values))


def subtract(values: list[Any]) -> int | None:
    if None in values:
        return None
    return -values[0] if len(values) == 1 else bounded(values[0] - values[1])


def multiply(values: list[Any]) -> int | None:
    product = 1
    for value in values:
        if value is None:
            return None
        product *= value
        if abs(product) > LARGEST:
            return None
    return product


def remainder(values: list[Any]) -> Any:
    """What is left of a division, with the sign of what is divided."""
    divided, divisor = values
    if divided is None or not divisor:
        return None
    left: int = abs(divided) % abs(divisor)
    return -left if divided < 0 else left


def magnitude(values: list[Any]) -> Any:
    return None if values[0] is None else abs(values[0])


def least(values: list[Any]) -> Any:
    return None if None in values else min(values)


def most(values: list[Any]) -> Any:
    return None if None in values else max(values)


def divide(above: int, below: int) -> Callable[[list[Any]], Quotient | None]:
    """Division of a number with `above` places by one with `below`."""

    def run(values: list[Any]) -> Quotient | None:
        divided, divisor = values
        return None if divided is None or not divisor else (divided * 10**below, divisor * 10**above)

    return run


def rounding(places: int) -> Callable[[list[Any]], int | None]:
    """Rounding of a quotient to `places`, half away from zero."""

    def run(values: list[Any]) -> int | None:
        if values[0] is None:
            return None
        numerator, denominator = values[0]
        above, below = abs(numerator) * 10**places, abs(denominator)
        rounded = (2 * above + below) // (2 * below)
        return bounded(rounded if (numerator < 0) == (denominator < 0) else -rounded)

    return run


def rounding_number(before: int, after: int) -> Callable[[list[Any]], int | None]:
    """Rounding of a number with `before` places to `after` of them, half away from zero."""
    of_quotient = rounding(after)
    return lambda values: None if values[0] is None else of_quotient([(values[0], 10**before)])

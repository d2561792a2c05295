"""Bounds of numbers are written in units of the last decimal: they follow where the decimals change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import lcm
from typing import Any

from formdefs.registry import TYPES

CENTS = 2
LOWER, UPPER = ("minimum", "exclusiveMaximum"), ("maximum", "exclusiveMinimum")
"""Bounds that go to the next number that may be answered, and those that go to the one before."""
NUMBERS = frozenset({"integer", "decimal", "percentage", "money"})


@dataclass(frozen=True)
class Rescaled:
    """The bounds of a question in another unit: `rounded` when one is no number that may be answered.

    They still take the same numbers among those; `empty` when none is left that they took.
    """

    bounds: Mapping[str, int]
    rounded: bool
    empty: bool


def scale_of(schema: Mapping[str, Any], kind: str) -> int | None:
    """How many decimals the unit of a question of a type has, None for what is no number."""
    if kind not in NUMBERS:
        return None
    if kind == "money":
        return CENTS
    written = schema.get("x-field", {}).get("places", TYPES[kind].presets.get("places", 0))
    return written if isinstance(written, int) else 0


def rescaled(schema: Mapping[str, Any], before: int, after: int) -> Rescaled:
    """The bounds of a question once its unit has `after` decimals, where they were written for `before`."""
    bounds: dict[str, int] = {}
    rounded = False
    coarser = 10 ** max(0, before - after)
    for key in (*LOWER, *UPPER, "multipleOf"):
        value = schema.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            continue
        value *= 10 ** max(0, after - before)
        rounded = rounded or value % coarser != 0
        if key == "multipleOf":
            bounds[key] = lcm(value, coarser) // coarser
        else:
            bounds[key] = -(-value // coarser) if key in LOWER else value // coarser
    return Rescaled(bounds, rounded, _is_empty(bounds) and not _is_empty(schema))


def _is_empty(bounds: Mapping[str, Any]) -> bool:
    """Whether no number is between the bounds."""
    lowest, highest = bounds.get("minimum"), bounds.get("maximum")
    return isinstance(lowest, int) and isinstance(highest, int) and lowest > highest

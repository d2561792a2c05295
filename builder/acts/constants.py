"""The constants that rules compare a number with follow it to another unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from builder.acts.naming import OVER, Follower

BESIDE = frozenset({"==", "!=", "<", "<=", ">", ">=", "in", "+", "-", "min", "max"})
"""Operators whose constants are in the unit of what stands beside them."""
CARRYING = frozenset({"+", "-", "min", "max", "sum", "map", "filter"})
"""Operators that give a number in the unit of what they are given."""


@dataclass(frozen=True)
class Unit:
    """How many decimals a number is written with; whether it is an amount, in cents."""

    places: int
    money: bool = False

    def constant(self, value: Fraction) -> Any:
        """A number as a rule writes it beside one of this unit; None where it is finer."""
        scaled = value * 10**self.places
        if scaled.denominator != 1:
            return None
        if self.money:
            return {"money": int(scaled)}
        return {"decimal": [int(scaled), self.places]} if self.places else int(scaled)


def follow_unit(document: Any, name: str, before: Unit, after: Unit) -> Any:
    """The document whose rules say the same numbers of a question, by its dotted name, in its new unit."""
    return _Rescaler(name, before, after).document(document)


class _Rescaler(Follower):
    """One change of unit."""

    def __init__(self, name: str, before: Unit, after: Unit) -> None:
        super().__init__(name.split("."), name.rpartition(".")[2])
        self.before, self.after = before, after

    def rule(self, rule: Any, scopes: list[str | None]) -> Any:
        found = super().rule(rule, scopes)
        if isinstance(rule, Mapping):
            for operator, arguments in rule.items():
                if operator in BESIDE and isinstance(arguments, list) and self.carries(arguments, scopes):
                    found[operator] = [self.constant(each) for each in found[operator]]
        return found

    def carries(self, rule: Any, scopes: list[str | None]) -> bool:
        """Whether what a rule gives is in the unit of the question."""
        if isinstance(rule, list):
            return any(self.carries(each, scopes) for each in rule)
        if not isinstance(rule, Mapping):
            return False
        named = rule.get("var")
        if isinstance(named, str):
            scope, path = self.place(named, scopes)
            return scope is not None and [*filter(None, scope.split(".")), *path] == self.old
        for operator, given in rule.items():
            if operator in OVER and isinstance(given, list) and len(given) > 1:
                inside = [*scopes, self.read_by(given[0], scopes)]
                return operator in CARRYING and self.carries(given[1:], inside)
            return operator in CARRYING and self.carries(given, scopes)
        return False

    def constant(self, value: Any) -> Any:
        """A constant in the new unit; what is finer keeps the decimals that it needs."""
        if isinstance(value, list):
            return self.listed(value)
        number = self.number(value)
        if number is None:
            return value
        written = self.after.constant(number)
        if written is not None:
            return written
        return value if isinstance(value, Mapping) else {"decimal": [value, self.before.places]}

    def listed(self, values: list[Any]) -> list[Any]:
        """The values of a list, written bare: one that can no longer be answered leaves it."""
        worth = [self.number(each) for each in values]
        if None in worth:
            return values
        scaled = [each * 10**self.after.places for each in worth if each is not None]
        return [int(each) for each in scaled if each.denominator == 1]

    def number(self, value: Any) -> Fraction | None:
        """What a constant is worth, None for what is none."""
        if isinstance(value, int) and not isinstance(value, bool):
            return Fraction(value, 10**self.before.places)
        if isinstance(value, Mapping) and isinstance(value.get("money"), int):
            return Fraction(value["money"], 100)
        digits = value.get("decimal") if isinstance(value, Mapping) else None
        if isinstance(digits, list) and len(digits) == 2 and all(isinstance(each, int) for each in digits):
            return Fraction(digits[0], 10 ** digits[1])
        return None

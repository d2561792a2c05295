"""Every operator of the language, described once: what it takes, what it means, an example, how it runs.

The examples are read on the form of `formdefs.expressions.example`;
docs/reference/expressions.md is made from this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from formdefs.expressions import arithmetic, collecting, days, logic, signatures, texts
from formdefs.expressions.nodes import Function
from formdefs.expressions.signatures import BOOLEAN, TEXT, WHOLE, Signature

MANY = 100


@dataclass(frozen=True)
class Operator:
    """An operator on `least` to `most` values; the example is a rule and what it gives."""

    name: str
    takes: str
    meaning: str
    example: Any
    gives: Any
    least: int
    most: int
    signature: Signature
    run: Function


@dataclass(frozen=True)
class Collector:
    """An operator on a list and a rule on each of its items."""

    name: str
    takes: str
    meaning: str
    example: Any
    gives: Any


def _var(name: str) -> dict[str, str]:
    return {"var": name}


def _nothing(values: list[Any]) -> None:
    """Stands for what an operator's signature gives by itself."""
    return None


_ROWS = _var("depenses")
_AMOUNTS = {"map": [_ROWS, _var("montant")]}
_TABLE = (
    Operator(
        "and",
        "conditions",
        "all hold; false as soon as one is false",
        {"and": [_var("groupe"), True]},
        True,
        1,
        MANY,
        signatures.conditions,
        logic.every,
    ),
    Operator(
        "or",
        "conditions",
        "one holds; true as soon as one is true",
        {"or": [_var("groupe"), False]},
        True,
        1,
        MANY,
        signatures.conditions,
        logic.either,
    ),
    Operator(
        "!",
        "condition",
        "it is false",
        {"!": _var("groupe")},
        False,
        1,
        1,
        signatures.conditions,
        logic.negation,
    ),
    Operator(
        "!!",
        "value",
        "not null, false, 0, “” nor an empty list",
        {"!!": _var("nom")},
        True,
        1,
        1,
        signatures.anything,
        logic.truthy,
    ),
    Operator(
        "answered",
        "values",
        "every one of them is known; never null",
        {"answered": [_var("nom"), _var("sans_reponse")]},
        False,
        1,
        MANY,
        signatures.anything,
        logic.answered,
    ),
    Operator(
        "if",
        "condition, value, …, value",
        "the value after the first condition that is true, else the last one",
        {"if": [_var("groupe"), {"money": 5000}, {"money": 0}]},
        5000,
        2,
        MANY,
        signatures.chosen,
        logic.chosen,
    ),
    Operator(
        "??",
        "values",
        "the first of them that is known",
        {"??": [_var("sans_reponse"), 0]},
        0,
        1,
        MANY,
        signatures.alternatives,
        logic.first_known,
    ),
    Operator(
        "==",
        "value, value",
        "equal, of one type; against a literal null: without an answer",
        {"==": [_var("statut"), "public"]},
        True,
        2,
        2,
        signatures.equal,
        _nothing,
    ),
    Operator(
        "!=",
        "value, value",
        "different; against a literal null: with an answer",
        {"!=": [_var("sans_reponse"), None]},
        False,
        2,
        2,
        signatures.equal,
        _nothing,
    ),
    Operator(
        "<",
        "2 or 3 numbers or dates",
        "in increasing order; with three, the second stands strictly between",
        {"<": [_var("debut"), "2026-03-01"]},
        True,
        2,
        3,
        signatures.ordered,
        logic.ordering(lambda a, b: a < b),
    ),
    Operator(
        "<=",
        "2 or 3 numbers or dates",
        "in increasing order or equal; with three, the second stands between",
        {"<=": [10, _var("places"), 20]},
        True,
        2,
        3,
        signatures.ordered,
        logic.ordering(lambda a, b: a <= b),
    ),
    Operator(
        ">",
        "2 numbers or dates",
        "the first is greater",
        {">": [_var("aide"), 50_000]},
        True,
        2,
        2,
        signatures.ordered,
        logic.ordering(lambda a, b: a > b),
    ),
    Operator(
        ">=",
        "2 numbers or dates",
        "the first is greater or equal",
        {">=": [_var("places"), 12]},
        True,
        2,
        2,
        signatures.ordered,
        logic.ordering(lambda a, b: a >= b),
    ),
    Operator(
        "in",
        "value, list · text, text",
        "the first is in the second",
        {"in": [_var("statut"), ["public", "prive"]]},
        True,
        2,
        2,
        signatures.member,
        logic.member,
    ),
    Operator(
        "contains",
        "list, value · text, text",
        "the second is in the first",
        {"contains": [_var("themes"), "sport"]},
        True,
        2,
        2,
        signatures.holder,
        logic.holder,
    ),
    Operator(
        "starts_with",
        "text, text",
        "the first begins with the second",
        {"starts_with": [_var("nom"), "Be"]},
        True,
        2,
        2,
        signatures.texts(BOOLEAN),
        texts.starts_with,
    ),
    Operator(
        "ends_with",
        "text, text",
        "the first ends with the second",
        {"ends_with": [_var("nom"), "Be"]},
        False,
        2,
        2,
        signatures.texts(BOOLEAN),
        texts.ends_with,
    ),
    Operator(
        "cat",
        "texts or whole numbers",
        "one after the other",
        {"cat": [_var("prenom"), " ", _var("nom")]},
        "Nadia Benali",
        1,
        MANY,
        signatures.concatenated,
        texts.concatenate,
    ),
    Operator(
        "substr",
        "text, start, length",
        "a part; from the end when negative; the length may be left out",
        {"substr": [_var("nom"), 0, 3]},
        "Ben",
        2,
        3,
        signatures.part,
        texts.part,
    ),
    Operator(
        "lower",
        "text",
        "in small letters",
        {"lower": _var("nom")},
        "benali",
        1,
        1,
        signatures.texts(TEXT),
        texts.lower,
    ),
    Operator(
        "upper",
        "text",
        "in capitals",
        {"upper": _var("nom")},
        "BENALI",
        1,
        1,
        signatures.texts(TEXT),
        texts.upper,
    ),
    Operator(
        "length",
        "text",
        "how many characters",
        {"length": _var("nom")},
        6,
        1,
        1,
        signatures.texts(WHOLE),
        texts.length,
    ),
    Operator(
        "+",
        "numbers",
        "sum",
        {"+": [_var("aide"), 5_000]},
        105_000,
        1,
        MANY,
        signatures.numbers,
        arithmetic.add,
    ),
    Operator(
        "-",
        "1 or 2 numbers",
        "difference, or the opposite",
        {"-": [_var("aide"), {"money": 40_000}]},
        60_000,
        1,
        2,
        signatures.numbers,
        arithmetic.subtract,
    ),
    Operator(
        "*",
        "numbers, one amount at most",
        "product; its decimals are those of all factors",
        {"*": [_var("places"), {"money": 1_050}]},
        12_600,
        1,
        MANY,
        signatures.product,
        arithmetic.multiply,
    ),
    Operator(
        "%",
        "number, number",
        "remainder, with the sign of the first; null when the second is 0",
        {"%": [_var("places"), 5]},
        2,
        2,
        2,
        signatures.numbers,
        arithmetic.remainder,
    ),
    Operator(
        "abs",
        "number",
        "without its sign",
        {"abs": {"-": [_var("places"), 20]}},
        8,
        1,
        1,
        signatures.numbers,
        arithmetic.magnitude,
    ),
    Operator(
        "/",
        "number, number",
        "quotient, only inside `round`; null when the second is 0",
        {"round": [{"/": [{"*": [_var("aide"), 15]}, 100]}, 2]},
        15_000,
        2,
        2,
        signatures.quotient,
        _nothing,
    ),
    Operator(
        "round",
        "number or quotient, places",
        "rounded half away from zero, to 0 places when not said, 6 at most",
        {"round": [{"/": [_var("places"), 7]}, 2]},
        171,
        1,
        2,
        signatures.rounded,
        _nothing,
    ),
    Operator(
        "sum",
        "list of numbers",
        "sum of what is known in it",
        {"sum": _AMOUNTS},
        84_550,
        1,
        1,
        signatures.totalled,
        collecting.total,
    ),
    Operator(
        "count",
        "list",
        "how many are known in it",
        {"count": _ROWS},
        2,
        1,
        1,
        signatures.listed,
        collecting.count,
    ),
    Operator(
        "average",
        "list of numbers",
        "mean of what is known, only inside `round`; null when nothing is",
        {"round": [{"average": _AMOUNTS}, 2]},
        42_275,
        1,
        1,
        signatures.averaged,
        _nothing,
    ),
    Operator(
        "min",
        "list · numbers or dates",
        "the least; of a list, of what is known in it",
        {"min": _AMOUNTS},
        4_550,
        1,
        MANY,
        signatures.extreme,
        _nothing,
    ),
    Operator(
        "max",
        "list · numbers or dates",
        "the most; of a list, of what is known in it",
        {"max": [_var("places"), 20]},
        20,
        1,
        MANY,
        signatures.extreme,
        _nothing,
    ),
    Operator(
        "days_between",
        "date, date",
        "days from the first to the second",
        {"days_between": [_var("debut"), "2026-03-01"]},
        29,
        2,
        2,
        signatures.dates,
        days.days_between,
    ),
    Operator(
        "months_between",
        "date, date",
        "whole months elapsed",
        {"months_between": [_var("debut"), "2026-03-30"]},
        1,
        2,
        2,
        signatures.dates,
        days.months_between,
    ),
    Operator(
        "years_between",
        "date, date",
        "whole years elapsed",
        {"years_between": [_var("naissance"), _var("debut")]},
        17,
        2,
        2,
        signatures.dates,
        days.years_between,
    ),
    Operator(
        "age",
        "date of birth, date",
        "age in years on a date, today when it is not said",
        {"age": [_var("naissance"), "2026-03-27"]},
        18,
        2,
        2,
        signatures.dates,
        days.years_between,
    ),
    Operator(
        "add_days",
        "date, number",
        "that many days later",
        {"add_days": [_var("debut"), 30]},
        "2026-03-02",
        2,
        2,
        signatures.shifted,
        days.add_days,
    ),
    Operator(
        "add_months",
        "date, number",
        "the same day that many months later, or the month’s last",
        {"add_months": [_var("debut"), 1]},
        "2026-02-28",
        2,
        2,
        signatures.shifted,
        days.add_months,
    ),
    Operator(
        "add_years",
        "date, number",
        "the same day that many years later",
        {"add_years": [_var("naissance"), 18]},
        "2026-03-27",
        2,
        2,
        signatures.shifted,
        days.add_years,
    ),
    Operator("year", "date", "its year", {"year": _var("debut")}, 2026, 1, 1, signatures.dates, days.year),
    Operator(
        "month",
        "date",
        "its month, from 1 to 12",
        {"month": _var("debut")},
        1,
        1,
        1,
        signatures.dates,
        days.month,
    ),
)

_TELLING = {"==": [_var("objet"), "Vélo"]}
_COLLECTORS = (
    Collector("map", "list, rule", "what the rule gives on each item", {"count": _AMOUNTS}, 2),
    Collector(
        "filter",
        "list, condition",
        "the items on which it holds",
        {"count": {"filter": [_ROWS, _TELLING]}},
        1,
    ),
    Collector(
        "some",
        "list, condition",
        "it holds on one item; false when there is none",
        {"some": [_ROWS, _TELLING]},
        True,
    ),
    Collector(
        "all",
        "list, condition",
        "it holds on every item; false when there is none",
        {"all": [_ROWS, _TELLING]},
        False,
    ),
    Collector(
        "none",
        "list, condition",
        "it holds on no item; true when there is none",
        {"none": [_ROWS, _TELLING]},
        False,
    ),
)

OPERATORS: Mapping[str, Operator] = {each.name: each for each in _TABLE}
COLLECTORS: Mapping[str, Collector] = {each.name: each for each in _COLLECTORS}
CONSTANTS = ("money", "decimal")

"""On the operators shared with JsonLogic, its published cases give what ours give, null apart."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from formdefs.definition import ValueType
from formdefs.expressions import ExpressionFlaw, Names, Scope, read
from tests.formdefs.material import FIXTURES, ROOT

SUITES = FIXTURES / "03-logic" / "jsonlogic-compat" / "suites"
LARGEST = 2**53 - 1


def published() -> Iterator[dict[str, Any]]:
    """Every published case that gives a value."""
    for path in sorted(SUITES.rglob("*.json")):
        for case in json.loads(path.read_text("utf-8")):
            if isinstance(case, dict) and "rule" in case and "result" in case:
                yield {**case, "suite": path.name}


def type_of(value: Any) -> ValueType:
    """The type of a value of the data, as a form would declare it; TypeError where no form could."""
    if value is None:
        return ValueType("null")
    if isinstance(value, bool):
        return ValueType("boolean")
    if isinstance(value, int) and abs(value) <= LARGEST:
        return ValueType("number")
    if isinstance(value, str):
        return ValueType("text")
    if isinstance(value, list):
        kinds = [type_of(item) for item in value]
        if all(kind == kinds[0] for kind in kinds):
            return ValueType("list", item=kinds[0] if kinds else ValueType("null"))
    if isinstance(value, dict):
        return ValueType("row", columns={str(name): type_of(each) for name, each in value.items()})
    raise TypeError


def verdict(case: dict[str, Any]) -> str:
    """Refused, agrees, or differs."""
    data = case.get("data")
    try:
        columns = type_of(data).columns if isinstance(data, dict) else {}
        rule = read(case["rule"], Names(columns))
    except (ExpressionFlaw, TypeError):
        return "refused"
    if rule.type.kind == "quotient":
        return "refused"
    value = rule.value(Scope(data if isinstance(data, dict) else {}, {}))
    value = list(value) if rule.type.kind == "list" and value is not None else value
    return "agrees" if value == case["result"] else "differs"


def holds_null(rule: Any) -> bool:
    """Whether a constant of the rule is null: what is not known is where we differ from JsonLogic."""
    if isinstance(rule, dict):
        return any(holds_null(each) for each in rule.values())
    return any(holds_null(each) for each in rule) if isinstance(rule, list) else rule is None


def test_the_published_cases_agree_or_differ_on_null_alone() -> None:
    if not SUITES.exists():
        pytest.skip(f"jeu d’essai absent : {SUITES}")
    counted: Counter[str] = Counter()
    for case in published():
        found = verdict(case)
        counted[found] += 1
        assert found != "differs" or holds_null(case["rule"]), (case["suite"], case)
    written = (ROOT / "docs" / "reference" / "jsonlogic.md").read_text("utf-8")
    for word in ("agrees", "differs", "refused"):
        assert f"| {word} | {counted[word]} |" in written, counted

"""On the operators shared with JsonLogic, its published cases and two of its engines give what ours give."""

from __future__ import annotations

import base64
import json
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

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
    try:
        return "agrees" if ours(case["rule"], case.get("data")) == case["result"] else "differs"
    except (ExpressionFlaw, TypeError):
        return "refused"


def ours(rule: Any, data: Any) -> Any:
    """What our rule gives; ExpressionFlaw or TypeError where it is not of our language."""
    values = data if isinstance(data, dict) else {}
    read_rule = read(rule, Names(type_of(values).columns))
    if read_rule.type.kind == "quotient":
        raise TypeError
    value = read_rule.value(Scope(values, {}))
    return list(value) if read_rule.type.kind == "list" and value is not None else value


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


ENGINES = {
    "json-logic-js": ROOT / "node_modules" / "json-logic-js" / "logic.js",
    "json-logic-engine": ROOT / "node_modules" / "json-logic-engine" / "dist" / "esm" / "index.js",
}
APPLIED = """async ([script, cases]) => {
  const engine = new (await import(script)).LogicEngine();
  const result = (run) => { try { return run(); } catch (error) { return `refused: ${error}`; } };
  return cases.map(({ rule, data }) => ({
    "json-logic-js": result(() => jsonLogic.apply(rule, data)),
    "json-logic-engine": result(() => engine.run(rule, data)),
  }));
}"""
RANDOM_RULES = 3_000


def applied(browser: Browser, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What each engine gives for each case."""
    page = browser.new_page()
    page.add_script_tag(path=ENGINES["json-logic-js"])
    module = base64.b64encode(ENGINES["json-logic-engine"].read_bytes()).decode()
    found: list[dict[str, Any]] = page.evaluate(APPLIED, [f"data:text/javascript;base64,{module}", cases])
    page.close()
    return found


class Rules:
    """Rules of the shared operators, made at random over some data, well typed by construction."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def data(self) -> dict[str, Any]:
        rng = self.rng
        rows = [{"n": rng.randint(-9, 20), "t": self.word(), "b": rng.random() < 0.5} for _ in range(3)]
        numbers = [rng.randint(-9, 20) for _ in range(rng.randint(1, 4))]
        return {"n": rng.randint(-9, 20), "t": self.word(), "b": True, "numbers": numbers, "rows": rows}

    def word(self) -> str:
        return self.rng.choice(["", "a", "été", "pont", "un pont"])

    def condition(self, depth: int, *, row: bool = False) -> Any:
        rng, pick = self.rng, self.rng.randint(0, 7)
        if depth <= 0 or pick == 0:
            return {"var": "b"}
        if pick == 1:
            return {rng.choice(["and", "or"]): [self.condition(depth - 1, row=row) for _ in range(2)]}
        if pick == 2:
            return {"!": [self.condition(depth - 1, row=row)]}
        if pick == 3:
            other = self.text(depth - 1, row=row)
            if rng.random() < 0.5:
                return {rng.choice(["==", "!="]): [{"var": "t"}, other]}
            return {"in": [{"var": "t"}, {"cat": ["-", other]}]}
        if pick == 4 and not row:
            return {
                rng.choice(["some", "none", "all"]): [{"var": "rows"}, self.condition(depth - 1, row=True)]
            }
        if pick == 5 and not row:
            return {"in": [self.number(depth - 1), {"var": "numbers"}]}
        numbers = [self.number(depth - 1, row=row) for _ in range(2)]
        return {rng.choice(["<", "<=", ">", ">=", "==", "!="]): numbers}

    def number(self, depth: int, *, row: bool = False) -> Any:
        rng, pick = self.rng, self.rng.randint(0, 4)
        if depth <= 0 or pick == 0:
            return rng.choice([{"var": "n"}, rng.randint(-9, 20)])
        if pick == 1:
            branches = [self.number(depth - 1, row=row) for _ in range(2)]
            return {"if": [self.condition(depth - 1, row=row), *branches]}
        if pick == 2:
            return {"%": [self.number(depth - 1, row=row), rng.randint(1, 7)]}
        sides = [self.number(depth - 1, row=row) for _ in range(2)]
        return {rng.choice(["+", "-", "*", "min", "max"]): sides}

    def text(self, depth: int, *, row: bool = False) -> Any:
        if depth <= 0 or self.rng.random() < 0.4:
            return self.rng.choice([{"var": "t"}, self.word()])
        if self.rng.random() < 0.5:
            return {"cat": [self.text(depth - 1, row=row) for _ in range(2)]}
        return {"substr": [{"var": "t"}, self.rng.randint(0, 3), self.rng.randint(1, 3)]}

    def listed(self, depth: int) -> Any:
        rows: Any = {"var": "rows"}
        if self.rng.random() < 0.5:
            rows = {"filter": [rows, self.condition(depth - 1, row=True)]}
        return {"map": [rows, self.number(depth - 1, row=True)]}

    def rule(self) -> Any:
        return self.rng.choice([self.condition, self.number, self.text, self.listed])(3)


def test_two_engines_give_what_ours_gives_on_random_rules(chromium_browser: Browser) -> None:
    made = Rules(random.Random(11))
    cases = [{"rule": made.rule(), "data": made.data()} for _ in range(RANDOM_RULES)]
    for case, theirs in zip(cases, applied(chromium_browser, cases), strict=True):
        our = ours(case["rule"], case["data"])
        assert theirs == dict.fromkeys(ENGINES, our), (case, our)


def test_two_engines_agree_on_the_published_cases_that_we_accept(chromium_browser: Browser) -> None:
    if not SUITES.exists():
        pytest.skip(f"jeu d’essai absent : {SUITES}")
    cases = [case for case in published() if verdict(case) != "refused"]
    for case, theirs in zip(cases, applied(chromium_browser, cases), strict=True):
        unknown = {name for name, value in theirs.items() if "Unrecognized" in str(value)}
        assert unknown <= {"json-logic-js"} and (not unknown or "??" in json.dumps(case["rule"])), (
            case,
            theirs,
        )
        if not holds_null(case["rule"]):
            our = ours(case["rule"], case.get("data"))
            assert theirs == {name: theirs[name] if name in unknown else our for name in ENGINES}, (case, our)

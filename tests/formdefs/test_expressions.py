"""Rules are typed and total: null gives null, and never an error."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formdefs.expressions import ExpressionFlaw, Names, Scope, parse, phase_names
from tests.formdefs.material import FIXTURES, TODAY, form, vectors

SETS = vectors("expressions")["sets"]


def _names(questions: dict[str, Any]) -> Names:
    return phase_names(form(questions).first_phase.questions.values())


def _scope(each: dict[str, Any]) -> Scope:
    outer = {"organisation": each["organisation"], "applicant": {}, "dossier": {}, "today": each["today"]}
    return Scope(each["answers"], outer)


@pytest.mark.parametrize(
    ("each", "case"),
    [pytest.param(each, case, id=f"{case['rule']!r:.60}") for each in SETS for case in each["cases"]],
)
def test_a_rule_gives_the_value_of_its_vector(each: Any, case: Any) -> None:
    rule = parse(case["rule"], _names(each["questions"]))
    assert rule.value(_scope(each)) is case["value"]
    assert rule.holds(_scope(each)) is (case["value"] is True)


def test_a_rule_tells_which_names_it_reads() -> None:
    names = _names({"a": {"type": "boolean"}, "b": {"type": "integer"}})
    rule = parse(
        {"and": [{"var": "a"}, {">": [{"var": "b"}, 1]}, {"!!": {"var": "organisation.name"}}]}, names
    )
    assert rule.reads == {(0, "a"), (0, "b")}


def test_a_rule_too_deep_is_refused() -> None:
    rule: Any = True
    for _ in range(50):
        rule = {"!": rule}
    with pytest.raises(ExpressionFlaw) as caught:
        parse(rule, Names())
    assert caught.value.code == "expression.large"


ATOMS = st.sampled_from(
    [
        {"var": "oui"},
        {"var": "n"},
        {"var": "t"},
        {"var": "g"},
        {"var": "cs"},
        {"var": ""},
        {"var": "x"},
        None,
        True,
        0,
        5,
        "abc",
        ["a"],
    ]
)
OPERATORS = st.sampled_from(
    [
        "and",
        "or",
        "!",
        "!!",
        "==",
        "!=",
        "<",
        ">=",
        "in",
        "+",
        "-",
        "*",
        "sum",
        "count",
        "map",
        "filter",
        "some",
        "all",
        "zut",
    ]
)
RULES = st.recursive(
    ATOMS, lambda inner: st.builds(lambda o, a: {o: a}, OPERATORS, st.lists(inner, max_size=3)), max_leaves=8
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "oui": st.booleans(),
        "n": st.integers(-(2**53) + 1, 2**53 - 1),
        "t": st.text(max_size=3),
        "cs": st.lists(st.sampled_from("ab"), max_size=2),
        "g": st.lists(st.fixed_dictionaries({}, optional={"x": st.integers(0, 9)}), max_size=3),
    },
)
NAMES = _names(SETS[0]["questions"])


@given(RULES, ANSWERS)
def test_whatever_is_accepted_runs_without_error(rule: Any, answers: Any) -> None:
    try:
        parsed = parse(rule, NAMES)
    except ExpressionFlaw:
        return
    outer = {"organisation": {}, "applicant": {}, "dossier": {}, "today": TODAY.isoformat()}
    assert parsed.value(Scope(answers, outer)) in (None, True, False)


def test_the_published_cases_that_we_accept_agree_with_us() -> None:
    """Where a rule of the published suite is within our types, both engines give the same value."""
    suite = FIXTURES / "03-logic" / "jsonlogic-compat" / "suites" / "compatible.json"
    if not suite.exists():
        pytest.skip(f"jeu d’essai absent : {suite}")
    agreed = 0
    for case in json.loads(suite.read_text("utf-8")):
        if not isinstance(case, dict) or "rule" not in case or not isinstance(case.get("result"), bool):
            continue
        try:
            parsed = parse(case["rule"], Names())
        except ExpressionFlaw:
            continue
        value = parsed.value(Scope({}, {}))
        if value is not None:
            assert value == case["result"], case
            agreed += 1
    assert agreed > 20

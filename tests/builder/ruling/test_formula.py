"""A formula is an expression written on a line: nothing is lost either way."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.ruling.formula import Unreadable, formula, parse
from formdefs.expressions.operators import COLLECTORS, OPERATORS

NAMES = st.sampled_from(["total", "depenses", "row.montant", "parent.nom", "organisation.type", ""])
CONSTANTS = (
    st.booleans()
    | st.none()
    | st.integers(0, 2**40)
    | st.text(max_size=6)
    | st.integers(0, 10**6).map(lambda cents: {"money": cents})
    | st.tuples(st.integers(0, 10**6), st.integers(1, 4)).map(lambda pair: {"decimal": list(pair)})
)
CALLS = [*OPERATORS, *COLLECTORS]


def bigger(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    calls = st.tuples(st.sampled_from(CALLS), st.lists(inner, min_size=1, max_size=3))
    return calls.map(lambda call: {call[0]: call[1]}) | st.lists(inner, max_size=3)


def bare(rule: Any) -> Any:
    """The expression with « non » on its value rather than on a list of one, which is the same."""
    if isinstance(rule, list):
        return [bare(each) for each in rule]
    if not isinstance(rule, dict) or set(rule) & {"money", "decimal"}:
        return rule
    ((operator, arguments),) = rule.items()
    given = bare(arguments)
    return {operator: given[0] if operator == "!" and isinstance(given, list) and len(given) == 1 else given}


@given(st.recursive(CONSTANTS | NAMES.map(lambda name: {"var": name}), bigger, max_leaves=12))
def test_every_expression_comes_back_from_its_formula(rule: Any) -> None:
    assert json.dumps(parse(formula(rule))) == json.dumps(bare(rule))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("somme(depenses.montant)", {"sum": [{"map": [{"var": "depenses"}, {"var": "montant"}]}]}),
        ("total ≥ 100\N{NO-BREAK SPACE}000 €", {">=": [{"var": "total"}, {"money": 10000000}]}),
        ("total >= 12,5", {">=": [{"var": "total"}, {"decimal": [125, 1]}]}),
        (
            'non a et (b = "x" ou c)',
            {"and": [{"!": {"var": "a"}}, {"or": [{"==": [{"var": "b"}, "x"]}, {"var": "c"}]}]},
        ),
        ("a + b - c * 2", {"-": [{"+": [{"var": "a"}, {"var": "b"}]}, {"*": [{"var": "c"}, 2]}]}),
        ('ville parmi ["a" ; "b"]', {"in": [{"var": "ville"}, ["a", "b"]]}),
        ("-3", -3),
    ],
)
def test_formulas_read_as_people_write_them(text: str, rule: Any) -> None:
    assert parse(text) == rule


@pytest.mark.parametrize("text", ["", "a +", "(a", "inconnue(a)", "a b", "§", "a = = b", 'x = "', "[1 ; "])
def test_what_cannot_be_read_is_said_with_its_place(text: str) -> None:
    with pytest.raises(Unreadable) as raised:
        parse(text)
    assert str(raised.value)
    assert 0 <= raised.value.place <= len(text)

"""Lines and expressions are two writings of the same rule."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.acts import Target
from builder.ruling.conditions import Condition, Group, read_group, written
from builder.ruling.formula import formula, parse
from builder.ruling.grounds import ground_of
from builder.ruling.requests import suited_line
from builder.ruling.subjects import BY_KIND, Subject, subjects
from builder.ruling.values import Unfinished
from formdefs import load
from formdefs.expressions import ExpressionFlaw
from tests.formdefs.material import whole

AMOUNT = {"type": "integer", "title": "Montant", "x-field": {"type": "money"}}
KINDS = [{"const": "a", "title": "A"}, {"const": "b", "title": "B"}]
DOCUMENT = whole(
    {
        "oui": {"type": "boolean", "title": "Oui ?"},
        "statut": {"type": "string", "title": "Statut", "oneOf": KINDS},
        "total": AMOUNT,
        "taux": {"type": "integer", "title": "Taux", "x-field": {"type": "decimal", "places": 2}},
        "plafond": {**AMOUNT, "title": "Plafond"},
        "debut": {"type": "string", "title": "Début", "x-field": {"type": "date"}},
        "fin": {"type": "string", "title": "Fin", "x-field": {"type": "date"}},
        "themes": {"type": "array", "title": "Thèmes", "items": {"type": "string", "oneOf": KINDS}},
        "frais": {
            "type": "array",
            "title": "Frais",
            "items": {
                "type": "object",
                "properties": {
                    "montant": AMOUNT,
                    "justifie": {"type": "boolean"},
                    "nature": {"type": "string", "title": "Nature", "oneOf": KINDS},
                    "lots": {
                        "type": "array",
                        "title": "Lots",
                        "items": {"type": "object", "properties": {"recu": {"type": "boolean"}}},
                    },
                },
            },
        },
    }
)
GROUND = ground_of(load(json.dumps(DOCUMENT)), Target("q", "oui"))
KNOWN = subjects(GROUND)


@pytest.mark.parametrize(
    "rule",
    [
        {"var": "oui"},
        {"!": {"var": "oui"}},
        {"==": [{"var": "statut"}, "a"]},
        {"in": [{"var": "statut"}, ["a", "b"]]},
        {">=": [{"var": "total"}, {"money": 10000000}]},
        {"<": [{"var": "taux"}, {"decimal": [1250, 2]}]},
        {"<": [{"var": "fin"}, "2026-12-31"]},
        {"in": ["a", {"var": "themes"}]},
        {"!": {"in": ["b", {"var": "themes"}]}},
        {">": [{"count": {"var": "frais"}}, 2]},
        {"<=": [{"var": "total"}, {"var": "plafond"}]},
        {">=": [{"var": "fin"}, {"var": "debut"}]},
        {">": [{"var": "debut"}, {"var": "today"}]},
        {"some": [{"var": "frais"}, {">": [{"var": "montant"}, {"var": "parent.plafond"}]}]},
        {"!=": [{"var": "total"}, None]},
        {"some": [{"var": "frais"}, {"==": [{"var": "nature"}, "a"]}]},
        {"all": [{"var": "frais"}, {"and": [{"var": "justifie"}, {"var": "parent.oui"}]}]},
        {"none": [{"var": "frais"}, {"some": [{"var": "lots"}, {"!": {"var": "recu"}}]}]},
        {">=": [{"count": {"filter": [{"var": "frais"}, {"var": "justifie"}]}}, 2]},
        {"<=": [{"count": {"filter": [{"var": "frais"}, {">": [{"var": "montant"}, {"money": 100}]}]}}, 3]},
        {"==": [{"var": "organisation.type"}, "ght"]},
        {"and": [{"var": "oui"}, {"or": [{"==": [{"var": "statut"}, "a"]}, {"!": {"var": "oui"}}]}]},
    ],
)
def test_a_rule_read_as_lines_is_written_back_the_same(rule: Any) -> None:
    GROUND.read(rule)
    group = read_group(rule, KNOWN)
    assert group is not None
    assert written(group, KNOWN) == rule


@pytest.mark.parametrize(
    "rule",
    [
        {"==": [{"length": {"var": "statut"}}, 3]},
        {"and": [{"var": "oui"}]},
        False,
        {"!!": {"var": "oui"}},
        {"some": [{"filter": [{"var": "frais"}, {"var": "justifie"}]}, {"var": "justifie"}]},
        {"some": [{"var": "themes"}, {"==": [{"var": ""}, "a"]}]},
        {">=": [{"count": {"filter": [{"var": "frais"}, {"var": "justifie"}]}}, {"var": "total"}]},
        {"<": [{"var": "taux"}, {"var": "total"}]},
        {"<": [{"var": "total"}, {"var": "inconnue"}]},
    ],
)
def test_a_rule_that_lines_cannot_say_exactly_is_left_to_the_formula(rule: Any) -> None:
    assert read_group(rule, KNOWN) is None


@pytest.mark.parametrize(
    "condition",
    [
        Condition(),
        Condition("inconnue", "yes"),
        Condition("total", "ge", ""),
        Condition("total", "ge", "beaucoup"),
        Condition("fin", "before", "31/02/2026"),
        Condition("oui", "ge", "1"),
        Condition("statut", "among"),
        Condition("frais", "some"),
        Condition("frais", "some", rows=Group("all", (Condition("statut", "is", "a"),))),
        Condition("frais", "at_least", "beaucoup", rows=Group("all", (Condition("justifie", "yes"),))),
    ],
)
def test_a_line_that_is_not_finished_is_said(condition: Condition) -> None:
    with pytest.raises(Unfinished) as raised:
        written(Group("all", (condition,)), KNOWN)
    assert str(raised.value)


def test_an_answer_is_compared_with_others_of_its_kind_never_with_itself() -> None:
    assert KNOWN["total"].compared(KNOWN) == {"plafond": "Plafond"}
    assert set(KNOWN["fin"].compared(KNOWN)) == {"debut", "today"}
    assert KNOWN["oui"].compared(KNOWN) == {}


def test_a_line_keeps_what_it_is_compared_with_only_where_it_suits() -> None:
    line = Condition("total", "le", other="plafond")
    assert suited_line(line, KNOWN) == line
    assert suited_line(Condition("fin", "from", other="plafond"), KNOWN).other == ""


def test_a_rule_inside_rows_reads_its_own_row_first() -> None:
    ground = ground_of(load(json.dumps(DOCUMENT)), Target("q", "frais.montant"))
    names = list(subjects(ground))
    assert names.index("justifie") < names.index("parent.oui")
    rule = {"and": [{"var": "justifie"}, {"var": "parent.oui"}]}
    ground.read(rule)
    assert written(read_group(rule, subjects(ground)) or Group(), subjects(ground)) == rule


VALUES = {"number": st.sampled_from(["3", "12,50", "1000"]), "date": st.just("31/12/2026")}


@st.composite
def conditions(draw: st.DrawFn, known: Mapping[str, Subject]) -> Condition:
    """Any condition that lines offer where these things are known."""
    subject = known[draw(st.sampled_from(sorted(known)))]
    operator = draw(st.sampled_from(BY_KIND[subject.kind]))
    if subject.kind == "group":
        rows = draw(groups(subject.inside))
        return Condition(subject.name, operator, str(draw(st.integers(0, 9))), rows=rows)
    listed = [value for value, _ in subject.choices] or ["a", "b"]
    if operator == "among":
        return Condition(
            subject.name, operator, values=tuple(draw(st.lists(st.sampled_from(listed), min_size=1)))
        )
    if subject.kind == "rows":
        return Condition(subject.name, operator, str(draw(st.integers(0, 9))))
    return Condition(subject.name, operator, draw(VALUES.get(subject.kind, st.sampled_from(listed))))


@st.composite
def groups(draw: st.DrawFn, known: Mapping[str, Subject], deep: int = 2) -> Group:
    """Any group of conditions, and of groups of at least two."""
    lines: Any = conditions(known)
    if deep:
        lines = st.one_of(lines, groups(known, deep - 1).filter(lambda group: len(group.items) > 1))
    return Group(draw(st.sampled_from(["all", "any"])), tuple(draw(st.lists(lines, min_size=1, max_size=3))))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(groups(KNOWN))
def test_what_lines_write_is_read_back_as_lines_that_write_the_same(group: Group) -> None:
    try:
        rule = written(group, KNOWN)
        GROUND.read(rule)
    except (Unfinished, ExpressionFlaw):
        return
    for again in (rule, parse(formula(rule))):
        back = read_group(again, KNOWN)
        assert back is not None, again
        assert written(back, KNOWN) == rule

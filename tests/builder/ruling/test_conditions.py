"""Lines and expressions are two writings of the same rule."""

import json
from typing import Any

import pytest

from builder.acts import Target
from builder.ruling.conditions import Condition, Group, Unfinished, read_group, subjects, written
from builder.ruling.grounds import ground_of
from formdefs import load
from tests.formdefs.material import whole

AMOUNT = {"type": "integer", "title": "Montant", "x-field": {"type": "money"}}
KINDS = [{"const": "a", "title": "A"}, {"const": "b", "title": "B"}]
DOCUMENT = whole(
    {
        "oui": {"type": "boolean", "title": "Oui ?"},
        "statut": {"type": "string", "title": "Statut", "oneOf": KINDS},
        "total": AMOUNT,
        "taux": {"type": "integer", "title": "Taux", "x-field": {"type": "decimal", "places": 2}},
        "fin": {"type": "string", "title": "Fin", "x-field": {"type": "date"}},
        "themes": {"type": "array", "title": "Thèmes", "items": {"type": "string", "oneOf": KINDS}},
        "frais": {
            "type": "array",
            "title": "Frais",
            "items": {"type": "object", "properties": {"montant": AMOUNT, "justifie": {"type": "boolean"}}},
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
        {"!=": [{"var": "total"}, None]},
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
    [{"==": [{"length": {"var": "statut"}}, 3]}, {"and": [{"var": "oui"}]}, False, {"!!": {"var": "oui"}}],
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
    ],
)
def test_a_line_that_is_not_finished_is_said(condition: Condition) -> None:
    with pytest.raises(Unfinished) as raised:
        written(Group("all", (condition,)), KNOWN)
    assert str(raised.value)


def test_a_rule_inside_rows_reads_its_own_row_first() -> None:
    ground = ground_of(load(json.dumps(DOCUMENT)), Target("q", "frais.montant"))
    names = list(subjects(ground))
    assert names.index("justifie") < names.index("parent.oui")
    rule = {"and": [{"var": "justifie"}, {"var": "parent.oui"}]}
    ground.read(rule)
    assert written(read_group(rule, subjects(ground)) or Group(), subjects(ground)) == rule

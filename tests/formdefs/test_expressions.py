"""Rules are typed and total: null gives null, and never an error."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formdefs.definition import ValueType
from formdefs.expressions import (
    ExpressionFlaw,
    Names,
    Scope,
    example,
    parse,
    parse_as,
    phase_names,
    read,
    say,
)
from formdefs.expressions.operators import COLLECTORS, OPERATORS
from tests.formdefs.material import FIXTURES, TODAY, form, vectors

SETS = vectors("expressions")["sets"]
GROUP = {"type": "array", "items": {"type": "object", "properties": {"x": {"type": "integer"}}}}


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
    wanted = ValueType(**case.get("wants", {"kind": "boolean"}))
    rule = parse_as(case["rule"], _names(each["questions"]), wanted)
    value = rule.value(_scope(each))
    assert value == case["value"] and type(value) is type(case["value"])
    assert rule.holds(_scope(each)) is (case["value"] is True)


@pytest.mark.parametrize("described", [*OPERATORS.values(), *COLLECTORS.values()], ids=lambda each: each.name)
def test_the_example_of_an_operator_gives_what_its_description_says(described: Any) -> None:
    names = _names(dict(example.QUESTIONS))
    value = read(described.example, names).value(Scope(example.ANSWERS, {}))
    assert value == described.gives and type(value) is type(described.gives)
    assert described.name in json.dumps(described.example)


SAID = [
    ({"and": [{"var": "oui"}, {"or": [{"!": {"var": "oui"}}, {"==": [{"var": "c"}, "a"]}]}]},
     "la réponse à « Oui ? » est « Oui » et "
     "(la réponse à « Oui ? » est « Non » ou « Choix » est « Lettre A »)"),
    ({"in": ["a", {"var": "cs"}]}, "« Plusieurs » contient « Lettre A »"),
    ({"!": {"in": [{"var": "c"}, ["a", "b"]]}},
     "il est faux que (« Choix » est parmi « Lettre A » ou « b »)"),
    ({"==": [{"var": "n"}, None]}, "« Nombre » est sans réponse"),
    ({"<": [100000, {"var": "m"}]}, "« Montant » est supérieur à 1 000,00 €"),
    ({">=": [{"var": "d"}, "2027-03-01"]}, "« Jour » est au plus tôt le 1er mars 2027"),
    ({"<": ["2027-01-01", {"var": "d"}, {"var": "today"}]},
     "« Jour » est strictement compris entre le 1er janvier 2027 et la date du jour"),
    ({"all": [{"var": "g"}, {">": [{"var": "x"}, {"var": "parent.n"}]}]},
     "toutes les lignes de « Lignes » vérifient : « X » est supérieur à « Nombre »"),
    ({"<": [{"sum": {"map": [{"filter": [{"var": "g"}, {"!!": {"var": "x"}}]}, {"var": "x"}]}}, 9]},
     "le total de « X » dans les lignes de « Lignes » où « X » n’est pas vide est inférieur à 9"),
    ({">=": [{"age": {"var": "d"}}, 18]}, "l’âge calculé sur « Jour » est supérieur ou égal à 18"),
    ({"some": [{"var": "organisation.entities"}, {"==": [{"var": "name"}, "A"]}]},
     "au moins une des entités rattachées vérifie : le nom est « A »"),
    ({"==": [{"var": "applicant.kind"}, "person"]}, "la qualité du demandeur est « un particulier »"),
    ({"<": [{"*": [{"+": [{"var": "n"}, 1]}, 2]}, 9]}, "(« Nombre » + 1) × 2 est inférieur à 9"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "sentence"), SAID)
def test_a_rule_is_said_in_french_with_titles_and_labels(rule: Any, sentence: str) -> None:
    a = {"const": "a", "title": "Lettre A"}
    questions = form(
        {
            "oui": {"type": "boolean", "title": "Oui ?"},
            "c": {"oneOf": [a, {"const": "b"}], "title": "Choix"},
            "cs": {"type": "array", "title": "Plusieurs", "items": {"oneOf": [a]}},
            "n": {"type": "integer", "title": "Nombre"},
            "m": {"type": "integer", "title": "Montant", "x-field": {"type": "money"}},
            "d": {"type": "string", "format": "date", "title": "Jour"},
            "g": {
                "title": "Lignes",
                "type": "array",
                "items": {"type": "object", "properties": {"x": {"type": "integer", "title": "X"}}},
            },
        }
    ).first_phase.questions
    said = say(parse(rule, phase_names(questions.values())), questions)
    assert said.replace("\u00a0", " ").replace("\u202f", " ") == sentence


FLAWS = [
    ("an amount and a number", {">": [{"var": "m"}, {"var": "n"}]}, "/>", "expression.money"),
    ("two amounts multiplied", {">": [{"*": [{"var": "m"}, {"var": "m"}]}, 1]}, "/>/0/*", "expression.money"),
    (
        "a number by an amount",
        {">": [{"round": {"/": [1, {"var": "m"}]}}, 1]},
        "/>/0/round/0/~1",
        "expression.money",
    ),
    ("a bare quotient", {">": [{"/": [{"var": "n"}, 2]}, 1]}, "/>/0", "expression.type"),
    (
        "a bare average",
        {"==": [{"average": {"map": [{"var": "g"}, {"var": "x"}]}}, 1]},
        "/==",
        "expression.type",
    ),
    (
        "a quotient in a list",
        {"!!": {"map": [{"var": "g"}, {"/": [1, 2]}]}},
        "/!!/0/map/1",
        "expression.type",
    ),
    (
        "a constant among unlike decimals",
        {"==": [{"+": [{"var": "n"}, {"var": "p"}, 1]}, 1]},
        "/==/0/+",
        "expression.places",
    ),
    (
        "places that are not constant",
        {"==": [{"round": [{"var": "p"}, {"var": "n"}]}, 1]},
        "/==/0/round/1",
        "expression.places",
    ),
    ("a text where a date must be", {"<": [{"var": "d"}, "hier"]}, "/</1", "expression.date"),
    (
        "decimals in a number of days",
        {"==": [{"add_days": [{"var": "d"}, {"var": "p"}]}, {"var": "d"}]},
        "/==/0/add_days",
        "expression.places",
    ),
    ("branches of two types", {"==": [{"if": [True, 1, "a"]}, 1]}, "/==/0/if", "expression.type"),
    ("a wrong constant", {"==": [{"money": "1"}, 1]}, "/==/0/money", "expression.number"),
    ("another phase", {"!!": {"var": "phases.autre.n"}}, "/!!/0/var", "expression.name"),
    (
        "an amount joined to a text",
        {"==": [{"cat": ["a", {"var": "m"}]}, "a"]},
        "/==/0/cat",
        "expression.places",
    ),
]


@pytest.mark.parametrize(
    ("rule", "pointer", "code"), [each[1:] for each in FLAWS], ids=[each[0] for each in FLAWS]
)
def test_a_rule_that_mixes_what_does_not_go_together_is_refused(rule: Any, pointer: str, code: str) -> None:
    decimal = {"type": "integer", "x-field": {"type": "decimal", "places": 2}}
    with pytest.raises(ExpressionFlaw) as caught:
        parse(rule, _names({**SETS[0]["questions"], "p": decimal}))
    assert (caught.value.pointer, caught.value.code) == (pointer, code)


def test_a_rule_must_give_the_unit_of_what_it_computes() -> None:
    names = _names(SETS[0]["questions"])
    euros = ValueType("number", places=2, money=True)
    for rule, code in (
        ({"var": "n"}, "expression.money"),
        ({"*": [{"var": "m"}, {"decimal": [15, 2]}]}, "expression.places"),
        ({"var": "t"}, "expression.type"),
    ):
        with pytest.raises(ExpressionFlaw) as caught:
            parse_as(rule, names, euros)
        assert caught.value.code == code
    with pytest.raises(ExpressionFlaw) as caught:
        parse_as({"var": "t"}, names, ValueType("text", values=frozenset({"a"})))
    assert caught.value.code == "expression.value"


def test_the_whole_form_is_reached_from_within_a_list_by_its_phase() -> None:
    names = phase_names(
        form({"n": {"type": "integer"}, "g": GROUP}).first_phase.questions.values(), "demande"
    )
    rule = parse({"some": [{"var": "g"}, {"==": [{"var": "x"}, {"var": "phases.demande.n"}]}]}, names)
    assert rule.holds(Scope({"n": 2, "g": [{"x": 1}, {"x": 2}]}, {}))
    assert (0, "n") in rule.reads


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
NAMED = st.sampled_from([*OPERATORS, *COLLECTORS, "money", "decimal", "zut"])
RULES = st.recursive(
    ATOMS, lambda inner: st.builds(lambda o, a: {o: a}, NAMED, st.lists(inner, max_size=3)), max_leaves=8
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
QUESTIONS = form(SETS[0]["questions"]).first_phase.questions
NAMES = phase_names(QUESTIONS.values())


@given(RULES, ANSWERS)
def test_whatever_is_accepted_runs_without_error(rule: Any, answers: Any) -> None:
    try:
        parsed = read(rule, NAMES)
    except ExpressionFlaw:
        return
    outer = {"organisation": {}, "applicant": {}, "dossier": {}, "today": TODAY.isoformat()}
    value = parsed.value(Scope(answers, outer))
    assert say(parsed, QUESTIONS)
    expected = {"boolean": bool, "number": int, "text": str, "date": str, "quotient": tuple}
    assert value is None or isinstance(value, expected.get(parsed.type.kind, object))


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

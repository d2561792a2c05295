"""What a number is bounded by stays true of the same numbers whatever its decimals and its type."""

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from builder.acts import Asked, Impossible, Target, inverse, perform
from builder.acts.kinds import convert
from builder.acts.patches import apply
from builder.acts.scales import rescaled
from formdefs import load
from formdefs.dump import dump
from tests.formdefs.material import whole

TAUX = Target("q", "taux")
HOLDS = {
    "minimum": lambda number, bound: number >= bound,
    "maximum": lambda number, bound: number <= bound,
    "exclusiveMinimum": lambda number, bound: number > bound,
    "exclusiveMaximum": lambda number, bound: number < bound,
    "multipleOf": lambda number, bound: number % bound == 0,
}


def rate(kind: str = "decimal", places: int | None = 2, **bounds: int) -> dict[str, Any]:
    """A démarche that asks for one number."""
    own = {"type": kind} | ({"places": places} if places is not None else {})
    return whole({"taux": {"type": "integer", "title": "Taux", **bounds, "x-field": own}})


def bounds_of(document: Any) -> dict[str, int]:
    asked = document["phases"][0]["answers"]["properties"]["taux"]
    return {key: value for key, value in asked.items() if key in HOLDS}


def with_places(document: Any, places: int, **more: Any) -> Any:
    values = {("x-field", "places"): places, **more}
    return perform(document, Asked("set", TAUX, {"values": values, "label": "décimales"}))


@given(
    st.sampled_from(sorted(HOLDS)), st.integers(-5000, 5000), st.integers(0, 4), st.integers(0, 4), st.data()
)
def test_a_bound_takes_the_same_numbers_in_another_unit(
    key: str, bound: int, before: int, after: int, data: st.DataObject
) -> None:
    assume(key != "multipleOf" or bound > 0)
    new = rescaled({key: bound}, before, after)
    near = round(Fraction(bound, 10**before) * 10**after)
    typed = data.draw(st.integers(near - 12, near + 12) | st.integers(-6000, 6000))
    number = Fraction(typed, 10**after)
    kept = Fraction(new.bounds[key], 10**after)
    assert HOLDS[key](number, kept) is HOLDS[key](number, Fraction(bound, 10**before))
    assert new.rounded is (kept != Fraction(bound, 10**before))


def test_bounds_follow_the_decimals_and_one_undo_brings_all_back() -> None:
    document = rate(minimum=50, maximum=1250)
    finer = with_places(document, 3)
    assert bounds_of(finer.document) == {"minimum": 500, "maximum": 12500}
    assert finer.done.message.endswith("»")
    coarser = with_places(document, 1)
    assert bounds_of(coarser.document) == {"minimum": 5, "maximum": 125}
    load(dump(coarser.document))
    assert apply(coarser.document, inverse(coarser.patch)) == document


def test_a_bound_that_cannot_be_answered_is_rounded_inwards_and_it_is_said() -> None:
    rounded = with_places(rate(minimum=1211, maximum=1259), 1)
    assert bounds_of(rounded.document) == {"minimum": 122, "maximum": 125}
    assert rounded.done.message.endswith("bornes sont arrondies")


def test_decimals_with_which_nothing_could_be_answered_are_refused() -> None:
    with pytest.raises(Impossible) as refused:
        with_places(rate(minimum=1211, maximum=1219), 1)
    sentence = refused.value.message.format(**refused.value.params).replace("\N{NO-BREAK SPACE}", " ")
    assert sentence == "Aucune réponse n’irait de 12,11 à 12,19 : changez d’abord ces bornes."


def test_a_bound_sent_with_the_decimals_was_typed_for_those_that_there_were() -> None:
    for values in (
        {("x-field", "places"): 1, ("maximum",): 2000},
        {("maximum",): 2000, ("x-field", "places"): 1},
    ):
        performed = perform(rate(maximum=1250), Asked("set", TAUX, {"values": values, "label": "décimales"}))
        assert bounds_of(performed.document) == {"maximum": 200}


@pytest.mark.parametrize(
    ("kind", "places", "to", "kept"),
    [
        ("integer", None, "decimal", {"minimum": 1000, "maximum": 2000}),
        ("integer", None, "money", {"minimum": 1000, "maximum": 2000}),
        ("integer", None, "percentage", {"minimum": 10, "maximum": 20}),
        ("decimal", 3, "money", {"minimum": 1, "maximum": 2}),
        ("decimal", 1, "integer", {"minimum": 1, "maximum": 2}),
    ],
)
def test_bounds_keep_their_meaning_under_another_type(
    kind: str, places: int | None, to: str, kept: dict[str, int]
) -> None:
    asked = rate(kind, places, minimum=10, maximum=20)["phases"][0]["answers"]["properties"]["taux"]
    converted = convert(json.loads(json.dumps(asked)), to)
    assert {key: value for key, value in converted.schema.items() if key in HOLDS} == kept
    assert not {"minimum", "maximum"} & set(converted.lost)


def ruled(kind: str, places: int | None, **rules: Any) -> dict[str, Any]:
    """A démarche whose texts are asked where rules on a number, or on that of each row, hold."""
    number = {"type": "integer", "title": "Taux", "x-field": {"type": kind}}
    if places is not None:
        number["x-field"]["places"] = places  # type: ignore[index]
    texts = {
        name: {"type": "string", "title": name, "x-field": {"when": rule}} for name, rule in rules.items()
    }
    rows = {"type": "object", "properties": {"part": {**number, "title": "Part"}}}
    return whole({"taux": number, "lots": {"type": "array", "title": "Lots", "items": rows}, **texts})


def rules_of(document: Any) -> dict[str, Any]:
    asked = document["phases"][0]["answers"]["properties"]
    return {
        name: each["x-field"]["when"] for name, each in asked.items() if "when" in each.get("x-field", {})
    }


TAUX_VAR, TOTAL = {"var": "taux"}, {"sum": [{"map": [{"var": "lots"}, {"var": "part"}]}]}


def test_rules_say_the_same_numbers_of_a_question_whose_decimals_change() -> None:
    rules = {
        "bare": {">=": [TAUX_VAR, 12]},
        "within": {"in": [TAUX_VAR, [10, 20]]},
        "shifted": {"<": [{"+": [TAUX_VAR, 5]}, 30]},
        "unlike": {">": [TOTAL, 12]},
        "rows": {"some": [{"var": "lots"}, {">": [{"var": "part"}, {"var": "parent.taux"}]}]},
    }
    document = ruled("percentage", 0, **rules)
    changed = with_places(document, 1)
    assert rules_of(changed.document) == {
        **rules,
        "bare": {">=": [TAUX_VAR, {"decimal": [120, 1]}]},
        "within": {"in": [TAUX_VAR, [100, 200]]},
        "shifted": {"<": [{"+": [TAUX_VAR, {"decimal": [50, 1]}]}, {"decimal": [300, 1]}]},
    }
    load(dump(changed.document))
    assert apply(changed.document, inverse(changed.patch)) == document
    assert rules_of(with_places(changed.document, 0).document) == rules


def test_rules_on_the_total_of_a_column_say_the_same_numbers() -> None:
    rules = {
        "total": {">": [TOTAL, {"decimal": [1250, 2]}]},
        "some": {"some": [{"var": "lots"}, {">": [{"var": "part"}, {"decimal": [1255, 2]}]}]},
    }
    asked = Asked(
        "set", Target("q", "lots.part"), {"values": {("x-field", "places"): 1}, "label": "décimales"}
    )
    changed = perform(ruled("decimal", 2, **rules), asked).document
    assert rules_of(changed) == {
        "total": {">": [TOTAL, {"decimal": [125, 1]}]},
        "some": {"some": [{"var": "lots"}, {">": [{"var": "part"}, {"decimal": [1255, 2]}]}]},
    }, "a constant finer than the answers keeps its own decimals"
    load(dump(changed))


@pytest.mark.parametrize(
    ("kind", "constant", "to", "kept"),
    [
        ("integer", 12, "money", {"money": 1200}),
        ("integer", 12, "decimal", {"decimal": [1200, 2]}),
        ("money", {"money": 1250}, "decimal", {"decimal": [1250, 2]}),
        ("money", {"money": 1200}, "integer", 12),
    ],
)
def test_rules_say_the_same_numbers_of_a_question_of_another_type(
    kind: str, constant: Any, to: str, kept: Any
) -> None:
    document = ruled(kind, None, bare={">=": [TAUX_VAR, constant]})
    changed = perform(document, Asked("type", TAUX, {"kind": to})).document
    assert rules_of(changed) == {"bare": {">=": [TAUX_VAR, kept]}}
    load(dump(changed))


def test_bounds_between_which_the_new_type_has_nothing_are_lost_and_it_is_said() -> None:
    asked = rate("decimal", 2, minimum=1211, maximum=1219)["phases"][0]["answers"]["properties"]["taux"]
    converted = convert(asked, "integer")
    assert not {"minimum", "maximum"} & converted.schema.keys()
    assert {"minimum", "maximum"} <= set(converted.lost)
    assert not {"minimum", "maximum"} & set(converted.kept)

"""The judge never raises, keeps only what is visible and valid, and the plain schema follows it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from formdefs import Context, DefinitionError, canonical, evaluate, library, load, present
from formdefs.sample import filled
from tests.formdefs.material import TODAY, context_of, form, vectors, whole

VECTORS = vectors("evaluate")
ENTITIES = tuple({"id": f"e{n}", "name": f"Entité {n}", "finess": "990002107"} for n in (1, 2, 3))
ORGANISATION = {"type": "ej_privee", "region": "11", "name": "Clinique", "entities": ENTITIES}
CONTEXT = Context(TODAY, organisation=ORGANISATION)
DEFINITIONS = {name: load(library.text(name), slug=name) for name in library.names()}
SAMPLES = {name: filled(definition.first_phase, CONTEXT) for name, definition in DEFINITIONS.items()}


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["about"])
def test_the_verdict_is_the_one_of_the_vector(case: Any) -> None:
    phase = load(json.dumps(VECTORS["schema"])).first_phase
    judgement = evaluate(phase, case["raw"], context_of(VECTORS))
    assert judgement.answers == case["answers"]
    assert sorted(judgement.visible) == case["visible"]
    assert [[problem.path, problem.code] for problem in judgement.problems] == case["problems"]
    assert (judgement.required, judgement.answered) == (case["required"], case["answered"])


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["true", "12,5", "27/03/2026"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["_row", "objet", "prenom", "e1", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def raws(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """What may be typed: samples with anything in place of some of them."""
    sample = SAMPLES[name].raw
    change = st.dictionaries(
        st.sampled_from(sorted(DEFINITIONS[name].first_phase.questions)), JSON, max_size=4
    )
    gone = st.sets(st.sampled_from(sorted(sample)), max_size=4)
    return st.builds(lambda c, g: {**{k: v for k, v in sample.items() if k not in g}, **c}, change, gone)


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
@settings(deadline=None)
@given(data=st.data())
def test_any_json_is_judged_and_the_plain_schema_accepts_what_the_judge_accepts(name: str, data: Any) -> None:
    phase, raw = DEFINITIONS[name].first_phase, data.draw(raws(name))
    context = SAMPLES[name].context
    judgement = evaluate(phase, raw, context)
    assert evaluate(phase, raw, context) == judgement
    assert set(judgement.answers) <= judgement.visible
    json.dumps(judgement.answers, ensure_ascii=False).encode()
    assert judgement.answered <= judgement.required
    assert (judgement.answered == judgement.required) or judgement.problems
    if not judgement.problems:
        assert Draft202012Validator(phase.schema).is_valid(judgement.answers)
    bad = {problem.path for problem in judgement.format_problems if problem.code != "check"}
    assert not bad & set(judgement.answers) or all("." in path for path in bad & set(judgement.answers))
    present(phase, judgement.answers, context)


@given(JSON)
def test_a_raw_that_is_no_object_is_judged_like_an_empty_one(raw: Any) -> None:
    phase = DEFINITIONS["signalement-voirie"].first_phase
    if not isinstance(raw, dict):
        assert evaluate(phase, raw, CONTEXT) == evaluate(phase, {}, CONTEXT)


@given(st.dictionaries(st.text(max_size=5), JSON, max_size=4))
def test_the_canonical_text_of_a_canonical_text_is_itself(document: Any) -> None:
    try:
        once = canonical(json.dumps(document))
    except DefinitionError:
        return
    assert canonical(once) == once


@settings(deadline=None)
@given(data=st.data())
def test_a_library_text_with_anything_in_it_is_loaded_or_refused(data: Any) -> None:
    document = json.loads(library.text("bourse-departementale"))
    place: Any = document
    for _ in range(data.draw(st.integers(1, 8))):
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            break
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or data.draw(st.integers(0, 5)) == 0:
            place[key] = data.draw(JSON)
            break
        place = place[key]
    try:
        load(json.dumps(document))
    except DefinitionError as error:
        assert error.problems


def test_sections_go_from_todo_to_doing_to_done() -> None:
    phase = form({"a": {"type": "string"}, "b": {"type": "string"}}, required=["a", "b"]).first_phase
    states = [
        evaluate(phase, raw, CONTEXT).pages[0].sections[0].state
        for raw in ({}, {"a": "x"}, {"a": "x", "b": "y"})
    ]
    assert states == ["todo", "doing", "done"]


def test_a_page_without_anything_visible_is_not_there() -> None:
    section = {"id": "t", "title": "T", "when": {"var": "b"}, "fields": ["a"]}
    layout = [
        {"page": "p", "title": "P", "sections": [{"id": "s", "title": "S", "fields": ["b"]}]},
        {"page": "q", "title": "Q", "sections": [section]},
    ]
    phase = load(
        json.dumps(whole({"a": {"type": "string"}, "b": {"type": "boolean"}}, layout=layout))
    ).first_phase
    assert [page.id for page in evaluate(phase, {}, CONTEXT).pages] == ["p"]
    assert [page.id for page in evaluate(phase, {"b": True}, CONTEXT).pages] == ["p", "q"]


def test_problems_are_in_reading_order_and_split_by_page() -> None:
    layout = [
        {"page": "p", "title": "P", "sections": [{"id": "s", "title": "S", "fields": ["b"]}]},
        {"page": "q", "title": "Q", "sections": [{"id": "t", "title": "T", "fields": ["a"]}]},
    ]
    document = whole({"a": {"type": "integer"}, "b": {"type": "integer"}}, layout=layout)
    judgement = evaluate(load(json.dumps(document)).first_phase, {"a": "x", "b": "y"}, CONTEXT)
    assert [problem.path for problem in judgement.problems] == ["b", "a"]
    assert [problem.path for problem in judgement.blocking("q")] == ["a"]


def test_a_question_may_be_shown_by_one_that_comes_after_it() -> None:
    phase = form(
        {"a": {"type": "string", "x-field": {"when": {"var": "b"}}}, "b": {"type": "boolean"}}
    ).first_phase
    assert evaluate(phase, {"a": "x", "b": True}, CONTEXT).answers == {"a": "x", "b": True}
    assert list(evaluate(phase, {"a": "x", "b": True}, CONTEXT).answers) == ["a", "b"]


def test_an_optional_group_with_a_row_counts_until_its_row_is_complete() -> None:
    row = {"type": "object", "properties": {"x": {"type": "string"}}, "required": ["x"]}
    phase = form({"g": {"type": "array", "items": row}}).first_phase
    counts = [
        (each.required, each.answered)
        for each in (evaluate(phase, {"g": g}, CONTEXT) for g in ([], [{}], [{"x": "1"}]))
    ]
    assert counts == [(0, 0), (1, 0), (1, 1)]


def test_the_table_of_entities_is_one_question_that_says_how_many_are_missing() -> None:
    phase = DEFINITIONS["care-domaine-2"].first_phase
    judgement = evaluate(phase, {"prerequis_entites": {"e1": "atteints"}}, CONTEXT)
    (problem,) = [each for each in judgement.problems if each.path == "prerequis_entites"]
    assert (problem.code, problem.params["missing"]) == ("required", 2)
    assert judgement.answers["prerequis_entites"] == {"e1": "atteints"}

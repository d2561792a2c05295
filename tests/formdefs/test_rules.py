"""What is computed, repeated two deep, checked across questions, and skipped in the review."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from formdefs import (
    Context,
    State,
    apply,
    compile_process,
    evaluate,
    load,
    present,
    sentence,
    skipped_reviews,
)
from formdefs.sample import filled
from tests.formdefs.material import TODAY, whole

CONTEXT = Context(TODAY)
MONEY = {"type": "integer", "x-field": {"type": "money"}}


def money(**field: Any) -> dict[str, Any]:
    return {"type": "integer", "x-field": {"type": "money", **field}}


def group(properties: dict[str, Any], **field: Any) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "object", "properties": properties}, "x-field": field}


SUM = {"sum": {"map": [{"var": "depenses"}, {"var": "montant"}]}}
LOTS = {
    "plafond": money(),
    "lots": group(
        {
            "nom": {"type": "string"},
            "detaille": {"type": "boolean"},
            "depenses": {
                **group(
                    {
                        "quantite": {"type": "integer"},
                        "prix": money(),
                        "montant": money(compute={"*": [{"var": "quantite"}, {"var": "prix"}]}),
                        "motif": {
                            "type": "string",
                            "x-field": {
                                "when": {">": [{"var": "montant"}, {"var": "parent.parent.plafond"}]},
                                "required": True,
                            },
                        },
                    },
                    when={"var": "detaille"},
                    checks=[
                        {
                            "id": "positif",
                            "that": {">": [{"var": "quantite"}, 0]},
                            "message": "Indiquez une quantité positive.",
                            "at": "quantite",
                        }
                    ],
                )
            },
            "total": money(compute=SUM),
        }
    ),
    "total": money(compute={"sum": {"map": [{"var": "lots"}, {"var": "total"}]}}),
    "gros": {"type": "boolean", "x-field": {"compute": {">": [{"var": "total"}, 100_000]}}},
    "note": {"type": "string", "x-field": {"when": {"var": "gros"}, "required": True}},
}
DOCUMENT = whole(
    LOTS,
    checks=[
        {
            "id": "sous_plafond",
            "that": {"<=": [{"var": "total"}, {"*": [{"var": "plafond"}, 10]}]},
            "message": "Le total dépasse dix fois le plafond.",
            "at": "total",
        }
    ],
    reviews=[
        {"id": "a", "role": "agent", "when": {"var": "gros"}},
        {"id": "b", "role": "agent"},
        {"id": "c", "role": "agent", "when": {"<": [{"var": "total"}, 100]}},
    ],
)
DEFINITION = load(json.dumps(DOCUMENT))
PHASE = DEFINITION.first_phase


def lot(row: str, *expenses: tuple[str, str], **more: Any) -> dict[str, Any]:
    rows = [
        {"_row": f"d{number}", "quantite": quantity, "prix": price}
        for number, (quantity, price) in enumerate(expenses, 1)
    ]
    return {"_row": row, "detaille": "true", "depenses": rows, **more}


def test_what_is_computed_is_computed_in_rows_then_above_them_and_then_shows_questions() -> None:
    raw = {"plafond": "200", "lots": [lot("r1", ("2", "1,50"), ("1", "300")), lot("r2", ("3", "300"))]}
    judgement = evaluate(PHASE, raw, CONTEXT)
    assert judgement.answers["lots"] == [
        {
            "detaille": True,
            "depenses": [
                {"quantite": 2, "prix": 150, "montant": 300},
                {"quantite": 1, "prix": 30_000, "montant": 30_000},
            ],
            "total": 30_300,
        },
        {"detaille": True, "depenses": [{"quantite": 3, "prix": 30_000, "montant": 90_000}], "total": 90_000},
    ]
    assert (judgement.answers["total"], judgement.answers["gros"]) == (120_300, True)
    assert {"note", "lots.r1.depenses.d2.motif", "lots.r2.depenses.d1.motif"} <= judgement.visible
    assert "lots.r1.depenses.d1.motif" not in judgement.visible
    assert [(problem.path, problem.code) for problem in judgement.problems] == [
        ("lots.r1.depenses.d2.motif", "required"),
        ("lots.r2.depenses.d1.motif", "required"),
        ("note", "required"),
    ]
    assert judgement.computed["lots.r1.depenses.d1.montant"] == 300


def test_what_is_typed_for_a_computed_question_is_nothing() -> None:
    judgement = evaluate(PHASE, {"total": "999", "gros": "true"}, CONTEXT)
    assert "total" not in judgement.answers and "gros" not in judgement.answers


def test_a_hidden_group_within_a_row_counts_for_nothing() -> None:
    raw = {"lots": [{**lot("r1", ("2", "1,50")), "detaille": "false"}]}
    judgement = evaluate(PHASE, raw, CONTEXT)
    assert judgement.answers["lots"] == [{"detaille": False}]
    assert "lots.r1.depenses" not in judgement.visible
    assert not judgement.problems


def test_a_check_that_is_false_is_said_at_its_question_and_blocks() -> None:
    raw = {"plafond": "1", "lots": [lot("r1", ("0", "5"), ("", "6"), ("5", "7,00"))]}
    judgement = evaluate(PHASE, raw, CONTEXT)
    found = [(problem.path, problem.code) for problem in judgement.problems]
    assert ("lots.r1.depenses.d1.quantite", "check") in found
    assert ("lots.r1.depenses.d2.quantite", "check") not in found, "the unknown is not false"
    problem = next(each for each in judgement.problems if each.path == "total")
    assert sentence(problem, PHASE.question_at("total")) == "Le total dépasse dix fois le plafond."
    assert problem in judgement.format_problems
    state = judgement.pages[0].sections[0]
    assert state.state == "doing"
    assert next(question for question in state.questions if question.path == "total").invalid


def test_a_computed_value_is_held_to_its_schema_and_shown_all_the_same() -> None:
    document = whole({"a": MONEY, "b": {**money(compute={"var": "a"}), "maximum": 1000}})
    phase = load(json.dumps(document)).first_phase
    judgement = evaluate(phase, {"a": "20"}, CONTEXT)
    assert [(problem.path, problem.code) for problem in judgement.problems] == [("b", "maximum")]
    assert judgement.answers == {"a": 2000} and judgement.computed == {"b": 2000}
    assert evaluate(phase, {"a": "5"}, CONTEXT).answers == {"a": 500, "b": 500}


def test_a_computed_text_is_judged_as_if_it_had_been_typed() -> None:
    document = whole(
        {
            "t": {"type": "string"},
            "s": {"type": "string", "x-field": {"type": "siret", "compute": {"var": "t"}}},
        }
    )
    phase = load(json.dumps(document)).first_phase
    assert evaluate(phase, {"t": "130 025 265 00013"}, CONTEXT).answers["s"] == "13002526500013"
    assert [p.path for p in evaluate(phase, {"t": "123"}, CONTEXT).problems] == ["s"]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=4)
    | st.sampled_from(["true", "3"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["_row", "depenses", "quantite", "prix", "detaille"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*LOTS]), JSON, max_size=5))
def test_any_json_is_judged_in_rows_two_deep(raw: Any) -> None:
    judgement = evaluate(PHASE, raw, CONTEXT)
    assert set(judgement.answers) <= judgement.visible
    present(PHASE, judgement.answers, CONTEXT)


def test_a_negative_balance_is_an_amount() -> None:
    document = whole({"a": MONEY, "b": MONEY, "solde": money(compute={"-": [{"var": "a"}, {"var": "b"}]})})
    judgement = evaluate(load(json.dumps(document)).first_phase, {"a": "1", "b": "3"}, CONTEXT)
    assert judgement.answers["solde"] == -200 and not judgement.problems


def test_rows_two_deep_are_presented_with_what_is_computed() -> None:
    answers = evaluate(PHASE, {"lots": [lot("r1", ("2", "1,50"))]}, CONTEXT).answers
    (section,) = present(PHASE, answers, CONTEXT)
    lines = {line.path: line for line in section.lines}
    (row,) = lines["lots"].rows
    inner = next(line for line in row.lines if line.path == "lots.1.depenses").rows[0]
    assert [(line.path, line.text.replace("\u00a0", " ")) for line in inner.lines] == [
        ("lots.1.depenses.1.quantite", "2"),
        ("lots.1.depenses.1.prix", "1,50 €"),
        ("lots.1.depenses.1.montant", "3,00 €"),
    ]
    assert lines["total"].text.replace("\u00a0", " ") == "3,00 €"


def test_a_path_two_deep_names_its_question() -> None:
    for path, title in (
        ("lots.r1.depenses.r2.montant", "montant"),
        ("lots.r1.depenses", "depenses"),
        ("lots", "lots"),
    ):
        found = PHASE.question_at(path)
        assert found is not None and found.name == title
    for path in ("lots.r1", "lots.r1.zut", "lots.r1.depenses.r2.montant.x.y", "zut.a.b", "plafond.r1.x"):
        assert PHASE.question_at(path) is None


def test_what_the_judge_accepts_the_plain_schema_accepts() -> None:
    sample = filled(PHASE, CONTEXT)
    judgement = evaluate(PHASE, {**sample.raw, "plafond": "999 999"}, sample.context)
    assert [problem.path for problem in judgement.problems] == []
    assert Draft202012Validator(PHASE.schema).is_valid(judgement.answers)


AT = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answers", "steps"),
    [({"gros": True, "total": 5_000_000}, ["a", "b"]), ({"total": 50}, ["b", "c"]), ({}, ["b"])],
)
def test_a_step_whose_condition_does_not_hold_is_skipped(answers: Any, steps: list[str]) -> None:
    process = compile_process(DEFINITION)
    skipped = skipped_reviews(PHASE, answers, CONTEXT)
    outcome = apply(process, process.initial, "submit", role="applicant", given={}, now=AT, skipped=skipped)
    gone_through = []
    while outcome.state.step:
        gone_through.append(outcome.state.step)
        opened = [effect.params["step"] for effect in outcome.effects if effect.kind == "open_to"]
        assert opened == [outcome.state.step]
        for action in ("begin", "accept"):
            outcome = apply(process, outcome.state, action, role="agent", given={}, now=AT, skipped=skipped)
    assert gone_through == steps
    assert outcome.state == State("demande", "accepted")
    assert [effect.params["kind"] for effect in outcome.effects] == ["accepted"]


def test_a_dossier_whose_every_step_is_skipped_is_accepted_at_once() -> None:
    process = compile_process(DEFINITION)
    everything = frozenset({"a", "b", "c"})
    outcome = apply(
        process, process.initial, "submit", role="applicant", given={}, now=AT, skipped=everything
    )
    assert outcome.state == State("demande", "accepted")
    assert [effect.kind for effect in outcome.effects] == ["freeze", "notify", "notify"]

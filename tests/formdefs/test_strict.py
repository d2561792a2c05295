"""The strict schema accepts what the judge accepts, and nothing else where it leaves nothing unsaid."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from formdefs import Context, Definition, Phase, Question, evaluate, library, load
from formdefs.sample import filled
from formdefs.strict import strict
from tests.formdefs.generation import CONTEXT, cases
from tests.formdefs.material import TODAY, whole

ENTITIES = tuple({"id": f"e{n}", "name": f"Entité {n}", "finess": ""} for n in (1, 2))
AT_HOME = Context(TODAY, organisation={"type": "ej_privee", "region": "11", "entities": ENTITIES})
EACH = 1_000


def typed(questions: Any, answers: Any) -> dict[str, Any] | None:
    """What would have to be typed to give these answers; None when nothing would."""
    try:
        return {
            name: typed_one(question, answers[name])
            for name in answers
            if (question := questions.get(name)) is not None and question.compute is None
        }
    except Exception:
        # What no typing gives is no answer; each type says so in its own way.
        return None


def typed_one(question: Question, value: Any) -> Any:
    if not Draft202012Validator({"type": question.type.json_type}).is_valid(value):
        raise TypeError
    if not question.rows:
        return question.type.raw(question, value)
    rows = []
    for number, row in enumerate(value):
        inner = typed({each.name: each for each in question.rows}, row)
        if inner is None or not isinstance(row, dict):
            raise TypeError
        rows.append({"_row": f"r{number}", **inner})
    return rows


def accepted(phase: Phase, answers: dict[str, Any], context: Context) -> bool:
    """Whether the judge would keep these very answers; the order of boxes ticked is the author's."""
    raw = typed(phase.questions, answers)
    if raw is None:
        return False
    judgement = evaluate(phase, raw, context)
    return not judgement.problems and _sorted(judgement.answers) == _sorted(answers)


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(each) for name, each in value.items()}
    if isinstance(value, list):
        plain = all(isinstance(each, str) for each in value)
        return sorted(value) if plain else [_sorted(each) for each in value]
    return value


def _numbers(value: Any) -> list[int]:
    """Every number in some answers."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return [number for each in inner for number in _numbers(each)]
    return [value] if isinstance(value, int) and not isinstance(value, bool) else []


def mutated(rng: random.Random, answers: dict[str, Any], phase: Phase) -> dict[str, Any]:
    """The answers with one or two things changed, added or taken away, in rows as well."""
    changed = copy.deepcopy(answers)
    for _ in range(rng.randint(1, 2)):
        place, questions = changed, dict(phase.questions)
        while True:
            groups = [name for name in place if name in questions and _has_rows(questions[name], place[name])]
            if not groups or rng.random() < 0.5:
                break
            group = rng.choice(groups)
            questions = {each.name: each for each in questions[group].rows}
            place = rng.choice(place[group])
        name = rng.choice(sorted(questions))
        if name in place and rng.random() < 0.4:
            del place[name]
        else:
            place[name] = _value(rng, questions[name])
    return changed


def _has_rows(question: Question, value: Any) -> bool:
    return bool(question.rows and isinstance(value, list) and value and isinstance(value[-1], dict))


def _value(rng: random.Random, question: Question) -> Any:
    if question.choices and rng.random() < 0.8:
        values = [choice.value for choice in question.choices]
        several = rng.sample(values, rng.randint(0, len(values)))
        return several if question.type.json_type == "array" else rng.choice(values)
    likely = {
        "integer": [-5, 0, 1, 12, 100, 1001, 2**53],
        "boolean": [True, False],
        "string": ["", "a", "Élan", "x" * 256, "2026-03-27"],
        "array": [[], ["a"], [{}], [{}, {}, {}]],
    }
    return rng.choice([*likely.get(question.type.json_type, []), None, "zut", 3])


def differences(
    definition: Definition, context: Context, answers: Callable[[random.Random], dict[str, Any]], count: int
) -> int:
    """Hold the law on generated answers, half of them mutated, by two validators that share no code.

    Gives how many the judge accepted.
    """
    phase, (schema, unsaid) = definition.first_phase, strict(definition)
    Draft202012Validator.check_schema(schema)
    validator, other = Draft202012Validator(schema), jsonschema_rs.Draft202012Validator(schema)
    rng, kept = random.Random(7), 0
    for number in range(count):
        given = answers(rng)
        if number % 2:
            given = mutated(rng, given, phase)
        ours, theirs = accepted(phase, given, context), validator.is_valid(given)
        assert theirs or not ours, (given, [error.message for error in validator.iter_errors(given)])
        assert other.is_valid(given) == theirs, given
        assert ours or not theirs or unsaid, given
        kept += ours
    return kept


@pytest.mark.parametrize("name", library.names())
def test_what_the_judge_accepts_the_strict_schema_accepts(name: str) -> None:
    definition = load(library.text(name), slug=name)
    phase = definition.first_phase
    sample = filled(phase, AT_HOME)
    # Checks compare amounts with each other: any of those given may stand for another.
    numbers = [0, *_numbers(evaluate(phase, sample.raw, sample.context).answers)]

    def answers(rng: random.Random) -> dict[str, Any]:
        raw = dict(sample.raw)
        for question in phase.questions.values():
            if question.control in ("yesno", "radio") and rng.random() < 0.5:
                value = rng.choice([choice.value for choice in question.choices] or ["true", "false"])
                raw[question.name] = value
            elif question.control in ("number", "money") and rng.random() < 0.8:
                raw[question.name] = question.type.raw(question, rng.choice(numbers))
            elif rng.random() < 0.05:
                raw.pop(question.name, None)
        return evaluate(phase, raw, sample.context).answers

    assert differences(definition, sample.context, answers, EACH) > EACH // 20


def test_random_forms_keep_the_law() -> None:
    kept = 0
    for _, case in cases(range(100), 8):
        phase = case.definition.first_phase
        found = [evaluate(phase, raw, CONTEXT).answers for raw in case.raws]
        kept += differences(case.definition, CONTEXT, lambda rng, each=found: rng.choice(each), 16)
    assert kept > 100


FORM = whole(
    {
        "age": {"type": "integer", "minimum": 0, "maximum": 120},
        "accord": {"type": "boolean", "x-field": {"when": {"<": [{"var": "age"}, 18]}, "required": True}},
        "theme": {"enum": ["sport", "art"]},
        "precision": {
            "type": "string",
            "x-field": {"when": {"!": {"in": [{"var": "theme"}, ["sport"]]}}, "required": True},
        },
        "enfants": {
            "type": "array",
            "maxItems": 3,
            "items": {
                "type": "object",
                "properties": {
                    "prenom": {"type": "string"},
                    "majeur": {"type": "boolean"},
                    "ecole": {
                        "type": "string",
                        "x-field": {"when": {"!": {"var": "majeur"}}, "required": True},
                    },
                },
                "required": ["prenom"],
            },
        },
        "mode": {
            "enum": ["bus", "vélo"],
            "x-field": {
                "when": {
                    "and": [
                        {"some": [{"var": "enfants"}, {"var": "majeur"}]},
                        {">": [{"count": {"var": "enfants"}}, 1]},
                    ]
                }
            },
        },
        "cases": {"type": "array", "items": {"enum": ["a", "b"]}},
        "detail": {"type": "string", "x-field": {"when": {"contains": [{"var": "cases"}, "a"]}}},
        "tuteur": {
            "type": "object",
            "properties": {
                "nom": {"type": "string", "maxLength": 20},
                "enfants": {"type": "integer", "minimum": 1},
                "lien": {"enum": ["père", "mère"]},
            },
            "required": ["nom"],
        },
    },
    checks=[
        {
            "id": "mineur_seul",
            "that": {"or": [{">=": [{"var": "age"}, 18]}, {"!=": [{"var": "theme"}, "art"]}]},
            "message": "Non.",
            "at": "theme",
        }
    ],
)  # fmt: skip


def test_where_nothing_is_left_unsaid_both_accept_the_same() -> None:
    definition = load(json.dumps(FORM))
    assert strict(definition)[1] == ()

    def answers(rng: random.Random) -> dict[str, Any]:
        def maybe(value: Any) -> Any:
            return value if rng.random() < 0.8 else ""

        raw = {
            "age": maybe(str(rng.randint(10, 30))),
            "accord": maybe("true"),
            "theme": maybe(rng.choice(["sport", "art"])),
            "precision": maybe("Piano"),
            "enfants": [
                {"_row": f"r{n}", "prenom": maybe("Lina"), "majeur": maybe(rng.choice(["true", "false"])),
                 "ecole": maybe("Ferry")}
                for n in range(rng.randint(0, 3))
            ],
            "mode": maybe("bus"),
            "cases": rng.sample(["a", "b"], rng.randint(0, 2)),
            "detail": maybe("x"),
            "tuteur": {"nom": maybe("Ada"), "enfants": maybe(str(rng.randint(0, 3))), "lien": maybe("père")},
        }  # fmt: skip
        return evaluate(definition.first_phase, raw, CONTEXT).answers

    kept = differences(definition, CONTEXT, answers, 3 * EACH)
    assert EACH // 2 < kept < 2.5 * EACH


def test_what_is_left_unsaid_is_listed_with_its_place() -> None:
    document = whole(
        {
            "a": {"type": "string", "format": "date"},
            "b": {"type": "string", "x-field": {"when": {"<": [{"var": "a"}, {"var": "today"}]}}},
            "c": {"type": "integer", "x-field": {"compute": 3}},
        }
    )
    unsaid = strict(load(json.dumps(document)))[1]
    assert {(each.path, each.what) for each in unsaid} == {
        ("a", "ce qu’exige le type « date »".replace("« ", "«\u00a0").replace(" »", "\u00a0»")),
        ("b", "la condition d’affichage"),
        ("c", "le calcul"),
    }

"""The official JSON Schema suite, draft 2020-12: the same verdict, or a refusal with its reason."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from formdefs import Context, Definition, DefinitionError, evaluate, load
from tests.formdefs.material import FIXTURES, TODAY

SUITE = FIXTURES / "03-logic" / "json-schema-test-suite" / "tests" / "draft2020-12"


def cases() -> Iterator[tuple[str, Any]]:
    """Every required case, with its name."""
    for path in sorted(SUITE.glob("*.json")):
        for case in json.loads(path.read_text("utf-8")):
            yield f"{path.stem}: {case['description']}", case


def accepts(definition: Definition, data: dict[str, Any]) -> bool:
    """Whether a form takes some data, typed into it."""
    phase = definition.first_phase
    raw = {}
    for name, value in data.items():
        question = phase.questions.get(name)
        fits = question is not None and isinstance(value, KINDS[question.type.json_type])
        raw[name] = question.type.raw(question, value) if question and fits else value
    return not evaluate(phase, raw, Context(TODAY)).problems


KINDS = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None)}


@pytest.mark.skipif(not SUITE.is_dir(), reason="the shared fixtures are not there")
def test_every_required_case_has_the_official_verdict_or_is_refused_with_a_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def outside(*_: Any) -> None:
        raise AssertionError("a schema was looked for outside")

    monkeypatch.setattr(socket, "socket", outside)
    loaded = refused = 0
    wrong = []
    for name, case in cases():
        try:
            definition = load(json.dumps(case["schema"]), slug="essai")
        except DefinitionError as error:
            refused += 1
            assert all(problem.message.endswith(".") for problem in error.problems), name
            continue
        loaded += 1
        wrong += [
            f"{name}: {each['description']}"
            for each in case["tests"]
            if isinstance(each["data"], dict) and accepts(definition, each["data"]) is not each["valid"]
        ]
    assert not wrong
    assert loaded and refused
    assert loaded + refused >= 380

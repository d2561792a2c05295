"""Material that was not made for us is refused with a reason or read, never a crash."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from formdefs import Context, DefinitionError, evaluate, load, present
from formdefs.expressions import parse, phase_names
from formdefs.registry import TYPES
from formdefs.sample import filled
from tests.formdefs.material import FIXTURES, ROOT, TODAY, context_of, form, vectors

REFERENCE = ROOT / "docs" / "reference" / "definition.md"
SCHEMAS = sorted((FIXTURES / "01-json-schema-forms").rglob("*.json"))
STRINGS = FIXTURES / "05-nasty" / "blns" / "blns.json"


def test_the_schemas_of_other_form_makers_are_refused_with_reasons_or_filled_in() -> None:
    if not SCHEMAS:
        pytest.skip(f"jeu d’essai absent : {FIXTURES / '01-json-schema-forms'}")
    loaded = 0
    for path in SCHEMAS:
        try:
            phase = load(_schema(path), slug="essai").first_phase
        except DefinitionError as error:
            assert error.problems and all(problem.message.endswith(".") for problem in error.problems)
            continue
        loaded += 1
        ready = filled(phase, Context(TODAY))
        judgement = evaluate(phase, ready.raw, ready.context)
        present(phase, judgement.answers, ready.context)
    assert loaded


def _schema(path: Path) -> str:
    """The text of a file, or of the schema that it wraps."""
    text = path.read_text("utf-8")
    try:
        document = json.loads(text)
    except ValueError:
        return text
    if isinstance(document, dict) and isinstance(document.get("schema"), dict):
        return json.dumps(document["schema"])
    return text


def _strings() -> list[str]:
    own = [
        "",
        " ",
        "\x00",
        "\ud800",
        "\u202e",
        "9" * 400,
        "é" * 5000,
        "{0}{title}",
        "%s%n",
        "𝟙𝟚",
        "\u2028",
        "０４６５７１００４２",
    ]
    return own + (json.loads(STRINGS.read_text("utf-8")) if STRINGS.exists() else [])


@pytest.mark.parametrize("slug", sorted(TYPES))
def test_no_string_makes_a_type_fail_or_keep_what_cannot_be_stored(slug: str) -> None:
    each = vectors(f"fields/{slug}")["sets"][0]
    phase = form({"q": each["schema"]}).first_phase
    context = context_of(each)
    for text in _strings():
        for raw in (text, [text], {text: text}, [{text: text}], {"e1": text}):
            judgement = evaluate(phase, {"q": raw}, context)
            stored = json.dumps(judgement.answers, ensure_ascii=False)
            assert "\\u0000" not in stored and stored.encode()
            present(phase, judgement.answers, context)


def _rules() -> list[Any]:
    blocks = re.findall(r"```json\n(.*?)```", REFERENCE.read_text("utf-8"), re.S)
    return [json.loads(line) for line in blocks[1].splitlines()]


def test_the_first_example_of_the_reference_loads() -> None:
    example = re.findall(r"```json\n(.*?)```", REFERENCE.read_text("utf-8"), re.S)[0]
    definition = load(example)
    assert [review.role for review in definition.first_phase.reviews] == ["instructeur"]


def test_the_rules_of_the_reference_are_rules() -> None:
    row = {
        "type": "object",
        "properties": {"montant": {"type": "integer"}, "naissance": {"type": "string", "format": "date"}},
    }
    questions = {
        "dans_un_groupe": {"type": "boolean"},
        **dict.fromkeys(("depenses", "fratrie"), {"type": "array", "items": row}),
    }
    names = phase_names(form(questions).first_phase.questions.values())
    rules = [parse(rule, names) for rule in _rules()]
    assert len(rules) == 4


def test_every_type_is_in_the_reference() -> None:
    text = REFERENCE.read_text("utf-8")
    assert [slug for slug in TYPES if f"`{slug}`" not in text] == []

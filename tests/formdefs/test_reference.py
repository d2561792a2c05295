"""The pages of the reference say what the language is, and what its types are to those of the State."""

from __future__ import annotations

import json

import pytest

from formdefs.reference import field_types, operators
from formdefs.registry import TYPES
from tests.formdefs.material import FIXTURES, ROOT

PAGES = ROOT / "docs" / "reference"


def test_the_page_of_the_operators_is_up_to_date() -> None:
    written = (PAGES / "expressions.md").read_text("utf-8")
    assert written == operators.page(), (
        "python -m formdefs.reference.operators > docs/reference/expressions.md"
    )


def test_the_page_of_the_types_is_up_to_date() -> None:
    written = (PAGES / "field-types.md").read_text("utf-8")
    assert written == field_types.page(), (
        "python -m formdefs.reference.field_types > docs/reference/field-types.md"
    )


def test_every_type_of_the_state_has_one_of_ours_or_a_reason() -> None:
    path = FIXTURES / "02-gov-forms" / "demarches-simplifiees" / "types-de-champ.json"
    if not path.exists():
        pytest.skip(f"jeu d’essai absent : {path}")
    theirs = [each["type_champ"] for each in json.loads(path.read_text("utf-8"))["TypeDeChamp"]]
    assert len(theirs) == 41 and set(theirs) == set(field_types.STATE)


@pytest.mark.parametrize("ours", field_types.STATE.values())
def test_an_answer_of_the_table_is_a_type_or_a_sentence(ours: str) -> None:
    assert ours in TYPES or (ours.startswith("Aucun\u00a0: ") and ours.endswith("."))

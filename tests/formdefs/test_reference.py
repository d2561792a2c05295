"""The page on field types says what the types are, and what they are to those of the State's platform."""

from __future__ import annotations

import json

import pytest

from formdefs.reference import STATE, page
from formdefs.registry import TYPES
from tests.formdefs.material import FIXTURES, ROOT

PAGE = ROOT / "docs" / "reference" / "field-types.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "python -m formdefs.reference > docs/reference/field-types.md"


def test_every_type_of_the_state_has_one_of_ours_or_a_reason() -> None:
    path = FIXTURES / "02-gov-forms" / "demarches-simplifiees" / "types-de-champ.json"
    if not path.exists():
        pytest.skip(f"jeu d’essai absent : {path}")
    theirs = [each["type_champ"] for each in json.loads(path.read_text("utf-8"))["TypeDeChamp"]]
    assert len(theirs) == 41 and set(theirs) == set(STATE)


@pytest.mark.parametrize("ours", STATE.values())
def test_an_answer_of_the_table_is_a_type_or_a_sentence(ours: str) -> None:
    assert ours in TYPES or (ours.startswith("Aucun\u00a0: ") and ours.endswith("."))

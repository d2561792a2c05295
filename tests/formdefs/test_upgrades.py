"""A definition of an earlier version of the language is read in the present one; its text stays."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from formdefs import DefinitionError, load
from formdefs.upgrades import CURRENT, steps, upgraded
from tests.formdefs.material import whole

DOCUMENT = whole({"nom": {"type": "string"}})


def renamed(document: dict[str, Any]) -> dict[str, Any]:
    document["name"] = document.pop("title")
    return document | {"definition": 2}


def test_every_earlier_version_has_its_step() -> None:
    assert sorted(steps()) == list(range(1, CURRENT))


def test_steps_follow_each_other_and_leave_the_document_they_are_given() -> None:
    old = {"definition": 1, "title": "Aide"}
    before = copy.deepcopy(old)

    def shortened(document: dict[str, Any]) -> dict[str, Any]:
        return {**document, "definition": 3, "name": document["name"].lower()}

    assert upgraded(old, current=3, known={1: renamed, 2: shortened}) == {"definition": 3, "name": "aide"}
    assert old == before


def test_a_present_document_is_itself() -> None:
    assert upgraded(DOCUMENT) is DOCUMENT


@pytest.mark.parametrize("version", [CURRENT + 1, 0, "1", True, None])
def test_another_version_is_refused_with_a_sentence(version: Any) -> None:
    with pytest.raises(DefinitionError) as refusal:
        load(json.dumps(DOCUMENT | {"definition": version}))
    (problem,) = [each for each in refusal.value.problems if each.pointer == "/definition"]
    assert "version 1" in problem.message
    assert problem.message.endswith(".")

"""What changed between two definitions, without making a moved item a change of all the others."""

from __future__ import annotations

import copy
import json

from formdefs import changes, library

OLD = json.loads(library.text("care-domaine-2"))


def test_a_definition_does_not_differ_from_itself() -> None:
    assert changes(OLD, copy.deepcopy(OLD)) == ()


def test_each_change_has_its_kind_its_place_and_both_values() -> None:
    new = copy.deepcopy(OLD)
    properties = new["phases"][0]["answers"]["properties"]
    properties["bic"]["title"] = "Code BIC"
    properties["nouveau"] = {"type": "string"}
    del properties["precisions"]
    found = {(change.kind, change.pointer.rpartition("/properties/")[2]) for change in changes(OLD, new)}
    assert found == {("changed", "bic/title"), ("added", "nouveau"), ("removed", "precisions")}
    (title,) = [change for change in changes(OLD, new) if change.kind == "changed"]
    assert (title.before, title.after) == ("BIC", "Code BIC")


def test_moving_a_section_is_one_change_and_adding_one_is_one_addition() -> None:
    new = copy.deepcopy(OLD)
    sections = new["phases"][0]["layout"][0]["sections"]
    sections.insert(0, sections.pop())
    assert [(change.kind, change.pointer) for change in changes(OLD, new)] == [
        ("changed", "/phases/0/layout/0/sections")
    ]
    sections.insert(2, {"id": "autre", "title": "Autre", "fields": []})
    assert ("added", "/phases/0/layout/0/sections/2") in {
        (change.kind, change.pointer) for change in changes(OLD, new)
    }


def test_true_is_not_one() -> None:
    assert [change.kind for change in changes({"a": True}, {"a": 1})] == ["changed"]

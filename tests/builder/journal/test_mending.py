"""What a text that does not load is surely wrong about is mended by one act, which is undone like another."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from builder.acts.mending import mend_of
from builder.journal.carrying import undo
from builder.journal.mending import mend, mends_of
from builder.journal.outcomes import Refusal
from builder.journal.services import save_text
from formdefs import DefinitionError, dump, load
from tests.builder.journal.test_services import FIRST
from tests.builder.screens import address, composer, fresh, said
from tests.fixtures import House


def phase(document: Any) -> Any:
    return document["phases"][0]


def own(document: Any, name: str) -> Any:
    return phase(document)["answers"]["properties"][name]["x-field"]


def without_group(document: Any) -> None:
    """The expert deletes a question that a rule reads."""
    del phase(document)["answers"]["properties"]["dans_un_groupe"]
    phase(document)["layout"][0]["sections"][4]["fields"].remove("dans_un_groupe")


def with_half_a_rule(document: Any) -> None:
    rule = {"and": [{"var": "dans_un_groupe"}, {"or": [{"!": {"var": "absente"}}, {"var": "engagement"}]}]}
    own(document, "nom_groupe")["when"] = rule


def with_twins(document: Any) -> None:
    phase(document)["reviews"].append({**phase(document)["reviews"][0]})


def misplaced(document: Any) -> None:
    sections = phase(document)["layout"][0]["sections"]
    sections[0]["fields"] = ["iban", "absente", *sections[0]["fields"][:-1]]


def of_nothing(document: Any) -> None:
    phase(document)["contacts"] = ["absente"]
    phase(document)["answers"].setdefault("required", []).append("absente")


def mended(document: Any) -> Any:
    """The document after every sure mend."""
    for _ in range(20):
        try:
            load(dump(document))
            return document
        except DefinitionError as error:
            document = next(m for p in error.problems if (m := mend_of(document, p)) is not None).document
    raise AssertionError


@pytest.mark.parametrize("broken", [without_group, with_half_a_rule, with_twins, misplaced, of_nothing])
def test_what_is_surely_wrong_is_mended_until_it_loads(broken: Callable[[Any], None]) -> None:
    document = json.loads(FIRST)
    broken(document)
    before = deepcopy(document)
    assert mended(document)
    assert document == before


def test_only_the_condition_that_reads_nothing_goes() -> None:
    document = json.loads(FIRST)
    with_half_a_rule(document)
    assert own(mended(document), "nom_groupe")["when"] == {
        "and": [{"var": "dans_un_groupe"}, {"var": "engagement"}]
    }
    alone = json.loads(FIRST)
    without_group(alone)
    assert "when" not in own(mended(alone), "nom_groupe")


def test_a_formula_or_a_role_that_is_missing_has_no_sure_mend() -> None:
    document = json.loads(FIRST)
    phase(document)["reviews"][0]["role"] = "absent"
    own(document, "iban")["compute"] = {"var": "absente"}
    assert {said for _, said in mends_of(dump(document))} == {""}


def test_mending_is_an_act_that_is_undone(house: House) -> None:
    document = json.loads(FIRST)
    without_group(document)
    save_text(procedure=fresh(house), text=dump(document), revision=1, by=house.administrator)
    client = composer(house)
    page = said(client.get(address("composer/")))
    assert "Corriger : retirer cette condition" in page
    client.post(address("composer/acte/"), {"act": "mend"})
    load(fresh(house).draft_text)
    assert "data-tree" in said(client.get(address("composer/")))
    undo(procedure=fresh(house), by=house.administrator)
    assert fresh(house).draft_text == dump(document)
    with pytest.raises(Refusal):
        mend(procedure=fresh(house), by=house.administrator, pointer="/phases/0/rien")

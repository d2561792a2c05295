"""The text of a definition: judged, kept as typed, never lost."""

import pytest

from formdefs import library
from tests.builder.screens import CHECK, address, changed_draft, composer, fresh, said
from tests.fixtures import House

EDITOR = address("definition/")


def test_a_text_is_judged_as_it_is_typed_and_nothing_is_kept(house: House) -> None:
    text = changed_draft(house, phases=[])
    answer = composer(house).post(CHECK, {"text": text}).json()
    assert answer["summary"]
    assert answer["problems"][0]["pointer"] == "/phases"
    assert answer["problems"][0]["line"] == text[: text.index('"phases"')].count("\n") + 1
    assert answer["problems"][0]["message"]
    assert fresh(house).draft_text == library.text("care-domaine-2")


def test_a_valid_text_is_said_to_be_so(house: House) -> None:
    answer = composer(house).post(CHECK, {"text": library.text("signalement-voirie")}).json()
    assert answer == {"summary": "La définition est valable.", "problems": []}


@pytest.mark.parametrize(
    "text", ["", "\x00", "null", '"', "[" * 5000, "x" * (1024 * 1024 + 1), '{"a": 1e999}']
)
def test_no_text_makes_the_check_fail(house: House, text: str) -> None:
    response = composer(house).post(CHECK, {"text": text})
    assert response.status_code == 200
    assert response.json()["problems"]


def test_without_scripts_the_text_is_checked_by_a_button_and_not_kept(house: House) -> None:
    given = {"text": '{"definition": 1', "revision": 1, "go": "check"}
    page = said(composer(house).post(EDITOR, given))
    assert "Ce n’est pas du JSON" in page
    assert "{&quot;definition&quot;: 1" in page
    assert fresh(house).draft_text == library.text("care-domaine-2")


def test_an_invalid_draft_is_kept_as_typed(house: House) -> None:
    typed = '{\r\n "presque": "prêt",'
    response = composer(house).post(EDITOR, {"text": typed, "revision": 1, "go": "save"})
    assert response.status_code == 302
    procedure = fresh(house)
    assert procedure.draft_text == '{\n "presque": "prêt",'
    assert procedure.draft_revision == 2
    assert procedure.draft_by == house.administrator
    page = said(composer(house).get(EDITOR))
    assert "Ce n’est pas du JSON" in page


def test_saving_does_not_touch_what_is_published(house: House) -> None:
    composer(house).post(EDITOR, {"text": changed_draft(house, title="Autre"), "revision": 1})
    procedure = fresh(house)
    assert procedure.title != "Autre"
    assert procedure.current_version.number == 1


def test_a_stale_save_shows_both_texts_and_loses_neither(house: House) -> None:
    client = composer(house)
    client.post(EDITOR, {"text": '{"de": "Camille"}', "revision": 1})
    response = client.post(EDITOR, {"text": '{"de": "Louis"}', "revision": 1})
    assert response.status_code == 409
    page = said(response)
    assert "{&quot;de&quot;: &quot;Camille&quot;}" in page
    assert "{&quot;de&quot;: &quot;Louis&quot;}" in page
    assert "Camille</del>" in page
    assert fresh(house).draft_text == '{"de": "Camille"}'
    client.post(EDITOR, {"text": '{"de": "Louis"}', "revision": 2})
    assert fresh(house).draft_text == '{"de": "Louis"}'


@pytest.mark.parametrize("given", [{}, {"text": "{}"}, {"text": "{}", "revision": "x"}])
def test_a_save_that_makes_no_sense_is_said_and_keeps_nothing(house: House, given: dict[str, object]) -> None:
    assert composer(house).post(EDITOR, given).status_code == 422
    assert fresh(house).draft_revision == 1

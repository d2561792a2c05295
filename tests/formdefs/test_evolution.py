"""What a new version changes is said in words, with what it costs to answers already given."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from formdefs import library, load
from formdefs.evolution import AGAIN, LOSES, SAFE, SENTENCES, evolution
from tests.formdefs.material import whole

CARE = json.loads(library.text("care-domaine-2"))
Change = Callable[[dict[str, Any]], None]


def said(change: Change) -> list[tuple[str, str]]:
    """The sentences and the costs of a change made to the candidature."""
    document = copy.deepcopy(CARE)
    change(document)
    old, new = load(json.dumps(CARE)), load(json.dumps(document))
    return [(SENTENCES[each.code].format(**each.params), each.cost) for each in evolution(old, new)]


def properties(document: dict[str, Any]) -> dict[str, Any]:
    return document["phases"][0]["answers"]["properties"]


def sections(document: dict[str, Any]) -> list[Any]:
    return document["phases"][0]["layout"][0]["sections"]


def optional(document: dict[str, Any]) -> None:
    document["phases"][0]["answers"]["required"].remove("iban")


def mandatory(document: dict[str, Any]) -> None:
    document["phases"][0]["answers"]["required"].append("adresse_complement")


def renamed(document: dict[str, Any]) -> None:
    properties(document)["bic"]["title"] = "Code BIC"


def fewer(document: dict[str, Any]) -> None:
    properties(document)["rib"]["x-field"]["max_mb"] = 2


def more(document: dict[str, Any]) -> None:
    properties(document)["rib"]["x-field"]["max_mb"] = 9


def another_type(document: dict[str, Any]) -> None:
    properties(document)["dsi_telephone"]["x-field"]["type"] = "text"


def one_more(document: dict[str, Any]) -> None:
    properties(document)["avis"] = {"type": "string", "title": "Votre avis"}
    sections(document)[-1]["fields"].append("avis")


def one_less(document: dict[str, Any]) -> None:
    del properties(document)["precisions"]
    for section in sections(document):
        section["fields"] = [name for name in section["fields"] if name != "precisions"]


def now_conditional(document: dict[str, Any]) -> None:
    optional(document)
    properties(document)["iban"]["x-field"] |= {"when": {"var": "dans_un_groupe"}, "required": True}


def moved(document: dict[str, Any]) -> None:
    sections(document)[-1]["fields"].append(sections(document)[0]["fields"].pop())


def another_step(document: dict[str, Any]) -> None:
    document["roles"]["ans"] = {"title": "ANS"}
    document["phases"][0]["reviews"].append({"id": "ans", "title": "Avis de l’ANS", "role": "ans"})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (optional, [("Le champ « IBAN » devient facultatif.", SAFE)]),
        (mandatory, [("Le champ « Complément d’adresse » devient obligatoire.", AGAIN)]),
        (renamed, [("La question « BIC » s’intitule « Code BIC ».", SAFE)]),
        (fewer, [("La question « Fichier RIB » accepte moins de réponses qu’avant.", AGAIN)]),
        (more, [("La question « Fichier RIB » accepte plus de réponses qu’avant.", SAFE)]),
        (
            another_type,
            [("La question « Téléphone DSI » devient « Texte court » ; elle était « Téléphone ».", LOSES)],
        ),
        (one_more, [("La question « Votre avis » est ajoutée.", SAFE)]),
        (now_conditional, [("La question « IBAN » dépend maintenant d’une condition.", LOSES)]),
    ],
)
def test_each_change_is_said_with_its_cost(change: Change, expected: list[tuple[str, str]]) -> None:
    plain = [(text.replace("\u00a0", " "), cost) for text, cost in said(change)]
    assert plain == expected


def test_a_question_taken_away_loses_its_answers() -> None:
    assert [cost for text, cost in said(one_less) if "retirée" in text] == [LOSES]


def test_a_question_that_changes_section_says_where_it_went() -> None:
    assert any("passe dans la rubrique" in text for text, _ in said(moved))


def test_a_new_step_of_review_says_itself_and_its_role() -> None:
    assert [text.replace("\u00a0", " ") for text, _ in said(another_step)] == [
        "Le rôle « ANS » est ajouté.",
        "L’étape d’instruction « Avis de l’ANS » est ajoutée.",
    ]


def test_choices_are_followed_one_by_one() -> None:
    def change(document: dict[str, Any]) -> None:
        choices = properties(document)["prerequis_candidat"]["oneOf"]
        choices[0]["title"] = "Oui, tous"
        choices.pop()
        choices.append({"const": "nouveau", "title": "Je ne sais pas"})

    costs = [cost for _, cost in said(change)]
    assert costs == [SAFE, SAFE, AGAIN]


def test_a_step_s_condition_that_did_not_change_is_not_said_to() -> None:
    document = copy.deepcopy(CARE)
    document["phases"][0]["reviews"][0]["when"] = {"var": "dans_un_groupe"}
    other = copy.deepcopy(document) | {"title": "Autre titre"}
    assert [each.code for each in evolution(load(json.dumps(document)), load(json.dumps(other)))] == ["title"]
    other["phases"][0]["reviews"][0]["when"] = {"!": {"var": "dans_un_groupe"}}
    codes = [each.code for each in evolution(load(json.dumps(document)), load(json.dumps(other)))]
    assert codes == ["title", "review.changed"]


def test_computed_values_and_checks_are_followed() -> None:
    def computed(document: dict[str, Any]) -> None:
        document["phases"][0]["answers"]["required"].remove("bic")
        properties(document)["bic"] = {
            "type": "string",
            "title": "BIC",
            "x-field": {"type": "text", "compute": {"var": "iban"}},
        }

    def checked(document: dict[str, Any]) -> None:
        that = {"!=": [{"var": "dsi_email"}, {"var": "rssi_email"}]}
        check = {"id": "deux", "that": that, "message": "Deux personnes.", "at": "rssi_email"}
        document["phases"][0]["checks"] = [check]

    assert LOSES in [cost for _, cost in said(computed)]
    assert [text for text, _ in said(checked)] == ["Ce qui est contrôlé avant la transmission change."]


def test_a_workbook_that_changes_is_to_be_given_again() -> None:
    old = json.loads(library.text("care-frais-engages"))
    new = copy.deepcopy(old)
    new["documents"][0]["sheets"][0]["table"]["most"] = 300
    (change,) = evolution(load(json.dumps(old)), load(json.dumps(new)))
    assert (change.code, change.cost) == ("workbook.changed", AGAIN)
    assert evolution(load(json.dumps(old)), load(json.dumps(copy.deepcopy(old)))) == ()


def test_nothing_changed_says_nothing() -> None:
    assert said(lambda document: None) == []


def test_the_parts_of_a_nested_object_change_as_questions_do() -> None:
    parts = {"nom": {"type": "string", "title": "Nom"}, "age": {"type": "integer", "title": "Âge"}}

    def document(parts: dict[str, Any], required: list[str]) -> Any:
        contact = {"type": "object", "title": "Contact", "properties": parts, "required": required}
        return load(json.dumps({"title": "T", "type": "object", "properties": {"contact": contact}}))

    new = {
        "nom": {"type": "string", "title": "Nom", "maxLength": 9},
        "ville": {"type": "string", "title": "Ville"},
    }
    found = evolution(document(parts, []), document(new, ["nom"]))
    assert {(each.code, each.path, each.cost) for each in found} == {
        ("mandatory", "contact.nom", AGAIN),
        ("tightened", "contact.nom", AGAIN),
        ("question.added", "contact.ville", SAFE),
        ("question.removed", "contact.age", LOSES),
    }


@pytest.mark.parametrize(
    ("was", "now", "cost"),
    [
        ({}, {"min": "2027-01-01"}, AGAIN),
        ({"min": "2027-01-01"}, {"min": "2027-06-01"}, AGAIN),
        ({"min": "2027-06-01"}, {"min": "2027-01-01"}, SAFE),
        ({"max": "2027-06-01"}, {"max": "2027-01-01"}, AGAIN),
        ({"max": "2027-06-01"}, {"max": "today"}, AGAIN),
        ({"min": "today"}, {}, SAFE),
    ],
)
def test_a_day_that_is_no_longer_taken_is_to_be_answered_again(was: Any, now: Any, cost: str) -> None:
    day = {"type": "string", "format": "date", "title": "Jour"}
    old, new = (
        load(json.dumps(whole({"jour": {**day, "x-field": {"type": "date", **own}}}))) for own in (was, now)
    )
    assert [each.cost for each in evolution(old, new)] == [cost]

"""What acts write: identities, rules that follow, requirements in their place, choices that keep values."""

import json
from typing import Any

import pytest

from builder.acts import Asked, Impossible, Target, perform
from builder.acts.kinds import convert, startable, starter
from builder.acts.lists import hinted, proposals
from builder.acts.patches import ABSENT
from builder.acts.readers import readers_of
from builder.acts.requirement import is_required
from builder.acts.settings import with_titles
from formdefs import dump, load
from tests.formdefs.material import whole


def document(**phase: Any) -> dict[str, Any]:
    """Three questions in a section, the second asked when the first is true, and a group."""
    properties = {
        "membre": {"type": "boolean", "title": "Membre ?"},
        "nom": {"type": "string", "title": "Nom", "x-field": {"when": {"var": "membre"}, "required": True}},
        "frais": {
            "type": "array",
            "title": "Frais",
            "items": {
                "type": "object",
                "properties": {"montant": {"type": "integer", "title": "Montant"}},
            },
        },
    }
    section = {"id": "un", "title": "Un", "fields": list(properties)}
    other = {"id": "deux", "title": "Deux", "fields": []}
    layout = [{"page": "p", "title": "P", "sections": [section, other]}]
    return whole(properties, layout=layout, **phase)


def done(document: Any, act: str, at: str, **args: Any) -> tuple[Any, str]:
    """The document after an act, which must load, and what is then selected."""
    kind, _, name = at.partition("/")
    performed = perform(document, Asked(act, Target(kind, name), args))
    load(dump(performed.document))
    return performed.document, str(performed.done.select)


def answers(document: Any) -> Any:
    return document["phases"][0]["answers"]


def test_a_new_question_takes_the_identity_of_its_title_and_its_place() -> None:
    new, selected = done(document(), "add", "q/membre", title="Nom du groupe", kind="text")
    assert selected == "q/nom_du_groupe"
    assert list(answers(new)["properties"])[:2] == ["membre", "nom_du_groupe"]
    assert new["phases"][0]["layout"][0]["sections"][0]["fields"][1] == "nom_du_groupe"
    assert answers(new)["required"] == ["nom_du_groupe"]


def test_a_question_is_added_inside_a_group() -> None:
    new, selected = done(document(), "add", "q/frais", title="Objet", kind="text", inside="1")
    assert selected == "q/frais.objet"
    assert answers(new)["properties"]["frais"]["items"]["required"] == ["objet"]


def test_rules_follow_a_question_to_its_new_identity() -> None:
    new, selected = done(document(), "retitle", "q/membre", title="Adhérent")
    assert selected == "q/adherent"
    assert answers(new)["properties"]["nom"]["x-field"]["when"] == {"var": "adherent"}


def test_rules_that_read_rows_follow_too_and_others_of_the_same_name_do_not() -> None:
    given = document()
    rule = {"some": [{"var": "frais"}, {">": [{"var": "montant"}, 3]}]}
    answers(given)["properties"]["nom"]["x-field"]["when"] = rule
    answers(given)["properties"]["montant"] = {"type": "integer", "title": "Autre"}
    given["phases"][0]["layout"][0]["sections"][0]["fields"].append("montant")
    new, _ = done(given, "retitle", "q/frais.montant", title="Somme")
    when = answers(new)["properties"]["nom"]["x-field"]["when"]
    assert when["some"][1] == {">": [{"var": "somme"}, 3]}
    assert "montant" in answers(new)["properties"]


def test_a_published_identity_never_changes() -> None:
    asked = Asked("retitle", Target("q", "membre"), {"title": "Adhérent"}, frozenset({"membre"}))
    performed = perform(document(), asked)
    assert performed.done.select.id == "membre"
    assert answers(performed.document)["properties"]["membre"]["title"] == "Adhérent"


def test_a_condition_moves_the_requirement_and_back() -> None:
    first, _ = done(document(), "set", "q/membre", values={("required",): True})
    assert answers(first)["required"] == ["membre"]
    section = {("when",): {"==": [{"var": "organisation.type"}, "x"]}}
    hidden, _ = done(first, "set", "s/un", values=section)
    assert "required" not in answers(hidden)
    assert is_required(hidden, "membre")
    moved, _ = done(hidden, "move", "q/membre", to="s/deux")
    assert answers(moved)["required"] == ["membre"]


def test_choices_keep_their_values_under_new_titles() -> None:
    old = [{"const": "a", "title": "A", "description": "aide"}, {"const": "b", "title": "B"}]
    assert [each["const"] for each in with_titles(old, ["Premier", "B", "Troisième"])] == [
        "a",
        "b",
        "troisieme",
    ]
    assert with_titles(old, ["B", "A"])[1]["description"] == "aide"


def test_another_answer_is_accepted_and_no_longer_while_the_choices_stay() -> None:
    begun, at = done(document(), "add", "q/nom", title="Lieu", kind="choice")
    question = answers(begun)["properties"]["lieu"]
    listed = question["oneOf"]
    opened, _ = done(begun, "set", at, values={("x-field", "other"): True})
    question = answers(opened)["properties"]["lieu"]
    assert question["anyOf"] == [*listed, {"type": "string", "title": "Autre"}]
    assert "oneOf" not in question
    retitled, _ = done(opened, "set", at, values={("choices",): ["Choix 1", "Gymnase", "Salle"]})
    titles = [each["title"] for each in answers(retitled)["properties"]["lieu"]["anyOf"]]
    assert titles == ["Choix 1", "Gymnase", "Salle", "Autre"]
    several, _ = done(retitled, "type", at, kind="multiple_choice")
    items = answers(several)["properties"]["lieu"]["items"]
    assert [each["title"] for each in items["oneOf"]] == titles[:-1]
    closed, _ = done(retitled, "set", at, values={("x-field", "other"): ABSENT})
    question = answers(closed)["properties"]["lieu"]
    assert [each["title"] for each in question["oneOf"]] == titles[:-1]
    assert "other" not in question["x-field"]


def test_a_change_of_type_says_what_it_loses() -> None:
    converted = convert({"type": "string", "title": "T", "maxLength": 3, "x-field": {"help": "H"}}, "money")
    assert converted.lost == ("maxLength",)
    assert converted.schema["x-field"] == {"type": "money", "help": "H"}


@pytest.mark.parametrize("kind", startable())
def test_every_type_can_be_begun_and_converted_to(kind: str) -> None:
    new, _ = done(document(), "add", "q/nom", title="Essai", kind=kind)
    assert starter(kind)["type"] == answers(new)["properties"]["essai"]["type"]
    done(document(), "type", "q/frais.montant", kind="text")


def test_who_reads_a_question_is_known() -> None:
    definition = load(json.dumps(document()))
    assert [str(each.target) for each in readers_of(definition, frozenset({"membre"}))] == ["q/nom"]


def test_a_pasted_list_is_understood() -> None:
    text = "Coordonnées :\n1. Nom\n- E-mail\nStatut : Oui / Non / Peut-être\nEst-il prêt ?\nRIB (facultatif)"
    found = [(each.title, each.kind) for each in proposals(text, startable())]
    assert found == [
        ("Coordonnées", "section"),
        ("Nom", "text"),
        ("E-mail", "email"),
        ("Statut", "choice"),
        ("Est-il prêt ?", "yes_no"),
        ("RIB", "document"),
    ]


def test_a_bare_schema_becomes_a_whole_definition_at_the_first_act() -> None:
    bare = {"title": "Vélo", "type": "object", "properties": {"prix": {"type": "integer"}}}
    new, selected = done(bare, "add", "q/prix", title="Facture", kind="document")
    assert selected == "q/facture"
    assert new["definition"] == 1


@pytest.mark.parametrize(
    ("act", "at", "args"),
    [
        ("rien", "q/nom", {}),
        ("add", "q/absente", {"title": "T", "kind": "text"}),
        ("add", "q/nom", {"title": " ", "kind": "text"}),
        ("add", "q/nom", {"title": "T", "kind": "inconnu"}),
        ("move", "q/membre", {"by": "up"}),
        ("delete", "d/demarche", {}),
        ("delete", "q/frais.montant", {}),
        ("delete", "e/instruction", {}),
        ("delete", "r/agent", {}),
    ],
)
def test_what_cannot_be_done_is_said(act: str, at: str, args: dict[str, str]) -> None:
    with pytest.raises(Impossible):
        done(document(), act, at, **args)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Adresse du siège", "postal_address"),
        ("Adresse e-mail", "email"),
        ("Adresse du site", "url"),
        ("Total des recettes", "money"),
        ("Taux de participation", "percentage"),
        ("Coordonnées bancaires", "bank_details"),
        ("Identité du représentant légal", "identity"),
        ("Compte rendu de l’assemblée générale", "document"),
        ("Date du rapport", "date"),
        ("Nombre de pièces", "integer"),
        ("Avez-vous un IBAN ?", "yes_no"),
        ("Numéro RNA", "rna"),
        ("Remarques", ""),
    ],
)
def test_the_first_telling_word_of_a_title_supposes_its_type(title: str, kind: str) -> None:
    assert hinted(title, startable()) == kind


def test_a_section_is_told_to_be_a_contact_and_no_longer() -> None:
    new, _ = done(document(), "set", "s/deux", values={("contact",): True})
    new, _ = done(new, "set", "s/un", values={("contact",): True})
    assert new["phases"][0]["contacts"] == ["un", "deux"]
    new, _ = done(new, "set", "s/un", values={("contact",): False})
    assert new["phases"][0]["contacts"] == ["deux"]
    new, _ = done(new, "set", "s/deux", values={("contact",): False})
    assert "contacts" not in new["phases"][0]

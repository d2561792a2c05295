"""The editor's screens: with scripts only what changed is sent, without them forms lead back."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from builder.journal.services import save_text
from formdefs import library
from runtime.procedures.models import Procedure
from runtime.procedures.services import create_procedure
from tenants.memberships.models import Membership
from tenants.organisations.models import Organisation
from tests.builder.journal.test_services import do, lucie, setting
from tests.builder.screens import address, composer, fresh, said
from tests.fixtures import House

__all__ = ["lucie"]
ACT, COMPOSER = address("composer/acte/"), address("composer/")
SCRIPT = {"X-Composer": "1"}
OPENING, CHANGE, SELECTION, RULE = 12, 14, 8, 8
"""Seven of each are the session, the person and what Wagtail asks of their rights."""


def send(client: Client, house: House, **given: Any) -> Any:
    """What the script is answered."""
    given = {"revision": fresh(house).draft_revision, **given}
    return client.post(ACT, given, headers=SCRIPT)


def panel(name: str, value: str, at: str = "q/nom_groupe") -> dict[str, Any]:
    return {"act": "set", "at": at, "shown": name, name: value, "seen": "{}"}


def big(house: House, questions: int, rules: int) -> Procedure:
    """A démarche of that size."""
    properties: dict[str, Any] = {f"q{n}": {"type": "string", "title": f"Q {n}"} for n in range(questions)}
    properties["oui"] = {"type": "boolean", "title": "Oui ?"}
    for number in range(rules):
        properties[f"q{number}"]["x-field"] = {"when": {"var": "oui"}}
    text = json.dumps({"title": "Grande", "type": "object", "properties": properties})
    return create_procedure(
        portal=house.portal, slug=f"grande-{questions}", text=text, by=house.administrator
    )


def statements(client: Client, call: Any) -> int:
    """How many statements a request costs, the bounds of transactions left out."""
    with CaptureQueriesContext(connection) as captured:
        response = call(client)
    assert response.status_code == 200, response.content[:300]
    return len([q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])


@pytest.mark.parametrize(("questions", "rules"), [(3, 1), (300, 60)])
def test_opening_and_a_change_cost_the_same_whatever_the_size(
    house: House, questions: int, rules: int
) -> None:
    procedure = big(house, questions, rules)
    client = composer(house)
    base = address("composer/", procedure.slug)
    client.get(base)
    assert statements(client, lambda c: c.get(base)) == OPENING
    assert statements(client, lambda c: c.get(f"{base}q/q2/", headers=SCRIPT)) == SELECTION
    given = {**panel("help", "Aide", "q/q2"), "revision": 1}
    client.post(f"{base}acte/", {**given, "help": "Avant"}, headers=SCRIPT)
    assert (
        statements(client, lambda c: c.post(f"{base}acte/", {**given, "revision": 2}, headers=SCRIPT))
        == CHANGE
    )
    tried = {"go": "draw", "mode": "formule", "formule": "oui", "revision": "1"}
    assert statements(client, lambda c: c.post(f"{base}q/q2/regle/", tried, headers=SCRIPT)) == RULE, (
        "a rule is tried in one statement of its own"
    )


def test_a_change_sends_the_row_the_head_and_the_question_alone(house: House) -> None:
    answer = send(
        composer(house), house, **panel("title", "Votre IBAN", "q/iban"), reponses="exemples"
    ).json()
    assert [row["title"] for row in answer["rows"]] == ["Votre IBAN"]
    assert "order" not in answer
    assert "panel" not in answer
    assert answer["question"] == "iban"
    assert "Votre IBAN" in answer["html"]
    assert len(json.dumps(answer)) < 5000
    assert answer["select"] == "q/iban"
    assert answer["undo"]


def test_a_new_question_sends_its_row_and_the_order(house: House) -> None:
    answer = send(composer(house), house, act="add", at="q/iban", title="Montant demandé", kind="auto").json()
    assert answer["select"] == "q/montant_demande"
    assert answer["order"].index("q/montant_demande") == answer["order"].index("q/iban") + 1
    assert "montant_demande" in answer["panel"]


def test_what_cannot_be_kept_is_said_beside_its_field(house: House) -> None:
    client = composer(house)
    emptied = {**panel("title", ""), "seen": json.dumps({"title": "Nom du groupe"})}
    assert send(client, house, **emptied).json()["errors"].keys() == {"title"}
    response = send(client, house, **panel("k_maxlength", "beaucoup"))
    assert response.status_code == 422
    assert "entier" in response.json()["errors"]["k_maxlength"]
    assert fresh(house).draft_revision == 1


def test_a_field_left_as_it_was_shown_is_left_as_it_is(house: House) -> None:
    shown = {**panel("title", "Nom du groupe"), "seen": json.dumps({"title": "Nom du groupe"})}
    assert send(composer(house), house, **shown).json()["revision"] == 1


def test_without_scripts_a_form_leads_back_to_what_is_selected(house: House) -> None:
    client = composer(house)
    response = client.post(ACT, {**panel("help", "Selon ses statuts."), "revision": 1}, follow=True)
    assert response.redirect_chain[-1][0] == address("composer/q/nom_groupe/")
    assert "Selon ses statuts." in said(response)
    client.post(ACT, {"act": "down", "at": "q/iban", "revision": 2})
    fields = json.loads(fresh(house).draft_text)["phases"][0]["layout"][0]["sections"][6]["fields"]
    assert fields == ["bic", "iban", "rib"]
    client.post(ACT, {"act": "undo"})
    client.post(ACT, {"act": "undo"})
    assert fresh(house).draft_text == library.text("care-domaine-2")


def test_without_scripts_what_is_mistyped_stays_with_its_reason(house: House) -> None:
    response = composer(house).post(ACT, {**panel("k_maxlength", "beaucoup"), "revision": 1})
    assert response.status_code == 422
    page = said(response)
    assert 'value="beaucoup"' in page
    assert "nombre entier" in page


def test_a_conflict_shows_both_values_with_and_without_scripts(house: House, lucie: Any) -> None:
    do(house, "set", "q/nom_groupe", **setting("La sienne"), person=lucie)
    given = {**panel("help", "La mienne"), "revision": 1}
    client = composer(house)
    answer = client.post(ACT, given, headers=SCRIPT)
    assert answer.status_code == 409
    assert (answer.json()["conflict"]["mine"], answer.json()["conflict"]["theirs"]) == (
        "La mienne",
        "La sienne",
    )
    page = client.post(ACT, given)
    assert page.status_code == 409
    assert "Garder la mienne" in said(page)
    client.post(ACT, {**given, "insist": "1"})
    assert "La mienne" in fresh(house).draft_text


def test_a_question_that_is_read_is_not_deleted_and_its_readers_are_links(house: House) -> None:
    answer = send(composer(house), house, act="delete", at="q/dans_un_groupe")
    assert answer.status_code == 422
    assert answer.json()["readers"][0]["address"] == address("composer/q/nom_groupe/")


def test_a_draft_that_does_not_load_says_so_and_may_be_undone(house: House) -> None:
    save_text(procedure=fresh(house), text="{", revision=1, by=house.administrator)
    client = composer(house)
    assert "Ce brouillon ne peut pas être lu" in said(client.get(COMPOSER))
    assert send(client, house, **panel("help", "x")).json() == {"reload": True}
    client.post(ACT, {"act": "undo"})
    assert fresh(house).draft_text == library.text("care-domaine-2")


ADMITTED = "organisation_types"


def boxes(page: str) -> dict[str, tuple[str, bool]]:
    """The types of organisation that a panel offers: label and whether it is ticked, by code."""
    found = re.findall(rf'<input[^>]*name="{ADMITTED}"[^>]*>.*?</label>', page, re.S)
    codes = [re.search(r'value="([^"]*)"', each)[1] for each in found]  # type: ignore[index]
    labels = [" ".join(re.sub(r"<[^>]*>", "", each).split()) for each in found]
    return {code: (label, " checked" in each) for code, label, each in zip(codes, labels, found, strict=True)}


def admitted(house: House) -> list[str] | None:
    return json.loads(fresh(house).draft_text)["applicants"].get(ADMITTED)


def test_the_types_of_organisation_admitted_are_chosen_by_name_and_none_is_lost(house: House) -> None:
    client, ouverture = composer(house), address("composer/ouverture/")
    assert admitted(house) == ["ght", "ej_privee", "ej_publique"]
    shown = boxes(said(client.get(ouverture)))
    assert shown == {
        "ej_privee": ("Entité juridique privée", True),
        "eg": ("Entité géographique", False),
        "ght": ("« ght », inconnu de ce portail", True),
        "ej_publique": ("« ej_publique », inconnu de ce portail", True),
    }
    # Without scripts the whole panel is sent: what was not touched stays, what is added comes last.
    seen = json.dumps({ADMITTED: ["ej_privee", "ght", "ej_publique"]})
    given = {"act": "set", "at": "d/demarche", "tab": "access", "shown": ADMITTED, "seen": seen}
    client.post(ACT, {**given, ADMITTED: ["ej_privee", "ght", "ej_publique"]})
    assert admitted(house) == ["ght", "ej_privee", "ej_publique"]
    answer = client.post(ACT, {**given, "revision": 1, ADMITTED: ["ej_privee", "eg", "ght"]})
    assert answer["Location"] == ouverture
    assert admitted(house) == ["ght", "ej_privee", "eg"]
    client.post(ACT, {**given, "revision": 2})
    assert admitted(house) is None, "with none ticked, they are all admitted"


def test_an_unknown_type_that_is_no_longer_ticked_leaves_the_panel_of_its_screen(house: House) -> None:
    seen = json.dumps({ADMITTED: ["ej_privee", "ght", "ej_publique"]})
    given = {"act": "set", "at": "d/demarche", "tab": "access", "shown": ADMITTED, "seen": seen}
    answer = send(composer(house), house, **given, organisation_types=["ej_privee", "ght"]).json()
    assert {code for code, (_label, ticked) in boxes(answer["panel"]).items() if ticked} == {
        "ej_privee",
        "ght",
    }
    assert "ej_publique" not in boxes(answer["panel"])
    assert 'data-group="words"' not in answer["panel"], "the other screens’ settings stay on theirs"


def test_a_type_that_the_portal_does_not_have_cannot_be_ticked(house: House) -> None:
    given = {"act": "set", "at": "d/demarche", "shown": ADMITTED, "seen": "{}", ADMITTED: ["autre"]}
    assert send(composer(house), house, **given).json()["errors"].keys() == {ADMITTED}
    assert admitted(house) == ["ght", "ej_privee", "ej_publique"]


def test_a_portal_without_organisations_says_that_there_is_nothing_to_choose(house: House) -> None:
    procedure = big(house, 1, 0)
    Membership.objects.all().delete()
    Organisation.objects.filter(parent__isnull=False).delete()
    Organisation.objects.all().delete()
    page = said(composer(house).get(address("composer/ouverture/", procedure.slug)))
    assert "Ce portail ne connaît encore aucun organisme" in page
    assert not boxes(page)


def test_a_condition_on_the_type_of_the_organisation_offers_those_of_the_portal_by_name(house: House) -> None:
    client, url = composer(house), address("composer/q/bic/regle/")
    lines = {"mode": "lignes", "how": "all", "items": ["0"], "q.0": "organisation.type", "o.0": "is"}
    drawn = said(client.post(url, {**lines, "of.0": "dans_un_groupe", "v.0": "false"}, headers=SCRIPT))
    values = re.search(r'<select name="v\.0".*?</select>', drawn, re.S)[0]  # type: ignore[index]
    assert re.findall(r'value="([^"]*)"[^>]*>([^<]*)<', values) == [
        ("", "Choisir…"), ("eg", "Entité géographique"), ("ej_privee", "Entité juridique privée")
    ], "the value of the question that it was about is not one of its own"  # fmt: skip
    phrase = "le type de l’organisme est « Entité géographique »"
    sent = {**lines, "of.0": "organisation.type", "v.0": "eg"}
    assert phrase in said(client.post(url, sent, headers=SCRIPT))
    tried = said(client.post(url, {**sent, "fait.organisation.type": "eg"}, headers=SCRIPT))
    assert '<option value="eg" selected>Entité géographique</option>' in tried
    assert "la règle est vraie" in tried

    several = said(client.post(url, {**sent, "o.0": "among"}, headers=SCRIPT))
    assert "est parmi « Entité géographique »" in several
    assert re.search(r'<select name="vs\.0".*?value="eg" selected>', several, re.S)

    assert client.post(url, {**sent, "go": "apply"}).status_code == 302
    assert phrase in said(client.get(address("composer/q/bic/")))
    assert phrase in said(client.get(address("")))


def test_a_rule_on_a_type_unknown_to_the_portal_keeps_it(house: House) -> None:
    rule = {"==": [{"var": "organisation.type"}, "zzz"]}
    do(house, "set", "q/bic", values={("x-field", "when"): rule}, label="la règle")
    client, url = composer(house), address("composer/q/bic/regle/")
    page = said(client.get(url))
    assert '<option value="zzz" selected>« zzz », inconnu de ce portail</option>' in page


def test_a_line_typed_in_the_palette_is_read_as_one_of_a_pasted_list(house: House) -> None:
    client = composer(house)
    given = {"act": "add", "at": "q/nom_groupe", "kind": "auto"}
    send(client, house, **given, title="Nature : Achats / Services / Personnel")
    send(client, house, **given, title="Remarques (facultatif)")
    answers = json.loads(fresh(house).draft_text)["phases"][0]["answers"]
    nature = answers["properties"]["nature"]
    assert nature["title"] == "Nature"
    assert [each["title"] for each in nature["oneOf"]] == ["Achats", "Services", "Personnel"]
    assert answers["properties"]["remarques"]["title"] == "Remarques"
    assert "remarques" not in answers["required"]


def test_a_pasted_list_is_read_before_it_is_added(house: House) -> None:
    client = composer(house)
    given = {"list": "Budget :\nMontant\nStatut : A / B", "at": "s/banque"}
    assert "2 questions prêtes" in said(client.post(address("composer/liste/"), given))
    answer = send(client, house, act="paste", **given, **{"kind.1": "text"}).json()
    assert answer["select"] == "q/statut"
    new = json.loads(fresh(house).draft_text)["phases"][0]["answers"]["properties"]
    assert new["montant"] == {"title": "Montant", "type": "string"}
    assert [each["title"] for each in new["statut"]["oneOf"]] == ["A", "B"]


def test_a_rule_is_composed_said_tried_and_kept_by_lines(house: House) -> None:
    client = composer(house)
    url = address("composer/q/bic/regle/")
    lines = {"mode": "lignes", "how": "all", "items": ["0", "1"], "q.0": "dans_un_groupe", "o.0": "yes"}
    lines |= {"q.1": "prerequis_candidat", "o.1": "among", "vs.1": ["atteints", "en_cours"]}
    page = said(client.post(url, {**lines, "go": "draw"}, headers=SCRIPT))
    assert "est parmi" in page
    assert "la règle est vraie" in page
    client.post(url, {**lines, "go": "apply", "revision": 1})
    own = json.loads(fresh(house).draft_text)["phases"][0]["answers"]["properties"]["bic"]["x-field"]
    listed = ["atteints", "en_cours"]
    assert own["when"] == {
        "and": [{"var": "dans_un_groupe"}, {"in": [{"var": "prerequis_candidat"}, listed]}]
    }
    assert own["required"] is True
    assert 'name="items" value="1"' in said(client.get(url))


def test_a_rule_on_the_rows_of_a_group_is_composed_by_lines(house: House) -> None:
    client = composer(house)
    for given in (
        {"act": "add", "at": "s/banque", "title": "Dépenses", "kind": "group"},
        {"act": "add", "at": "q/depenses", "title": "Montant", "kind": "money", "inside": "1"},
        {"act": "add", "at": "q/depenses", "title": "Devis", "kind": "text"},
    ):
        assert send(client, house, **given).status_code == 200
    url = address("composer/q/devis/regle/")
    chosen = {"mode": "lignes", "how": "all", "items": ["0"], "q.0": "depenses", "o.0": "yes"}
    page = said(client.post(url, {**chosen, "go": "draw"}, headers=SCRIPT))
    assert "a une ligne où" in page
    assert 'name="q.0.0"' in page
    rows = {**chosen, "o.0": "some", "how.0": "all", "items.0": ["0"], "q.0.0": "montant", "o.0.0": "ge"}
    page = said(client.post(url, {**rows, "v.0.0": "1 000", "go": "draw"}, headers=SCRIPT))
    assert "au moins une des lignes de « Dépenses » vérifie" in page
    client.post(url, {**rows, "v.0.0": "1 000", "go": "apply", "revision": fresh(house).draft_revision})
    own = json.loads(fresh(house).draft_text)["phases"][0]["answers"]["properties"]["devis"]["x-field"]
    assert own["when"] == {"some": [{"var": "depenses"}, {">=": [{"var": "montant"}, {"money": 100000}]}]}
    assert 'name="items.0" value="0"' in said(client.get(url))


def test_conditions_are_grouped_and_moved_and_each_thing_is_said(house: House) -> None:
    client, url = composer(house), address("composer/q/bic/regle/")
    lines = {"mode": "lignes", "how": "all", "items": ["0", "1"], "q.0": "dans_un_groupe", "o.0": "yes"}
    lines |= {"q.1": "dans_un_groupe", "o.1": "no", "pick": [".0", ".1"], "go": "gather"}
    page = said(client.post(url, lines, headers=SCRIPT))
    assert 'data-done="Groupe, au moins une, 2 conditions"' in page
    assert 'data-focus=".0.0"' in page
    assert 'name="q.0.1"' in page


def test_a_rule_that_lines_cannot_say_is_shown_as_a_formula_and_kept(house: House) -> None:
    rule = {"==": [{"length": {"var": "iban"}}, 3]}
    do(house, "set", "q/bic", values={("x-field", "when"): rule})
    page = said(composer(house).get(address("composer/q/bic/regle/")))
    assert "length(iban) = 3" in page


def test_a_rule_that_cannot_stand_is_refused_with_why(house: House) -> None:
    client = composer(house)
    given = {"mode": "formule", "formule": "iban = 3", "go": "apply", "revision": 1}
    response = client.post(address("composer/q/bic/regle/"), given)
    assert response.status_code == 422
    assert fresh(house).draft_revision == 1


@pytest.mark.parametrize("given", [{}, {"act": "rien"}, {"act": "set"}, {"act": "add", "at": "q/absente"}])
def test_an_act_that_makes_no_sense_is_said(house: House, given: dict[str, str]) -> None:
    response = send(composer(house), house, **given)
    assert response.status_code in (200, 422)
    assert fresh(house).draft_revision == 1


def test_the_two_step_review_is_one_act(house: House) -> None:
    answer = send(composer(house), house, act="preset", preset="deux-niveaux").json()
    assert answer["select"] == "e/ars"
    reviews = json.loads(fresh(house).draft_text)["phases"][0]["reviews"]
    assert [each["role"] for each in reviews] == ["ars", "ans"]
    assert "Analyse ANS" in said(composer(house).get(address("composer/e/ans/")))


def test_a_total_is_computed_by_a_formula_tried_on_the_spot(house: House) -> None:
    client = composer(house)
    for given in (
        {"act": "add", "at": "s/banque", "title": "Dépenses", "kind": "group"},
        {"act": "add", "at": "q/depenses", "title": "Montant", "kind": "money", "inside": "1"},
        {"act": "add", "at": "q/depenses", "title": "Total", "kind": "money"},
    ):
        assert send(client, house, **given).status_code == 200
    url = address("composer/q/total/calcul/")
    assert "data-formula" in said(client.get(url, headers=SCRIPT))
    page = said(client.post(url, {"go": "draw", "formule": "somme(depenses.montant)"}, headers=SCRIPT))
    assert "Résultat" in page
    client.post(url, {"go": "apply", "formule": "somme(depenses.montant)", "revision": 4})
    own = json.loads(fresh(house).draft_text)["phases"][0]["answers"]["properties"]["total"]["x-field"]
    assert own["compute"] == {"sum": [{"map": [{"var": "depenses"}, {"var": "montant"}]}]}
    assert "Modifier la formule" in said(client.get(address("composer/q/total/")))


def test_a_rule_on_a_fact_is_tried_with_the_fact_one_types(house: House) -> None:
    lines = {"mode": "lignes", "how": "all", "items": ["0"], "q.0": "organisation.type", "o.0": "is"}
    lines |= {"v.0": "ej_privee", "go": "draw"}
    client, url = composer(house), address("composer/q/bic/regle/")
    assert "n’est pas vraie" in said(client.post(url, lines, headers=SCRIPT))
    tried = said(client.post(url, {**lines, "fait.organisation.type": "ej_privee"}, headers=SCRIPT))
    assert "la règle est vraie" in tried


def test_a_demarche_begun_from_nothing_is_published(house: House) -> None:
    client = composer(house)
    response = client.post("/administration/nouvelle-demarche/", {"title": "Prime", "start": "vide"})
    assert response["Location"] == address("composer/", "prime")
    given = {"list": "Nom\nFrais :\nMontant\nRIB", "at": "q/nom", "act": "paste", "revision": 1}
    client.post(address("composer/acte/", "prime"), given)
    client.post(address("composer/acte/", "prime"), {"act": "preset", "preset": "deux-niveaux"})
    revision = Procedure.objects.get(slug="prime").draft_revision
    response = client.post(address("publication/", "prime"), {"revision": revision, "note": "Tout"})
    assert response.status_code == 302


def test_what_somebody_else_did_comes_with_the_next_answer(house: House, lucie: Any) -> None:
    do(house, "retitle", "q/iban", title="Compte bancaire", person=lucie)
    answer = send(composer(house), house, **{**panel("help", "Aide", "q/bic"), "revision": 1}).json()
    assert "Compte bancaire" in [row["title"] for row in answer["rows"]]
    assert "q/iban" in answer["order"]


def test_several_parts_go_by_one_act_which_one_undo_takes_back(house: House) -> None:
    client = composer(house)
    given = {"act": "delete", "at": "q/bic", "each": ["q/iban", "q/bic", "q/rib"]}
    answer = send(client, house, **given).json()
    assert answer["undo"] == "3 questions supprimées"
    assert not {"q/iban", "q/bic", "q/rib"} & set(answer["order"])
    assert fresh(house).draft_revision == 2
    client.post(ACT, {"act": "undo"})
    assert fresh(house).draft_text == library.text("care-domaine-2")


def test_several_questions_go_with_the_rules_that_read_them(house: House) -> None:
    client = composer(house)
    alone = send(client, house, act="delete", each=["q/dans_un_groupe", "q/iban"])
    assert [each["target"] for each in alone.json()["readers"]] == ["q/nom_groupe"]
    assert fresh(house).draft_revision == 1
    assert send(client, house, act="delete", each=["q/dans_un_groupe", "q/nom_groupe"]).status_code == 200


def test_without_scripts_several_rows_are_ticked_and_moved(house: House) -> None:
    client = composer(house)
    assert 'name="each" value="q/iban"' in said(client.get(COMPOSER))
    client.post(ACT, {"act": "down", "each": ["q/iban", "q/bic"], "revision": 1})
    fields = json.loads(fresh(house).draft_text)["phases"][0]["layout"][0]["sections"][6]["fields"]
    assert fields == ["rib", "iban", "bic"]


def test_a_warning_that_is_surely_mended_says_how_and_its_act_mends_it(house: House) -> None:
    client = composer(house)
    send(client, house, act="add", at="s/banque", title="Vide", kind="section")
    answer = send(client, house, **panel("help", "Aide", "q/iban")).json()
    (notice,) = [each for each in answer["notices"] if each["title"] == "Vide"]
    assert notice["mend"] == "la supprimer"
    assert "Corriger : la supprimer" in said(client.get(COMPOSER))
    assert send(client, house, **notice["act"]).json()["notices"] == []


def test_every_module_of_the_editor_is_asked_for_at_once(house: House) -> None:
    folder = Path(finders.find("builder/composer/main.js") or "").parent
    asked = re.findall(
        r'rel="modulepreload" href="[^"]*/composer/([a-z]+)\.js"', said(composer(house).get(COMPOSER))
    )
    assert {*asked, "main"} == {each.stem for each in folder.glob("*.js")}

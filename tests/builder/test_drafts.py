"""The list of démarches, a new one, and the page of one."""

import json

import pytest
from pytest_django import DjangoAssertNumQueries

from formdefs import canonical, library, load
from runtime.procedures.models import Procedure
from runtime.procedures.services import create_procedure
from tests.builder.screens import BARE, LIST, NEW, address, changed_draft, composer, fresh, said, text_of
from tests.fixtures import House, begin, deposited, make_procedure

STATEMENTS_OF_THE_LIST = 11
STATEMENTS_OF_A_PAGE = 14


def test_the_list_says_the_state_of_each_procedure_and_counts_its_dossiers(house: House) -> None:
    deposited(house)
    begin(house, house.stranger, house.hospital)
    create_procedure(portal=house.portal, slug="velo", text=text_of(BARE), by=house.administrator)
    page = said(composer(house).get(LIST))
    assert "Publiée, version 1" in page
    assert "Brouillon" in page
    assert "1 déposé" in page
    assert "1 en brouillon" in page
    assert str(house.administrator) in page


def test_the_list_is_searched_whatever_the_accents(house: House) -> None:
    create_procedure(portal=house.portal, slug="velo", text=text_of(BARE), by=house.administrator)
    page = said(composer(house).get(LIST, {"q": "VELO"}))
    assert "Aide à l’achat d’un vélo" in page
    assert "continuité" not in page


def test_the_list_says_what_is_not_published_yet_and_what_is_closed(house: House) -> None:
    procedure = fresh(house)
    procedure.draft_text = changed_draft(house, summary="Autre")
    procedure.save()
    procedure.opening.closes = procedure.opening.opens
    procedure.opening.save()
    page = said(composer(house).get(LIST))
    assert "Fermée, version 1" in page
    assert "Modifications à publier" in page


def test_the_list_takes_as_many_statements_whatever_the_number_of_procedures(
    house: House, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = composer(house)
    client.get(LIST)
    for number in range(3):
        make_procedure(
            house.portal, house.administrator, f"copie-{number}", library.text("signalement-voirie")
        )
    with django_assert_max_num_queries(STATEMENTS_OF_THE_LIST):
        client.get(LIST)


def test_the_page_of_a_procedure_takes_few_statements(
    house: House, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = composer(house)
    client.get(address())
    with django_assert_max_num_queries(STATEMENTS_OF_A_PAGE):
        client.get(address())


def test_the_page_of_a_procedure_names_the_types_of_organisation_that_may_file(house: House) -> None:
    page = said(composer(house).get(address()))
    assert "« ght », inconnu de ce portail ; Entité juridique privée ; « ej_publique », inconnu" in page


def test_a_bare_json_schema_becomes_a_procedure(house: House) -> None:
    response = composer(house).post(NEW, {"text": text_of(BARE)})
    assert response.status_code == 302
    procedure = Procedure.objects.get(slug="aide-a-lachat-dun-velo")
    assert procedure.title == "Aide à l’achat d’un vélo"
    assert procedure.draft_text == canonical(text_of(BARE))
    assert response["Location"].endswith("/composer/")
    page = said(composer(house).get(address("", procedure.slug)))
    assert "Prix payé" in page
    assert "Nombre entier, obligatoire" in page
    assert "Instructeur" in page


def test_a_nested_schema_is_laid_out_so_that_each_of_its_questions_has_a_screen(house: House) -> None:
    seller = {"type": "object", "title": "Vendeur", "properties": {"nom": {"type": "string", "title": "Nom"}}}
    nested = {**BARE, "properties": {**BARE["properties"], "vendeur": seller}}
    composer(house).post(NEW, {"text": text_of(nested)})
    phase = load(Procedure.objects.get(slug="aide-a-lachat-dun-velo").draft_text).first_phase
    assert "vendeur" not in phase.questions
    assert "Nom" in [each.title for each in phase.questions.values()]


def test_a_procedure_may_begin_as_one_that_ships_with_the_platform_under_another_title(house: House) -> None:
    given = {"title": "Bourse 2027", "slug": "bourse-2027", "start": "bourse-departementale"}
    composer(house).post(NEW, given)
    procedure = Procedure.objects.get(slug="bourse-2027")
    assert procedure.title == "Bourse 2027"
    shipped = json.loads(library.text("bourse-departementale"))
    assert json.loads(procedure.draft_text) == {**shipped, "title": "Bourse 2027"}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": ""}, "Collez une définition"),
        ({"text": "{"}, "Ce n’est pas du JSON"),
        ({"text": "[1]"}, "Une définition est un objet JSON."),
        ({"text": text_of({**BARE, "properties": {"prix": {"type": "étrange"}}})}, "/properties/prix"),
        ({"text": text_of(BARE), "slug": "care-domaine-2"}, "Une autre démarche a déjà cette adresse."),
        ({"text": text_of(BARE), "slug": "é à"}, "lettres sans accent"),
        ({"text": text_of({**BARE, "title": "???"})}, "Donnez une adresse"),
        ({"text": "a\x00b"}, "Ce n’est pas du JSON"),
        ({"text": text_of(BARE), "title": "t" * 251}, "250"),
    ],
)
def test_what_cannot_begin_a_procedure_is_said(house: House, given: dict[str, str], sentence: str) -> None:
    response = composer(house).post(NEW, given)
    assert response.status_code == 422
    assert sentence in said(response)
    assert Procedure.objects.count() == 1


def test_what_was_pasted_is_kept_when_it_is_refused(house: House) -> None:
    page = said(composer(house).post(NEW, {"text": '{"presque": '}))
    assert "{&quot;presque&quot;: " in page


def test_the_page_of_a_procedure_says_everything_in_french(house: House) -> None:
    page = said(composer(house).get(address()))
    for sentence in (
        "Choix unique, obligatoire",
        "« Votre rôle au sein de l’établissement » est « Autre »",
        "Condition : le type de l’organisme est parmi « ght », « Entité juridique privée » ou "
        "« ej_publique »",
        "PDF, image PNG ou JPEG, 5 Mo au plus",
        "Vérification par l’ARS",
        "30 jours ouvrés",
        "revient au demandeur, qui corrige et transmet de nouveau",
        "selon la région de l’organisme",
        "la candidature",
        "Le brouillon est identique à la version en ligne.",
        "Motif : essai",
    ):
        assert sentence in page, sentence


def test_the_page_shows_what_is_published_while_the_draft_cannot_be_read(house: House) -> None:
    procedure = fresh(house)
    procedure.draft_text = "{"
    procedure.save()
    page = said(composer(house).get(address()))
    assert "Voici la version publiée." in page
    assert "Ce n’est pas du JSON" in page
    assert "Choix unique, obligatoire" in page


def test_texts_are_downloaded_byte_for_byte(house: House) -> None:
    procedure = fresh(house)
    procedure.draft_text = '{ "à moitié": '
    procedure.save()
    client = composer(house)
    assert client.get(address("definition.json")).content == '{ "à moitié": '.encode()
    version = client.get(address("versions/1.json"))
    assert version.content == library.text("care-domaine-2").encode()
    assert version["Content-Disposition"].startswith("attachment")
    assert client.get(address("versions/2.json")).status_code == 404


FOREIGN = {
    "type": "object",
    "title": "Aide",
    "properties": {
        "fullName": {"type": "string", "format": "ipv4"},
        "address": {"type": "object", "title": "Adresse", "properties": {"zip": {"type": "string"}}},
    },
}


def test_a_schema_of_another_tool_is_translated_and_says_what_is_left_out(house: House) -> None:
    interface = {"ui:order": ["address", "fullName"], "fullName": {"ui:title": "Nom complet"}}
    response = composer(house).post(NEW, {"text": text_of(FOREIGN), "interface": text_of(interface)})
    assert response.status_code == 302, said(response)
    procedure = Procedure.objects.get(slug="aide")
    phase = load(procedure.draft_text).first_phase
    assert list(phase.questions) == ["address_zip", "full_name"]
    assert phase.questions["full_name"].title == "Nom complet"
    page = said(composer(house).get(address("", "aide")))
    assert "Nom complet" in page


def test_an_interface_schema_that_is_no_object_is_refused_and_nothing_is_lost(house: House) -> None:
    response = composer(house).post(NEW, {"text": text_of(FOREIGN), "interface": "[1"})
    assert response.status_code == 422
    page = said(response)
    assert "Un schéma d’interface est un objet JSON." in page
    assert "fullName" in page


def test_a_schema_that_no_form_can_be_made_of_is_refused_with_its_reason(house: House) -> None:
    endless = {"type": "object", "properties": {"child": {"$ref": "#"}}}
    response = composer(house).post(NEW, {"text": text_of(endless), "slug": "sans-fin"})
    assert response.status_code == 422
    assert "revient sur elle-même" in said(response)

"""A draft becomes an immutable, numbered version, if it may."""

import json

from builder.publishing.differences import text_changes
from formdefs import library
from runtime.procedures.models import Procedure
from runtime.procedures.services import create_procedure, save_draft
from tests.builder.screens import BARE, address, changed_draft, composer, fresh, said, text_of
from tests.fixtures import House

PUBLICATION = address("publication/")


def save(house: House, text: str) -> None:
    save_draft(procedure=house.care, text=text, revision=fresh(house).draft_revision, by=house.administrator)


def test_a_draft_is_published_with_its_note(house: House) -> None:
    save(house, changed_draft(house, summary="Autre résumé"))
    client = composer(house)
    page = said(client.get(PUBLICATION))
    assert "La présentation de la démarche" in page
    assert "Autre résumé" in page
    response = client.post(PUBLICATION, {"note": "Résumé revu", "revision": 2})
    assert response.status_code == 302
    version = fresh(house).current_version
    assert (version.number, version.note, version.published_by) == (2, "Résumé revu", house.administrator)
    page = said(client.get(response["Location"]))
    assert "Résumé revu" in page
    assert "La version 2 est publiée" in page


def test_what_is_published_is_offered_for_the_front_page(house: House) -> None:
    save(house, changed_draft(house, summary="Autre résumé"))
    client = composer(house)
    response = client.post(PUBLICATION, {"note": "Résumé revu", "revision": 2})
    page = said(client.get(response["Location"]))
    assert 'href="/administration/a-la-une/"' in page
    assert "Proposer à la Une" in page


def test_a_first_publication_opens_the_procedure(house: House) -> None:
    create_procedure(portal=house.portal, slug="velo", text=text_of(BARE), by=house.administrator)
    composer(house).post(address("publication/", "velo"), {"note": "Première version", "revision": 1})
    procedure = Procedure.objects.get(slug="velo")
    assert procedure.current_version.number == 1
    assert procedure.opening


def test_an_invalid_definition_is_not_published_and_its_problems_are_said(house: House) -> None:
    save(house, changed_draft(house, roles={}))
    assert "Ce brouillon ne peut pas être publié." in said(composer(house).get(PUBLICATION))
    response = composer(house).post(PUBLICATION, {"note": "n", "revision": 2})
    assert response.status_code == 422
    assert "Le rôle « ars » n’est pas dans « roles »." in said(response)
    assert fresh(house).current_version.number == 1


def test_nothing_new_is_not_published(house: House) -> None:
    assert "il n’y a rien à publier" in said(composer(house).get(PUBLICATION))
    response = composer(house).post(PUBLICATION, {"note": "n", "revision": 1})
    assert response.status_code == 422
    assert "rien à publier" in said(response)
    assert fresh(house).current_version.number == 1


def test_a_publication_says_what_changes(house: House) -> None:
    save(house, changed_draft(house, summary="Autre"))
    response = composer(house).post(PUBLICATION, {"note": " ", "revision": 2})
    assert response.status_code == 422
    assert "Dites en une phrase ce qui change." in said(response)


def test_a_draft_that_changed_since_it_was_read_is_not_published(house: House) -> None:
    save(house, changed_draft(house, summary="Lu"))
    save(house, changed_draft(house, summary="Changé ensuite"))
    response = composer(house).post(PUBLICATION, {"note": "n", "revision": 2})
    assert response.status_code == 409
    assert "Changé ensuite" in said(response)
    assert fresh(house).current_version.number == 1


def test_dossiers_begun_keep_their_version(house: House) -> None:
    save(house, changed_draft(house, title="Un autre titre"))
    composer(house).post(PUBLICATION, {"note": "n", "revision": 2})
    assert fresh(house).versions.get(number=1).text == library.text("care-domaine-2")


def test_changes_to_questions_are_said_in_words(house: House) -> None:
    old = json.loads(library.text("care-domaine-2"))
    new = json.loads(library.text("care-domaine-2"))
    questions = new["phases"][0]["answers"]["properties"]
    del questions["bic"]
    questions["nom_groupe"]["title"] = "Nom de votre groupe"
    questions["telecopie"] = {"type": "string", "title": "Télécopie"}
    said_all = {
        change.sentence.replace("\N{NO-BREAK SPACE}", " ")
        for change in text_changes(text_of(old), text_of(new))
    }
    assert said_all == {
        "La question « BIC » est retirée.",
        "La question « Nom de votre groupe » change.",
        "La question « Télécopie » est ajoutée.",
    }

"""Only the administrators of a portal find its démarches in the admin."""

import pytest
from django.test import Client

from builder.urls import urlpatterns
from tests.builder.screens import CHECK, LIST, NEW, address, composer, said
from tests.fixtures import House

SCREENS = (
    LIST,
    NEW,
    address(),
    address("composer/"),
    address("composer/processus/"),
    address("composer/documents/"),
    address("composer/justificatifs/"),
    address("composer/textes/"),
    address("composer/ouverture/"),
    address("composer/q/iban/"),
    address("composer/q/iban/regle/"),
    address("composer/q/iban/calcul/"),
    address("definition/"),
    address("definition.json"),
    address("versions/1.json"),
    address("apercu/"),
    address("apercu/formulaire/"),
    address("publication/"),
    address("dates/"),
    address("equipes/"),
)
ACTS = (address("composer/acte/"), address("composer/liste/"), address("composer/presence/"))
FILES = (
    *(address("composer/b/trame/fichier.xlsx"), address("composer/b/trame/essai/")),
    *(address("composer/f/trame.lignes/colonnes/"), address("composer/f/trame.lignes/grille/")),
)
WRITES = (
    *FILES,
    *(NEW, CHECK, *ACTS, address("definition/"), address("publication/"), address("dates/")),
    *(address("equipes/"), address("composer/q/iban/regle/")),
)


def pages_of(client: Client) -> dict[str, int]:
    """The status of each screen."""
    return {url: client.get(url).status_code for url in SCREENS}


def test_every_address_is_among_those_that_these_tests_try() -> None:
    assert len({*SCREENS, CHECK, *ACTS, *FILES}) == len(urlpatterns)


def test_the_administrator_finds_every_screen(house: House) -> None:
    assert set(pages_of(composer(house)).values()) == {200}


@pytest.mark.parametrize(
    "person", ["editor", "applicant", "colleague", "stranger", "verifier", "wrong_verifier"]
)
def test_nobody_else_of_the_portal_finds_any(house: House, person: str) -> None:
    client = house.client(getattr(house, person))
    assert set(pages_of(client).values()) == {403}
    assert {client.post(url, {"text": "{}"}).status_code for url in WRITES} == {403}


def test_a_visitor_is_sent_to_sign_in(house: House) -> None:
    response = house.client().get(LIST)
    assert response.status_code == 302
    assert response["Location"].startswith("/compte/")


def test_the_administrator_of_another_portal_finds_nothing_here(house: House, elsewhere: House) -> None:
    client = house.client(elsewhere.administrator)
    assert set(pages_of(client).values()) == {403}
    assert {client.post(url, {"text": "{}"}).status_code for url in WRITES} == {403}


def test_a_procedure_of_another_portal_is_not_found(house: House, elsewhere: House) -> None:
    house.care.slug = "seulement-ici"
    house.care.save()
    client = elsewhere.client(elsewhere.administrator)
    assert client.get(address(slug="seulement-ici")).status_code == 404
    assert client.get(address(slug="care-domaine-2")).status_code == 200


def test_the_menu_shows_the_procedures_to_who_may_compose_them_only(house: House) -> None:
    home = "/administration/"
    assert LIST in said(composer(house).get(home))
    assert LIST not in said(house.client(house.editor).get(home))


def test_no_screen_of_ours_holds_a_script_or_a_style_of_its_own(house: House) -> None:
    client = composer(house)
    for url in (LIST, NEW, address(), address("definition/"), address("publication/"), address("dates/")):
        page = client.get(url).content.decode()
        content = page[page.index('<div class="content">') : page.index("</main>")]
        assert "<script" not in content
        assert " style=" not in content
        assert "<style" not in content

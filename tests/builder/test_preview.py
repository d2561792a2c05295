"""The draft as its applicants will see it, and nothing kept of it."""

import re

import pytest
from django.http import HttpResponse

from formdefs import library
from runtime.dossiers.models import Dossier
from runtime.procedures.models import Procedure
from runtime.procedures.services import create_procedure, save_draft
from tests.builder.screens import BARE, address, composer, fresh, said, text_of
from tests.fixtures import House
from tests.formdefs.material import whole

SAMPLES = {"reponses": "exemples"}


def first_page(house: House, slug: str = "care-domaine-2") -> str:
    """The address of the frame, as the preview gives it."""
    page = said(composer(house).get(address("apercu/", slug)))
    start = page.index('src="', page.index("<iframe")) + len('src="')
    return page[start : page.index('"', start)]


def seen(response: HttpResponse) -> str:
    """What a page shows: what waits in its templates is not there for anybody."""
    return re.sub(r"<template.*?</template>", "", said(response), flags=re.S)


def test_a_page_is_shown_by_the_runtime_itself(house: House) -> None:
    page = said(composer(house).get(first_page(house)))
    assert 'name="dsi_nom"' in page
    assert "Enregistrer comme brouillon" in page
    assert "htmx" not in page


def test_an_empty_preview_hides_what_conditions_hide_and_samples_answer(house: House) -> None:
    url = first_page(house)
    empty, answered = said(composer(house).get(url)), said(composer(house).get(url, SAMPLES))
    assert 'id="q-dsi_nom" name="dsi_nom"' in empty
    assert "Entité rattachée 1" in answered
    assert " checked" in answered
    assert " checked" not in empty


def test_the_applicant_is_chosen_since_conditions_depend_on_it(house: House) -> None:
    url, client = first_page(house), composer(house)
    assert 'name="dans_un_groupe"' not in seen(client.get(url, {"demandeur": "ght"}))
    assert 'name="dans_un_groupe"' in seen(client.get(url, {"demandeur": "ej_privee"}))
    assert client.get(url, {"demandeur": "<inconnu>"}).status_code == 200


def test_a_preview_keeps_nothing(house: House) -> None:
    url = first_page(house)
    response = composer(house).post(url, {"dsi_nom": "Benali", "go": "next"})
    assert response.status_code == 302
    assert Dossier.objects.count() == 0


def test_a_preview_obeys_the_public_policy(house: House) -> None:
    client = composer(house)
    policy = client.get(first_page(house))["Content-Security-Policy"]
    public = client.get("/demarches/")["Content-Security-Policy"]
    assert sorted(policy.split("; ")) == sorted(public.split("; "))


def test_a_draft_never_published_is_previewed(house: House) -> None:
    create_procedure(portal=house.portal, slug="velo", text=text_of(BARE), by=house.administrator)
    page = said(composer(house).get(first_page(house, "velo"), SAMPLES))
    assert "Prix payé" in page


@pytest.mark.parametrize("name", library.names())
def test_every_procedure_that_ships_is_previewed_with_samples(house: House, name: str) -> None:
    if not Procedure.objects.filter(slug=name).exists():
        create_procedure(portal=house.portal, slug=name, text=library.text(name), by=house.administrator)
    assert composer(house).get(first_page(house, name), SAMPLES).status_code == 200


def test_a_draft_that_cannot_be_read_has_problems_and_no_preview(house: House) -> None:
    url = first_page(house)
    save_draft(procedure=house.care, text="{", revision=fresh(house).draft_revision, by=house.administrator)
    page = said(composer(house).get(address("apercu/")))
    assert "Ce n’est pas du JSON" in page
    assert "<iframe" not in page
    assert composer(house).get(url).status_code == 404


def test_the_frame_is_as_wide_as_a_phone_or_a_computer(house: House) -> None:
    client = composer(house)
    assert "frame--telephone" in said(client.get(address("apercu/"), {"largeur": "telephone"}))
    assert "frame--ordinateur" in said(client.get(address("apercu/"), {"largeur": "n’importe"}))


def test_the_preview_shows_what_the_instruction_would_read(house: House) -> None:
    url = address("apercu/formulaire/?demandeur=instruction&reponses=exemples")
    page = said(composer(house).get(url))
    assert "Vu par l’instruction" in page
    assert "Coordonnées bancaires" in page


def test_what_is_typed_in_the_preview_changes_it_and_is_not_kept(house: House) -> None:
    url = address("apercu/formulaire/?demandeur=ej_privee")
    client = composer(house)
    assert "Nom du groupe" not in seen(client.get(url))
    typed = {"go": "try", "shown": "dans_un_groupe", "dans_un_groupe": "true"}
    assert "Nom du groupe" in seen(client.post(url, typed))
    assert "Nom du groupe" not in seen(client.get(url))


def test_a_page_that_the_answers_hide_says_so_and_may_be_seen_all_the_same(house: House) -> None:
    layout = [
        {"page": name, "title": name.title(), "sections": [{"id": name, "title": name, "fields": [name]}]}
        for name in ("prix", "motif")
    ]
    layout[1]["when"] = {">": [{"var": "prix"}, 100]}
    properties = {**BARE["properties"], "motif": {"type": "string", "title": "Motif"}}
    document = {**whole(properties, layout=layout), "id": "velo"}
    create_procedure(portal=house.portal, slug="velo", text=text_of(document), by=house.administrator)
    client, url = composer(house), address("apercu/motif/", "velo")
    hidden = said(client.get(url))
    assert "Cette page est masquée avec ces réponses." in hidden
    assert 'name="motif"' not in hidden
    assert 'name="motif"' in said(client.get(url, {"voir": "motif"}))
    assert client.get(address("apercu/absente/", "velo")).status_code == 404

"""The pages of questions, through the front door of Django."""

import json
import re

import pytest
from django.test import Client

from runtime.dossiers.models import Dossier
from runtime.dossiers.services import create_dossier, save_answers
from tests.fixtures import House, begin, complete, make_procedure
from tests.formdefs.material import whole


def address(dossier: Dossier, page: str = "formulaire") -> str:
    return f"/mes-dossiers/{dossier.reference}/formulaire/{page}/"


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', html)
    assert found, name
    return found[1]


def without_parts_aside(html: str) -> str:
    """The page as one without a script sees it: what is hidden waits in inert templates."""
    while "<template" in html:
        html = re.sub(r"<template [^>]*>(?:(?!</?template).)*</template>", "", html, flags=re.DOTALL)
    return html


def post(
    client: Client, url: str, html: str, *, shown: str | None = None, htmx: bool = False, **data: object
):
    sent = {
        "revision": hidden(html, "revision"),
        "shown": hidden(html, "shown") if shown is None else shown,
        "wizard-current_step": hidden(html, "wizard-current_step"),
        **data,
    }
    return client.post(url, sent, headers={"HX-Request": "true"} if htmx else {})


def page_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_carries_its_revision_and_what_it_shows(house: House) -> None:
    html = page_of(house.client(house.applicant), address(begin(house)))
    assert hidden(html, "revision") == "0"
    shown = hidden(html, "shown").split()
    assert "dsi_nom" in shown
    assert "nom_groupe" not in shown
    assert 'name="nom_groupe"' not in without_parts_aside(html)


def test_two_windows_on_the_same_answer_show_both_values(house: House) -> None:
    dossier = begin(house)
    client = house.client(house.applicant)
    url = address(dossier)
    first = second = page_of(client, url)
    post(client, url, first, shown="dsi_nom", dsi_nom="Benali", go="draft")
    answer = post(client, url, second, shown="dsi_nom", dsi_nom="Durand", htmx=True)
    pieces = answer.content.decode()
    assert 'hx-swap-oob="outerHTML"' in pieces
    html = page_of(client, url)
    assert 'value="Benali"' in html
    assert "<strong>Durand</strong>" in html
    post(client, url, html, shown="", adopt="dsi_nom")
    html = page_of(client, url)
    assert 'value="Durand"' in html
    assert "Reprendre cette réponse" not in html


def test_one_does_not_go_on_past_two_answers_without_being_told(house: House) -> None:
    dossier = complete(house, begin(house))
    client = house.client(house.applicant)
    url = address(dossier)
    first = second = page_of(client, url)
    post(client, url, first, shown="dsi_nom", dsi_nom="Martin", go="draft")
    answer = post(client, url, second, shown="dsi_nom", dsi_nom="Durand", go="next")
    html = answer.content.decode()
    assert "choisissez celle à garder" in html
    assert "<strong>Durand</strong>" in html
    answer = post(client, url, html, shown="dsi_nom", dsi_nom="Martin", go="next")
    recap = page_of(client, answer["Location"])
    assert "Une question a reçu deux réponses" in recap
    post(client, url, page_of(client, url), shown="", dismiss="dsi_nom")
    assert "deux réponses" not in page_of(client, answer["Location"])


def test_a_save_by_itself_brings_new_questions_and_takes_hidden_ones_away(house: House) -> None:
    dossier = begin(house)
    client = house.client(house.applicant)
    url = address(dossier)
    html = page_of(client, url)
    pieces = post(client, url, html, dans_un_groupe="true", htmx=True).content.decode()
    assert 'hx-swap-oob="afterend:#f-dans_un_groupe"' in pieces
    assert 'name="nom_groupe"' in pieces
    html = page_of(client, url)
    pieces = post(client, url, html, dans_un_groupe="false", htmx=True).content.decode()
    assert '<div id="f-nom_groupe" hx-swap-oob="delete"></div>' in pieces


def test_next_stays_where_new_questions_appear_and_names_them(house: House) -> None:
    dossier = begin(house)
    client = house.client(house.applicant)
    html = page_of(client, address(dossier))
    answer = post(client, address(dossier), html, dans_un_groupe="true", go="next")
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "De nouvelles questions sont apparues" in html
    assert 'href="#f-nom_groupe"' in html


def test_an_error_stands_beside_its_field_and_in_the_summary(house: House) -> None:
    dossier = begin(house)
    client = house.client(house.applicant)
    html = page_of(client, address(dossier))
    html = post(client, address(dossier), html, iban="FR00", go="next").content.decode()
    assert "<title>Erreur" in html
    assert 'aria-invalid="true"' in html
    assert re.search(r'id="e-iban"[^>]*>\s*<p class="error">', html)
    assert 'value="FR00"' in html


@pytest.fixture
def grant(house: House) -> Dossier:
    procedure = make_procedure(house.portal, house.administrator, "bourse-departementale")
    return create_dossier(procedure=procedure, by=house.applicant, organisation=None)


def test_rows_are_added_filled_and_removed_without_javascript(house: House, grant: Dossier) -> None:
    client = house.client(house.applicant)
    group = next(q for page in _pages(grant) for s in page.sections for q in s.questions if q.rows)
    page = next(p for p in _pages(grant) if any(group in s.questions for s in p.sections))
    url = address(grant, page.id)
    for _ in range(2):
        html = page_of(client, url)
        if f'name="add" value="{group.name}"' not in html:
            pytest.fail("the group is not on its page")
        post(client, url, html, **_rows(html, group.name), add=group.name)
    html = page_of(client, url)
    rows = re.findall(rf'name="{group.name}#" value="(\w+)"', html)
    assert len(rows) == 2
    first = next(q.name for q in group.rows if q.control == "text")
    post(
        client,
        url,
        html,
        **_rows(html, group.name),
        **{f"{group.name}.{rows[1]}.{first}": "Lina"},
        go="draft",
    )
    html = page_of(client, url)
    assert 'value="Lina"' in html
    post(
        client,
        url,
        html,
        **_rows(html, group.name),
        **{f"{group.name}.{rows[1]}.{first}": "Lina"},
        remove=f"{group.name}.{rows[0]}",
    )
    grant.refresh_from_db()
    assert [row["_row"] for row in grant.raw[group.name]] == [rows[1]]
    assert grant.raw[group.name][0][first] == "Lina"


def _pages(dossier: Dossier):
    from runtime.procedures.definitions import definition_of

    return definition_of(dossier.version).first_phase.pages


def _rows(html: str, group: str) -> dict[str, list[str]]:
    return {f"{group}#": re.findall(rf'name="{group}#" value="(\w+)"', html)}


def test_a_page_that_does_not_exist_leads_to_the_first(house: House) -> None:
    dossier = begin(house)
    answer = house.client(house.applicant).get(address(dossier, "nulle-part"))
    assert (answer.status_code, answer["Location"]) == (302, address(dossier))


def test_what_was_typed_is_escaped_wherever_it_is_shown(house: House) -> None:
    dossier = begin(house)
    evil = '"><script>alert(1)</script>'
    save_answers(reference=dossier.reference, by=house.applicant, given={"dsi_nom": evil}, revision=0)
    client = house.client(house.applicant)
    for url in (address(dossier), f"/mes-dossiers/{dossier.reference}/recapitulatif/"):
        html = page_of(client, url)
        assert evil not in html
        assert "&lt;script&gt;alert(1)" in html


def test_what_is_wrong_names_its_question_where_it_stands_away_from_it(house: House) -> None:
    dossier = begin(house)
    client = house.client(house.applicant)
    url = address(dossier)
    typed = {"dsi_prenom": "Na\u202edia", "dsi_nom": "Ben\u202eali"}
    answer = post(client, url, page_of(client, url), shown=" ".join(typed), go="next", **typed)
    wrong = re.findall(r'<li><a href="#f-dsi_(?:pre)?nom">([^<]+)</a>', answer.content.decode())
    assert len(wrong) == len(set(wrong)) == 2
    assert wrong[0].startswith("«\u00a0Prénom DSI\u00a0»\u00a0: Ce texte contient")


@pytest.mark.parametrize("step", ["nulle-part", "", None])
def test_a_page_that_says_it_is_another_is_saved_and_stays(house: House, step: str | None) -> None:
    dossier = begin(house)
    sent = {"shown": "dsi_nom", "dsi_nom": "Benali", "revision": "0", "go": "next"}
    if step is not None:
        sent["wizard-current_step"] = step
    answer = house.client(house.applicant).post(address(dossier), sent)
    assert (answer.status_code, answer["Location"]) == (302, address(dossier))
    dossier.refresh_from_db()
    assert dossier.raw["dsi_nom"] == "Benali"


def test_a_section_that_asks_nothing_is_not_said_to_be_complete(house: House) -> None:
    sections = [
        {"id": "mot", "title": "À savoir", "intro": "Gardez vos factures.", "fields": []},
        {"id": "qui", "title": "Vous", "fields": ["nom"]},
    ]
    text = json.dumps(
        whole({"nom": {"type": "string"}}, layout=[{"page": "p", "title": "Page", "sections": sections}])
    )
    procedure = make_procedure(house.portal, house.administrator, "essai", text=text)
    dossier = create_dossier(procedure=procedure, by=house.applicant, organisation=None)
    html = page_of(house.client(house.applicant), address(dossier, "p"))
    assert "Gardez vos factures." in html
    assert re.search(r'id="state-mot"></span>', html)
    assert not re.search(r'id="state-qui"></span>', html)

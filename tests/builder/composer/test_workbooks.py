"""The screen of the workbooks: each change is an act; the real file is given, and read back."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from formdefs import library, load
from runtime.procedures.models import Procedure
from runtime.procedures.services import create_procedure
from tenants.accounts.models import User
from tests.builder.journal.test_services import lucie
from tests.builder.screens import address, composer, fresh, said
from tests.fixtures import House

__all__ = ["lucie"]
SLUG = "frais"
ACT = address("composer/acte/")
BOOK = "trame-financiere"


@pytest.fixture
def fees(house: House) -> Procedure:
    """A démarche that asks for a workbook."""
    text = library.text("care-frais-engages").replace('"id": "care-frais-engages"', f'"id": "{SLUG}"')
    return create_procedure(portal=house.portal, slug=SLUG, text=text, by=house.administrator)


def now(slug: str = SLUG) -> Any:
    """The draft's document."""
    return json.loads(Procedure.objects.get(slug=slug).draft_text)


def do(client: Client, act: str, at: str, *, slug: str = SLUG, **given: Any) -> str:
    """One act by a form; what the page that follows says."""
    revision = Procedure.objects.get(slug=slug).draft_revision
    sent = {"act": act, "at": at, "tab": "workbooks", "revision": revision, **given}
    return said(client.post(address("composer/acte/", slug), sent, follow=True))


def setting(client: Client, at: str, name: str, value: str, seen: Any = None, slug: str = SLUG) -> str:
    given = {"shown": name, "seen": json.dumps({name: seen} if seen else {}), name: value}
    return do(client, "set", at, slug=slug, **given)


def column(name: str, sheet: int = 0) -> Any:
    return now()["documents"][0]["sheets"][sheet]["table"]["columns"]["properties"][name]


def test_the_screen_shows_each_sheet_as_a_spreadsheet_would(house: House, fees: Procedure) -> None:
    page = said(composer(house).get(address("composer/documents/", SLUG)))
    for text in (
        "Trame financière",
        "Frais engagés",
        "Montant TTC",
        "calculée",
        "Synthèse à signer",
        "Total",
    ):
        assert text in page
    assert "Demandé par « Trame financière »" in page
    assert "Les aides reçues dépassent" in page


def test_a_workbook_is_composed_from_nothing_and_undone_byte_for_byte(house: House) -> None:
    client, slug = composer(house), "care-domaine-2"
    before = fresh(house).draft_text

    def act(name: str, at: str, **given: Any) -> str:
        return do(client, name, at, slug=slug, **given)

    assert "Classeur « Budget » ajouté" in act("add_workbook", "d/demarche", title="Budget")
    act("add_column", "f/budget.lignes", title="Prix", kind="money")
    act("add_column", "c/budget.lignes.prix", title="Prix TTC", kind="money")
    setting(client, "c/budget.lignes.prix", "required", "true", slug=slug)
    setting(client, "c/budget.lignes.prix", "total", "true", slug=slug)
    act("add_line", "f/budget.lignes", title="Aide reçue", kind="money")
    act("up", "c/budget.lignes.prix")
    act("add_sheet", "b/budget", title="Synthèse")
    act("up", "f/budget.synthese")
    assert "Une ligne s’appelle" in said(client.get(address("composer/f/budget.lignes/", slug)))
    setting(client, "f/budget.lignes", "most", "50", slug=slug)
    setting(client, "f/budget.synthese", "signed", "true", slug=slug)
    book = now(slug)["documents"][0]
    table = book["sheets"][1]["table"]
    assert [each["id"] for each in book["sheets"]] == ["synthese", "lignes"]
    assert book["sheets"][0]["signed"] is True
    assert list(table["columns"]["properties"]) == ["prix", "intitule", "prix_ttc"]
    assert table["columns"]["required"] == ["prix"]
    assert table["totals"] == {"total_prix": {"column": "prix"}}
    assert table["most"] == 50
    assert load(fresh(house).draft_text).workbooks["budget"].form.questions["aide_recue"]

    acts = fresh(house).draft_revision - 1
    for _ in range(acts):
        client.post(ACT, {"act": "undo"})
    assert fresh(house).draft_text == before


def cell(page: str, ref: str) -> str:
    """The opening tag and the text of a cell."""
    return (
        page.partition(f'data-cell="{ref}"')[0].rpartition("<td")[2]
        + page.partition(f'data-cell="{ref}"')[2].partition("</td>")[0]
    )


def test_the_grid_is_the_file_filled_in_with_samples_and_what_they_compute(
    house: House, fees: Procedure
) -> None:
    page = said(composer(house).get(address(f"composer/c/{BOOK}.frais.montant_ttc/", SLUG)))
    assert 'aria-label="G7, Montant TTC, calculée, 1 249,37 €"' in cell(page, "G7").replace("\u202f", " ")
    assert 'data-excel="=IF(AND(E7' in cell(page, "G7")
    assert "cell--input" in cell(page, "E7")
    assert "Infrastructure" in cell(page, "A7")
    assert "Logiciel" in cell(page, "A8")
    assert "17/05/2001" in cell(page, "D7")
    assert "3 748,11 €" in cell(page, "G207").replace("\u202f", " ")
    assert "jusqu’à 200 lignes" in cell(page, "A11")
    assert "cells__current" in cell(page, "G6")


def test_the_grid_stands_where_the_real_file_puts_each_thing(house: House, fees: Procedure) -> None:
    client = composer(house)
    page = said(client.get(address(f"composer/f/{BOOK}.frais/", SLUG)))
    sheet = load_workbook(BytesIO(client.get(address(f"composer/b/{BOOK}/fichier.xlsx", SLUG)).content))[
        "Frais engagés"
    ]
    for ref in ("A1", "A3", "B3", "A6", "E6", "G6"):
        assert str(sheet[ref].value).split("\n")[0] in cell(page, ref)
    assert sheet["G7"].value.replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;") in cell(
        page, "G7"
    )


def test_each_sheet_has_its_address_and_its_lines(house: House, fees: Procedure) -> None:
    page = said(composer(house).get(address(f"composer/l/{BOOK}.ressources.aide_region/", SLUG)))
    assert 'aria-label="A4, Région, intitulé de ligne"' in cell(page, "A4")
    assert 'data-name="Région"' in cell(page, "A4")
    assert 'data-name="Montant TTC"' not in page


def test_rows_given_by_the_organisation_are_those_of_its_entities(house: House, fees: Procedure) -> None:
    client, sheet = composer(house), f"f/{BOOK}.frais"
    setting(client, sheet, "each", "organisation.entities")
    page = said(client.get(address(f"composer/{sheet}/", SLUG)))
    assert "Entité rattachée 2" in cell(page, "B8")
    assert "cell--computed" in cell(page, "B8")
    assert "remplie par l’organisme" in cell(page, "B6")
    setting(client, f"c/{BOOK}.frais.facture", "given", "finess")
    table = now()["documents"][0]["sheets"][0]["table"]
    assert table["given"] == {"objet": "name", "facture": "finess"}
    assert "Obligatoire" not in said(client.get(address(f"composer/c/{BOOK}.frais.facture/", SLUG)))


def test_a_sum_is_named_once_it_is_asked_for(house: House, fees: Procedure) -> None:
    client, at = composer(house), f"c/{BOOK}.frais.montant_ht"
    assert "Titre de la somme" in said(client.get(address(f"composer/{at}/", SLUG)))
    setting(client, at, "total_title", "Total hors taxes", "Total HT")
    assert "Total hors taxes, calculée" in said(client.get(address(f"composer/{at}/", SLUG)))
    sent = {"act": "set", "at": at, "revision": 2, "shown": "total", "seen": '{"total": true}'}
    answer = client.post(ACT.replace("care-domaine-2", SLUG), sent, headers={"X-Composer": "1"}).json()
    assert "Titre de la somme" not in answer["panel"]


def test_a_check_of_rows_is_composed_without_json_and_told_at_its_cell(house: House, fees: Procedure) -> None:
    client, at = composer(house), f"k/{BOOK}.frais.controle"
    do(client, "add_row_check", f"c/{BOOK}.frais.tva", title="Ce taux n’existe pas.")
    page = said(client.get(address(f"composer/{at}/", SLUG)))
    assert "Contrôles de chaque ligne" in page
    assert "toujours vrai : écrivez sa règle" in page
    assert "Dit à" in page
    rule = address(f"composer/{at}/regle/", SLUG)
    assert "TVA" in said(client.get(rule))
    client.post(rule, {"go": "apply", "mode": "formule", "formule": "tva ≤ 20", "revision": 2})
    assert "« TVA » est inférieur" in said(client.get(address(f"composer/{at}/", SLUG)))
    setting(client, at, "said_at", "montant_ht", "tva")
    (check,) = now()["documents"][0]["sheets"][0]["table"]["checks"]
    assert check["at"] == "montant_ht"


def test_pasted_columns_are_read_then_added_in_one_act(house: House, fees: Procedure) -> None:
    client, text = composer(house), "Fournisseur *\tPayée le\nKervella\t03/06/2026"
    where = address(f"composer/f/{BOOK}.frais/colonnes/", SLUG)
    assert "La première ligne donne les en-têtes" in said(client.get(where))
    at = f"c/{BOOK}.frais.objet"
    page = said(client.post(where, {"list": text, "at": at}))
    assert "2 colonnes prêtes" in page
    assert '<option value="date" selected>' in page
    given = {"list": text, "kind.1": "year_month"}
    assert "2 colonnes ajoutées" in do(client, "paste_columns", at, **given)
    columns = now()["documents"][0]["sheets"][0]["table"]["columns"]
    assert list(columns["properties"])[2:4] == ["fournisseur", "payee_le"]
    assert columns["properties"]["payee_le"]["x-field"] == {"type": "year_month"}
    assert "fournisseur" in columns["required"]
    client.post(ACT.replace("care-domaine-2", SLUG), {"act": "undo"})
    assert now() == json.loads(fees.draft_text)


def test_a_script_is_given_the_sheet_alone_with_a_constant_number_of_statements(
    house: House, fees: Procedure
) -> None:
    client, where = composer(house), address(f"composer/f/{BOOK}.frais/grille/", SLUG)
    client.get(where)
    with CaptureQueriesContext(connection) as few:
        page = said(client.get(where))
    once = len(few)
    assert "data-redraw" in page
    assert "<html" not in page
    for number in range(10):
        do(client, "add_column", f"f/{BOOK}.frais", title=f"Colonne {number}", kind="text")
    with CaptureQueriesContext(connection) as many:
        client.get(where)
    assert len(many) == once > 0
    assert client.get(address("composer/f/inconnu.rien/grille/", SLUG)).status_code == 404
    assert client.get(address("composer/q/nom/grille/", SLUG)).status_code == 404
    assert client.get(address("composer/f/inconnu.rien/colonnes/", SLUG)).status_code == 404


def test_a_column_is_computed_by_the_formula_line(house: House, fees: Procedure) -> None:
    client = composer(house)
    where = address(f"composer/c/{BOOK}.frais.montant_ttc/calcul/", SLUG)
    drawn = client.post(where, {"go": "draw", "mode": "formule", "formule": "montant_ht + 1"})
    assert "Résultat :" in said(drawn)
    client.post(where, {"go": "apply", "formule": "montant_ht", "revision": 1})
    assert column("montant_ttc")["x-field"]["compute"] == {"var": "montant_ht"}
    wrong = client.post(where, {"go": "apply", "formule": "inconnu * 2", "revision": 2})
    assert wrong.status_code == 422


def test_a_column_takes_only_a_type_that_fits_a_cell(house: House, fees: Procedure) -> None:
    client = composer(house)
    setting(client, f"c/{BOOK}.frais.objet", "kind", "long_text", "text")
    assert column("objet")["x-field"]["type"] == "long_text"
    page = do(client, "add_column", f"f/{BOOK}.frais", title="Facture jointe", kind="document")
    assert "Ce type ne tient pas dans une cellule." in page


def test_what_formulas_or_questions_need_is_not_deleted(house: House, fees: Procedure) -> None:
    client = composer(house)
    assert "demande ce classeur" in do(client, "delete", f"b/{BOOK}")
    refused = do(client, "delete", f"c/{BOOK}.frais.montant_ht")
    assert "« Montant HT » est lue par une règle de « Montant TTC »" in refused
    refused = do(client, "delete", f"f/{BOOK}.frais")
    for reader in ("Dépenses engagées, TTC", "Reste à la charge de l’établissement", "Les aides reçues"):
        assert reader in refused
    assert now() == json.loads(fees.draft_text)


def test_two_administrators_who_give_a_column_two_titles_see_both(
    house: House, fees: Procedure, lucie: User
) -> None:
    client, other = composer(house), house.client(lucie)
    at = f"c/{BOOK}.frais.objet"
    setting(client, at, "title", "Objet de la facture", "Objet")
    sent = {"act": "set", "at": at, "revision": 1, "shown": "title", "seen": '{"title": "Objet"}'}
    answer = other.post(
        address("composer/acte/", SLUG), {**sent, "title": "Désignation"}, headers={"X-Composer": "1"}
    )
    assert answer.status_code == 409
    assert answer.json()["conflict"]["theirs"] == "Objet de la facture"


def test_the_real_file_is_downloaded_filled_in_and_read_back(house: House, fees: Procedure) -> None:
    client = composer(house)
    answer = client.get(address(f"composer/b/{BOOK}/fichier.xlsx", SLUG))
    assert answer["Content-Disposition"] == f'attachment; filename="{BOOK}.xlsx"'
    book = load_workbook(BytesIO(answer.content))
    sheet = book["Frais engagés"]
    first = next(cell.row for cell in sheet["A"] if cell.value == "Nature *") + 1

    def tried(amount: object) -> Any:
        for number, value in enumerate(("Logiciel", "Sauvegarde", "F-1", "03/06/2026", amount, "20"), 1):
            sheet.cell(first, number).value = value
        saved = BytesIO()
        book.save(saved)
        saved.seek(0)
        saved.name = "rempli.xlsx"
        return client.post(address(f"composer/b/{BOOK}/essai/", SLUG), {"classeur": saved})

    wrong = tried("cent")
    assert wrong.status_code == 422
    assert f"Frais engagés!E{first} :" in said(wrong)
    right = tried(1000)
    assert right.status_code == 200
    assert "Ce classeur serait accepté" in said(right)


def test_a_file_that_is_no_workbook_is_told_so(house: House, fees: Procedure) -> None:
    client, where = composer(house), address(f"composer/b/{BOOK}/essai/", SLUG)
    bad = BytesIO(b"pas un classeur")
    bad.name = "note.xlsx"
    assert "n’est pas un classeur Excel" in said(client.post(where, {"classeur": bad}))
    assert "Choisissez un classeur rempli." in said(client.post(where))
    assert client.get(address("composer/b/inconnu/fichier.xlsx", SLUG)).status_code == 404


def test_a_question_asks_for_one_of_the_workbooks(house: House) -> None:
    client, slug = composer(house), "care-domaine-2"
    assert "Ajoutez d’abord un classeur" in do(
        client, "add", "q/iban", slug=slug, title="Budget", kind="workbook"
    )
    do(client, "add_workbook", "d/demarche", slug=slug, title="Trame")
    do(client, "add_workbook", "d/demarche", slug=slug, title="Annexe")
    do(client, "add", "q/iban", slug=slug, title="Votre budget", kind="workbook")
    page = said(client.get(address("composer/q/votre_budget/", slug)))
    assert "Classeur à remplir" in page
    setting(client, "q/votre_budget", "workbook", "trame", "annexe", slug=slug)
    question = now(slug)["phases"][0]["answers"]["properties"]["votre_budget"]
    assert question["x-field"] == {"type": "workbook", "workbook": "trame"}


def test_a_script_is_given_the_panel_again_when_a_type_changes_and_the_tab_after_a_deletion(
    house: House, fees: Procedure
) -> None:
    client, where = composer(house), address("composer/acte/", SLUG)
    at = f"c/{BOOK}.frais.objet"
    sent = {
        "act": "set",
        "at": at,
        "revision": 1,
        "shown": "kind",
        "seen": '{"kind": "text"}',
        "kind": "long_text",
    }
    assert "panel" in client.post(where, sent, headers={"X-Composer": "1"}).json()
    do(client, "add_workbook", "d/demarche", title="Annexe")
    gone = {"act": "delete", "at": "b/annexe", "revision": 3}
    answer = client.post(where, gone, headers={"X-Composer": "1"}).json()
    assert answer["address"] == address("composer/documents/", SLUG)

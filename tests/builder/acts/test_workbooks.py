"""Acts on workbooks: each is undone to the byte, and leaves nothing behind what it takes out."""

import random
from typing import Any

import pytest

from builder.acts import ABSENT, Asked, Impossible, apply, inverse, perform, target_of
from builder.acts.breakages import broken_parts
from builder.acts.columns import heads_of
from formdefs import dump, library, load
from formdefs.dump import parse
from tests.builder.acts.test_properties import Hand

TEXT = library.text("care-frais-engages")
BOOK = "trame-financiere"


def performed(act: str, at: str, **args: Any) -> Any:
    return perform(parse(TEXT), Asked(act, target_of(at), args))


@pytest.mark.parametrize(
    ("act", "at", "args"),
    [
        ("add_workbook", "d/demarche", {"title": "Annexe"}),
        ("add_sheet", f"f/{BOOK}.frais", {"title": "Détail"}),
        ("add_column", f"c/{BOOK}.frais.objet", {"title": "Rang", "kind": "integer"}),
        ("add_line", f"f/{BOOK}.frais", {"title": "Acompte", "kind": "money"}),
        ("add_check", f"b/{BOOK}", {"title": "Vérifiez."}),
        ("move", f"c/{BOOK}.frais.objet", {"by": "down"}),
        ("move", f"f/{BOOK}.ressources", {"by": "up"}),
        ("delete", f"c/{BOOK}.frais.objet", {}),
        ("delete", f"f/{BOOK}.frais", {}),
        ("add_row_check", f"c/{BOOK}.frais.objet", {"title": "Vérifiez."}),
        ("set", f"c/{BOOK}.frais.montant_ht", {"values": {("total_title",): "Total hors taxes"}}),
        ("set", f"f/{BOOK}.frais", {"values": {("table", "each"): "organisation.entities"}}),
        ("set", f"c/{BOOK}.frais.objet", {"values": {("given",): "name"}}),
        ("delete", "k/total-de-la-trame", {}),
        ("set", f"c/{BOOK}.frais.montant_ht", {"values": {("total",): False}}),
        ("set", f"c/{BOOK}.frais.montant_ht", {"values": {("kind",): "text"}}),
        ("set", f"l/{BOOK}.ressources.aide_region", {"values": {("required",): True}}),
    ],
)
def test_an_act_changes_the_draft_and_is_undone_to_the_byte(act: str, at: str, args: dict[str, Any]) -> None:
    done = performed(act, at, **args)
    assert dump(done.document) != TEXT
    assert dump(apply(done.document, inverse(done.patch))) == TEXT


def test_a_column_goes_with_its_total_and_its_requirement() -> None:
    table = performed("delete", f"c/{BOOK}.frais.montant_ht").document["documents"][0]["sheets"][0]["table"]
    assert "montant_ht" not in table["columns"]["required"]
    assert list(table["totals"]) == ["total_ttc"]


def test_the_last_check_goes_with_its_list() -> None:
    assert "checks" not in performed("delete", "k/total-de-la-trame").document["phases"][0]


def test_what_is_added_is_a_definition_that_loads() -> None:
    done = performed("add_workbook", "d/demarche", title="Annexe")
    done = perform(
        done.document, Asked("add_line", target_of("f/annexe.lignes"), {"title": "Solde", "kind": "money"})
    )
    assert list(load(dump(done.document)).workbooks["annexe"].form.questions) == ["lignes", "solde"]


@pytest.mark.parametrize("title", ["Un titre bien trop long pour un onglet", "Frais/2026", "L'an dernier"])
def test_a_sheet_takes_no_title_that_a_spreadsheet_refuses(title: str) -> None:
    with pytest.raises(Impossible):
        performed("add_sheet", f"b/{BOOK}", title=title)


def test_columns_are_added_to_a_sheet_and_not_to_a_workbook() -> None:
    with pytest.raises(Impossible):
        performed("add_column", f"b/{BOOK}", title="Rang", kind="integer")


def given_rows(*more: tuple[str, dict[str, Any]]) -> Any:
    """The first sheet once each entity gives a row, after other settings."""
    done = performed("set", f"f/{BOOK}.frais", values={("table", "each"): "organisation.entities"})
    for at, values in more:
        done = perform(done.document, Asked("set", target_of(at), {"values": values}))
    load(dump(done.document))
    return done.document["documents"][0]["sheets"][0]["table"]


def test_rows_given_by_the_organisation_name_themselves_in_the_first_text_column() -> None:
    table = given_rows()
    assert (table["each"], table["given"]) == ("organisation.entities", {"objet": "name"})
    assert "objet" not in table["columns"]["required"]


def test_what_gives_a_column_goes_with_the_rows_the_formula_or_the_type_that_cannot_take_it() -> None:
    objet = f"c/{BOOK}.frais.objet"
    for at, values in (
        (f"f/{BOOK}.frais", {("table", "each"): ABSENT}),
        (objet, {("x-field", "compute"): {"var": "facture"}}),
        (objet, {("kind",): "integer"}),
    ):
        assert "given" not in given_rows((at, values))


def test_a_check_of_rows_is_told_at_the_selected_column_and_holds_it() -> None:
    done = performed("add_row_check", f"c/{BOOK}.frais.objet", title="Décrivez l’objet.")
    assert str(done.done.select) == f"k/{BOOK}.frais.controle"
    (check,) = done.document["documents"][0]["sheets"][0]["table"]["checks"]
    assert (check["at"], check["that"]) == ("objet", True)
    with pytest.raises(Impossible, match="est dit à cette colonne"):
        perform(done.document, Asked("delete", target_of(f"c/{BOOK}.frais.objet")))
    gone = perform(done.document, Asked("delete", done.done.select))
    assert dump(gone.document) == TEXT


def test_a_sheet_without_columns_has_no_rows_to_check() -> None:
    for at in (f"f/{BOOK}.ressources", f"b/{BOOK}"):
        with pytest.raises(Impossible):
            performed("add_row_check", at, title="Vérifiez.")


def test_what_no_longer_holds_is_named_by_its_part() -> None:
    document = parse(TEXT)
    document["documents"][0]["sheets"][0]["table"]["checks"] = [{"id": "taux", "message": "Taux ?"}]
    pointers = [
        "/documents/0/sheets/0/table/columns/properties/tva/x-field/compute",
        "/documents/0/sheets/0/table/checks/0/that",
        "/documents/0/sheets/1/lines/properties/aide_region",
        "/documents/0/sheets/1/lines/properties/aide_region/x-field",
        "/documents/0/checks/0/that",
        "/phases/0/checks/0/at",
        "/phases/0/reviews/0/when",
        "/phases/0/layout",
    ]
    assert [str(each.target) for each in broken_parts(document, pointers)] == [
        f"c/{BOOK}.frais.tva",
        f"k/{BOOK}.frais.taux",
        f"l/{BOOK}.ressources.aide_region",
        f"k/{BOOK}.aides",
        "k/total-de-la-trame",
        "e/ars",
    ]


def parts(document: Any) -> list[str]:
    """Everything that may be acted on in the workbooks of a document."""
    found = ["d/demarche"]
    for book in document.get("documents", ()):
        found.append(f"b/{book['id']}")
        for sheet in book["sheets"]:
            at, table = f"{book['id']}.{sheet['id']}", sheet.get("table", {})
            found.append(f"f/{at}")
            found += [f"c/{at}.{name}" for name in table.get("columns", {}).get("properties", {})]
            found += [f"l/{at}.{name}" for name in sheet.get("lines", {}).get("properties", {})]
            found += [f"k/{at}.{check['id']}" for check in table.get("checks", ())]
    return found


SETTINGS: list[dict[tuple[str, ...], Any]] = [
    {("table", "each"): "organisation.entities"},
    {("table", "each"): ABSENT},
    {("given",): "finess"},
    {("kind",): "integer"},
    {("total",): True},
    {("total_title",): "Total des lots"},
    {("required",): True},
    {("x-field", "compute"): {"var": "rang"}},
]
ACTS = [
    "add_column",
    "add_line",
    "add_row_check",
    "add_sheet",
    "paste_columns",
    "move",
    "delete",
    "set",
    "set",
]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_to_workbooks_loads_and_is_undone_to_the_byte(seed: int) -> None:
    chance, hand = random.Random(seed), Hand(TEXT)
    for _ in range(80):
        args = {
            "title": chance.choice(["Rang", "Montant HT", "Date"]),
            "kind": chance.choice(["text", "guess", "money"]),
            "by": chance.choice(["up", "down"]),
            "heads": heads_of("Lot\tMontant *\nA\t12"),
            "values": chance.choice(SETTINGS),
        }
        at = target_of(chance.choice(parts(hand.document)))
        hand.act(Asked(chance.choice(ACTS), at, args))
    assert len(hand.done) > 20
    while hand.done:
        hand.undo()
    assert dump(hand.document) == TEXT

"""Acts on workbooks: each is undone to the byte, and leaves nothing behind what it takes out."""

from typing import Any

import pytest

from builder.acts import Asked, Impossible, apply, inverse, perform, target_of
from formdefs import dump, library, load
from formdefs.dump import parse

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

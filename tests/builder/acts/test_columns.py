"""Columns pasted from a spreadsheet: their types are told by their values, else supposed by their titles."""

import pytest

from builder.acts import Asked, Impossible, apply, inverse, perform, target_of
from builder.acts.columns import Head, head_of, heads_of
from formdefs import dump, library, load
from formdefs.dump import parse

TEXT = library.text("care-frais-engages")
AT = "c/trame-financiere.frais.objet"
PASTED = (
    "Fournisseur *\tSIRET\tPayée le\tMontant\tTaux\tLot\tSoldée\n"
    "Ateliers Kervella\t13002526500013\t03/06/2026\t1 200,50\t20 %\tA\toui\n"
    "Menuiserie Le Goff\t13002526500013\t17/06/2026\t900\t5,5 %\tB\tnon\n"
    "Ateliers Kerné\t13002526500013\t2026-07-01\t40\t0 %\tA\toui\n"
    "Toitures du Trégor\t13002526500013\t01/09/2026\t10\t20 %\tB\toui\n"
)


def test_each_type_is_told_by_what_stands_below_the_head() -> None:
    assert heads_of(PASTED) == (
        Head("Fournisseur", "text", sure=True, required=True),
        Head("SIRET", "siret", sure=True),
        Head("Payée le", "date", sure=True),
        Head("Montant", "money", sure=True),
        Head("Taux", "percentage", sure=True),
        Head("Lot", "choice", ("A", "B"), sure=True),
        Head("Soldée", "yes_no", sure=True),
    )


@pytest.mark.parametrize(
    ("title", "values", "kind"),
    [
        ("Montant", (), "money"),
        ("Montant", ("beaucoup",), "text"),
        ("Rang", ("1", "2"), "integer"),
        ("Poids", ("1,5", "2"), "decimal"),
        ("Référence", ("0012", "0034"), "text"),
        ("Prix", ("12 €",), "money"),
        ("Copie de la facture", (), "text"),
    ],
)
def test_a_title_supposes_only_a_type_that_its_values_and_a_cell_may_have(
    title: str, values: tuple[str, ...], kind: str
) -> None:
    assert head_of(title, values).kind == kind


def test_a_cell_of_several_lines_is_one_head_and_blank_heads_are_left_out() -> None:
    assert [each.title for each in heads_of('"Montant\nHT"\t\tDate\n\n')] == ["Montant HT", "Date"]
    assert heads_of(" \n\t\n") == ()


def test_pasted_columns_come_after_the_selected_one_in_one_act_undone_to_the_byte() -> None:
    done = perform(parse(TEXT), Asked("paste_columns", target_of(AT), {"heads": heads_of(PASTED)}))
    table = done.document["documents"][0]["sheets"][0]["table"]
    assert list(table["columns"]["properties"])[1:5] == ["objet", "fournisseur", "siret", "payee_le"]
    assert "fournisseur" in table["columns"]["required"]
    assert [each["title"] for each in table["columns"]["properties"]["lot"]["oneOf"]] == ["A", "B"]
    assert load(dump(done.document)).workbooks["trame-financiere"]
    assert dump(apply(done.document, inverse(done.patch))) == TEXT


def test_nothing_pasted_adds_nothing() -> None:
    with pytest.raises(Impossible):
        perform(parse(TEXT), Asked("paste_columns", target_of(AT), {"heads": ()}))


def test_a_new_column_whose_type_is_not_told_takes_the_one_of_its_title() -> None:
    args = {"title": "Date de paiement", "kind": "guess"}
    done = perform(parse(TEXT), Asked("add_column", target_of(AT), args))
    columns = done.document["documents"][0]["sheets"][0]["table"]["columns"]["properties"]
    assert columns["date_de_paiement"]["x-field"] == {"type": "date"}

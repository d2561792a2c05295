"""A workbook is read back whatever saved it, and every problem is told with its sheet and its cell."""

import json
import re
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook as Plain
from openpyxl.workbook.workbook import Workbook as Book

from formdefs import DefinitionError, load
from runtime.workbooks.opening import Unreadable
from runtime.workbooks.read import read_workbook
from runtime.workbooks.write import write_workbook
from tests.formdefs.material import FIXTURES
from tests.runtime.workbooks.material import (
    CONTEXT,
    DEFINITION,
    FEES,
    ROWS,
    added,
    changed,
    filled,
    plain,
    read,
    rewritten,
)

SHEET = "xl/worksheets/sheet1.xml"


def put(cell: str, value: Any, sheet: str = FEES) -> bytes:
    def change(book: Book) -> None:
        book[sheet][cell] = value

    return changed(change)


def test_what_was_written_is_read_back_to_the_cent() -> None:
    found = read(filled())
    assert found.problems == found.notices == []
    rows = found.answers["depenses"]
    assert [row["montant_ttc"] for row in rows] == [2208000, 12]
    assert [{key: row.get(key) for key in given} for row, given in zip(rows, ROWS, strict=True)] == ROWS
    assert (found.answers["total_ttc"], found.answers["reste"]) == (2208012, 2208012)


def test_what_another_spreadsheet_saved_is_read_as_well() -> None:
    found = read(changed(lambda book: None))
    assert found.problems == []
    assert found.answers["total_ttc"] == 2208012


def test_a_text_where_a_number_goes_is_named_by_its_cell() -> None:
    (said,) = plain(read(put("E6", "beaucoup")).problems)
    assert said == "Frais engagés!E6 : indiquez un montant en euros, par exemple 1 234,56."


def test_what_is_missing_in_a_row_is_named_by_its_cell() -> None:
    assert plain(read(put("B6", None)).problems) == ["Frais engagés!B6 : répondez à « Objet »."]


def test_a_choice_that_is_not_offered_is_named_by_its_cell() -> None:
    (said,) = plain(read(put("A7", "Voyage")).problems)
    assert said.startswith("Frais engagés!A7 : choisissez")


def with_row_check(rule: Any) -> str:
    """The definition with a check of each row, told at the fees’ object."""
    document = json.loads(DEFINITION.text)
    table = next(each["table"] for each in document["documents"][0]["sheets"] if each["id"] == "depenses")
    table["checks"] = [{"id": "ordre", "that": rule, "message": "Décrivez mieux.", "at": "objet"}]
    return json.dumps(document, ensure_ascii=False)


def test_a_check_of_each_row_is_told_at_the_cell_of_the_rows_where_it_is_false() -> None:
    book = load(with_row_check({"!=": [{"var": "objet"}, "Audit"]})).workbooks["trame"]
    found = read_workbook(book, BytesIO(write_workbook(book, CONTEXT, {"depenses": ROWS})), CONTEXT)
    assert plain(found.problems) == ["Frais engagés!B7 : décrivez mieux."]


def test_a_flaw_in_a_check_of_rows_is_told_where_the_workbook_writes_it() -> None:
    with pytest.raises(DefinitionError) as caught:
        load(with_row_check({"==": [{"var": "inconnu"}, 1]}))
    assert caught.value.problems[0].pointer.startswith("/documents/0/sheets/0/table/checks/0/that")


def test_an_empty_table_that_asks_for_a_row_says_so() -> None:
    (said,) = plain(read(filled([])).problems)
    assert said.startswith("Frais engagés : ajoutez")


def test_a_formula_replaced_by_a_number_is_computed_again_and_noticed() -> None:
    found = read(put("G6", 1.0))
    assert found.answers["depenses"][0]["montant_ttc"] == 2208000
    assert plain(found.notices) == [
        "Frais engagés!G6 : la formule a été remplacée. Le calcul est refait.",
        "Frais engagés!G6 : 1,00 € lu, 22 080,00 € attendu. La valeur attendue est retenue.",
    ]


def test_a_changed_formula_is_computed_again_and_noticed() -> None:
    found = read(put("G7", "=E7*3"))
    assert found.answers["total_ttc"] == 2208012
    assert "Frais engagés!G7 : la formule a été changée. Le calcul est refait." in plain(found.notices)


def test_a_forged_total_is_caught_though_its_formula_is_untouched() -> None:
    forged = rewritten(SHEET, lambda xml: xml.replace(b"<v>22080.12</v>", b"<v>99999.0</v>"))
    assert forged != filled()
    found = read(forged)
    assert found.answers["total_ttc"] == 2208012
    assert any("99 999,00 € lu, 22 080,12 € attendu" in said for said in plain(found.notices))


def test_a_number_that_a_formula_gives_is_read_by_its_value() -> None:
    computed = rewritten(SHEET, lambda xml: xml.replace(b"<v>18400</v>", b"<f>9200*2</f><v>18400</v>"))
    assert read(computed).answers["depenses"][0]["montant_ht"] == 1840000


def test_rows_inserted_above_the_table_are_followed() -> None:
    def change(book: Book) -> None:
        book[FEES].insert_rows(1, 2)

    found = read(changed(change))
    assert found.problems == []
    assert len(found.answers["depenses"]) == 2


def test_a_head_that_was_changed_is_named_by_its_cell() -> None:
    (said,) = plain(read(put("E5", "Prix")).problems)
    assert said.startswith("Frais engagés!E5 : l’en-tête « Montant HT » a été changé")


def test_a_missing_sheet_is_named() -> None:
    def change(book: Book) -> None:
        del book["Synthèse à signer"]

    assert any("« Synthèse à signer » manque" in said for said in plain(read(changed(change)).problems))


def test_a_sheet_more_is_noticed_and_not_read() -> None:
    found = read(changed(lambda book: book.create_sheet("Brouillon")))
    assert found.problems == []
    assert plain(found.notices) == ["La feuille « Brouillon » a été ajoutée : elle n’est pas lue."]


def test_hidden_rows_are_read_and_noticed() -> None:
    def change(book: Book) -> None:
        book[FEES].row_dimensions[7].hidden = True

    found = read(changed(change))
    assert len(found.answers["depenses"]) == 2
    assert plain(found.notices) == [
        "Frais engagés!7 : cette ligne est masquée. Elle est lue comme les autres."
    ]


def test_merged_cells_are_named() -> None:
    (said,) = plain(read(changed(lambda book: book[FEES].merge_cells("B6:C6"))).problems)
    assert said.startswith("Frais engagés!B6 : cette cellule est fusionnée")


def test_a_sheet_said_to_be_immense_is_read_at_once() -> None:
    huge = rewritten(
        SHEET, lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', xml)
    )
    assert b"XFD" in ZipFile(BytesIO(huge)).read(SHEET)
    assert read(huge).answers["total_ttc"] == 2208012


def bomb() -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", "<Types/>")
        target.writestr("xl/workbook.xml", "<workbook/>")
        target.writestr("xl/sharedStrings.xml", b"a" * (200 << 20))
    return made.getvalue()


def lying_bomb() -> bytes:
    """Says in its directory that what it holds is small."""
    file = bytearray(bomb())
    return bytes(file).replace((200 << 20).to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def other_book() -> bytes:
    made = BytesIO()
    Plain().save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"Nature;Objet\ninfra;x\n", "workbook.format"),
        (b"", "workbook.format"),
        (b"PK\x03\x04 tronqu", "workbook.broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "workbook.ole"),
        (filled()[:4000], "workbook.broken"),
        (bomb(), "workbook.large"),
        (lying_bomb(), "workbook.broken"),
        (added("xl/vbaProject.bin", b"x"), "workbook.macros"),
        (added("xl/externalLinks/externalLink1.xml", b"<x/>"), "workbook.links"),
        (added("xl/evil.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "workbook.broken"),
        (added("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), "workbook.odf"),
        (rewritten(SHEET, lambda xml: xml[: len(xml) // 2]), "workbook.broken"),
    ],
    # A file says when it was made: the two processes of a run would not give it the same name.
    ids=[
        "a CSV",
        "nothing",
        "cut short",
        "the old format",
        "the beginning",
        "a bomb",
        "a bomb that lies",
        "macros",
        "an external link",
        "entities",
        "OpenDocument",
        "half a sheet",
    ],
)
def test_what_is_no_safe_workbook_is_refused_with_a_sentence(file: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(file)
    assert refusal.value.code == code
    assert refusal.value.sentence.endswith(".")


def test_another_workbook_says_which_sheets_are_missing() -> None:
    assert len(read(other_book()).problems) == 2


HOSTILE = FIXTURES / "05-nasty" / "xlsx"


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the shared fixtures are not there")
def test_hostile_workbooks_are_refused_or_read_never_more() -> None:
    tried = 0
    for path in sorted(HOSTILE.rglob("*")):
        if path.is_file():
            tried += 1
            try:
                found = read(path.read_bytes())
            except Unreadable as refusal:
                assert refusal.sentence
            else:
                assert found.problems, path.name
    assert tried

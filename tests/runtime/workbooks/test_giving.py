"""A workbook is downloaded from the form, filled in, given back, corrected, and printed to be signed."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from runtime.dossiers.models import Dossier
from runtime.dossiers.services import create_dossier, save_answers
from tests.fixtures import House, make_procedure
from tests.runtime.workbooks.material import plain

FRAIS = "Frais engagés"
ROW = ("Logiciel", "Sauvegarde", "F-1", "03/06/2026", "1 000,00", "20")


@pytest.fixture
def dossier(house: House) -> Dossier:
    """A declaration begun by the clinic."""
    procedure = make_procedure(house.portal, house.administrator, "care-frais-engages")
    return create_dossier(procedure=procedure, by=house.applicant, organisation=house.clinic)


def downloaded(client: Client, dossier: Dossier) -> bytes:
    answer = client.get(f"/mes-dossiers/{dossier.reference}/classeurs/trame/")
    assert answer.status_code == 200
    assert (
        answer["Content-Disposition"] == f'attachment; filename="trame-financiere-{dossier.reference}.xlsx"'
    )
    return answer.content


def filled(file: bytes, *row: str) -> SimpleUploadedFile:
    """The file as a person fills it in, and saves it."""
    book = load_workbook(BytesIO(file))
    sheet = book[FRAIS]
    first = next(cell.row for cell in sheet["A"] if cell.value == "Nature *") + 1
    for place, value in enumerate(row, 1):
        sheet.cell(first, place).value = value
    saved = BytesIO()
    book.save(saved)
    return SimpleUploadedFile("trame.xlsx", saved.getvalue())


def give(client: Client, dossier: Dossier, file: SimpleUploadedFile) -> str:
    answer = client.post(f"/mes-dossiers/{dossier.reference}/pieces/", {"question": "trame", "file": file})
    assert answer.status_code == 200, answer.content.decode()
    return plain([answer.content.decode()])[0]


def test_the_file_is_prefilled_for_its_dossier(house: House, dossier: Dossier) -> None:
    sheet = load_workbook(BytesIO(downloaded(house.client(house.applicant), dossier)))[FRAIS]
    assert dossier.organisation is not None
    assert dossier.organisation.name in [cell.value for cell in sheet["B"]]


def test_what_is_wrong_is_told_by_cell_and_what_is_right_is_an_answer(house: House, dossier: Dossier) -> None:
    client = house.client(house.applicant)
    file = downloaded(client, dossier)
    said = give(client, dossier, filled(file, "Logiciel", "Sauvegarde", "F-1", "03/06/2026", "cent", "20"))
    assert "Frais engagés!E7 : indiquez un montant" in said
    said = give(client, dossier, filled(file, *ROW))
    assert "indiquez un montant" not in said
    assert "Imprimer pour signature" in said
    dossier.refresh_from_db()
    assert dossier.answers["trame"]["total_ttc"] == 120000
    assert dossier.attachments.count() == 1, "the new file took the place of the first"


def test_a_total_that_is_not_the_workbook_s_is_refused_at_its_question(
    house: House, dossier: Dossier
) -> None:
    client = house.client(house.applicant)
    give(client, dossier, filled(downloaded(client, dossier), *ROW))
    for total, refused in (("1 100,00", True), ("1 200,00", False)):
        dossier.refresh_from_db()
        draft = save_answers(
            reference=dossier.reference, by=house.applicant, given={"total": total}, revision=dossier.revision
        )
        assert ("check" in [problem.code for problem in draft.judgement.problems]) is refused


def test_the_sheet_to_sign_is_a_pdf_of_what_was_read(house: House, dossier: Dossier) -> None:
    client = house.client(house.applicant)
    address = f"/mes-dossiers/{dossier.reference}/classeurs/trame/synthese.pdf"
    assert client.get(address).status_code == 404, "nothing was read yet"
    give(client, dossier, filled(downloaded(client, dossier), *ROW))
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    text = plain(["".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)])[0]
    assert "Synthèse des frais engagés" in text
    assert "1 200,00 €" in text
    assert "Signature" in text
    assert client.get(address.replace("synthese", "frais")).status_code == 404, "this one is not to be signed"


def test_a_file_that_is_no_workbook_is_refused_with_a_sentence(house: House, dossier: Dossier) -> None:
    client = house.client(house.applicant)
    answer = client.post(
        f"/mes-dossiers/{dossier.reference}/pieces/",
        {"question": "trame", "file": SimpleUploadedFile("trame.xlsx", b"Nature;Objet\n")},
    )
    assert answer.status_code == 422
    assert "n’est pas un classeur Excel" in answer.content.decode()


def test_nobody_else_downloads_it(house: House, dossier: Dossier) -> None:
    for person in (house.stranger, house.verifier):
        answer = house.client(person).get(f"/mes-dossiers/{dossier.reference}/classeurs/trame/")
        assert answer.status_code == 404


def test_it_is_downloaded_again_with_what_it_held(house: House, dossier: Dossier) -> None:
    client = house.client(house.applicant)
    give(client, dossier, filled(downloaded(client, dossier), *ROW))
    sheet = load_workbook(BytesIO(downloaded(client, dossier)), data_only=True)[FRAIS]
    assert [cell.value for cell in sheet[7]][4:] == [1000, 20, 1200]

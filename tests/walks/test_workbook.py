"""A treasurer downloads the workbook, fills it in wrongly, is told by cell, mends it and transmits."""

import re
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser import People
from tests.walks.demonstration import Demonstration, look

FEES = "Frais engagés"


def fill(path: Path, amount: object) -> Path:
    """Type one invoice in the workbook, as a person would, and save it."""
    book = load_workbook(path)
    sheet = book[FEES]
    first = next(cell.row for cell in sheet["A"] if cell.value == "Nature *") + 1
    for column, value in enumerate(("Logiciel", "Sauvegarde", "F-1", "03/06/2026", amount, "20"), 1):
        sheet.cell(first, column).value = value
    book.save(path)
    return path


def give(page: Page, path: Path) -> None:
    page.locator("input[type=file][name=trame]").set_input_files(path)


def test_a_workbook_is_filled_in_corrected_signed_and_transmitted(
    browser: People, demonstration: Demonstration
) -> None:
    nadia = browser.person()
    demonstration.sign_in(nadia, "nadia.benali")
    nadia.goto("/demarches/care-frais-engages/")
    nadia.get_by_role("link", name=re.compile("Commencer")).first.click()
    nadia.get_by_label(re.compile("Clinique")).check()
    nadia.get_by_role("button", name="Commencer").click()
    expect(nadia).to_have_url(re.compile("/formulaire/"))
    reference = nadia.url.split("/mes-dossiers/")[1].split("/")[0]
    with nadia.expect_download() as download:
        nadia.get_by_role("link", name=re.compile("Télécharger le classeur")).click()
    path = demonstration.files / "trame.xlsx"
    download.value.save_as(path)

    give(nadia, fill(path, "cent"))
    files = nadia.locator("#files-trame")
    expect(files).to_contain_text("Frais engagés!E7")
    look(nadia, "classeur-erreurs")
    give(nadia, fill(path, 1000))
    expect(files).not_to_contain_text("Frais engagés!E7")
    expect(nadia.locator("#f-trame.field--error")).to_have_count(0)
    with nadia.expect_download() as printed:
        nadia.get_by_role("link", name=re.compile("Imprimer pour signature")).click()
    to_sign = demonstration.files / "synthese.pdf"
    printed.value.save_as(to_sign)
    assert "200,00" in "".join(page.extract_text() for page in PdfReader(to_sign).pages)

    nadia.locator("[name=total]").fill("1100")
    nadia.locator("input[type=file][name=synthese_signee]").set_input_files(to_sign)
    expect(nadia.locator("#files-synthese_signee")).to_contain_text("synthese.pdf")
    nadia.get_by_role("button", name="Suivant").click()
    expect(nadia.locator("#e-total")).to_contain_text("n’est pas celui de la trame")
    nadia.locator("[name=total]").fill("1200")
    nadia.get_by_role("button", name="Suivant").click()
    expect(nadia).to_have_url(re.compile("recapitulatif"))
    expect(nadia.get_by_role("main")).to_contain_text("Total TTC")
    look(nadia, "classeur-recapitulatif")
    nadia.get_by_role("button", name="Transmettre votre déclaration").click()
    expect(nadia).to_have_url(re.compile("transmis"))
    (receipt,) = demonstration.site.wait_for_mail("nadia.benali@demonstration.example", reference)
    pdf = PdfReader(BytesIO(next(receipt.iter_attachments()).get_payload(decode=True)))
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "trame.xlsx" in text
    assert "Total TTC" in text

    ines = browser.person(width=375)
    demonstration.sign_in(ines, "ines.marchand")
    ines.goto(f"/instruction/?q={reference}")
    ines.get_by_role("link", name=re.compile("Clinique des Trois-Rivières")).click()
    expect(ines.get_by_role("main")).to_contain_text("Total TTC")
    look(ines, "classeur-instruction")

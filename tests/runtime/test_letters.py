"""What is owed is sent, once, with the deposit's summary."""

from io import BytesIO

from django.core import mail
from pypdf import PdfReader

from runtime.documents.summary import summary_pdf
from runtime.jobs import deliver
from runtime.outbox.models import OutboxEntry
from tests.fixtures import House, deposited


def send_all(house: House) -> None:
    deliver(house.portal.pk, list(OutboxEntry.objects.values_list("pk", flat=True)))


def test_a_deposit_sends_its_receipt_with_the_pdf_and_tells_the_team(house: House) -> None:
    dossier = deposited(house)
    send_all(house)
    receipt = next(m for m in mail.outbox if m.to == [house.applicant.email])
    assert dossier.reference in receipt.subject + receipt.body
    name, content, kind = receipt.attachments[0]
    assert (name.endswith(".pdf"), kind) == (True, "application/pdf")
    assert content.startswith(b"%PDF")
    assert [m.to for m in mail.outbox if m is not receipt] == [[house.verifier.email]]


def test_an_effect_delivered_again_is_not_sent_twice(house: House) -> None:
    deposited(house)
    send_all(house)
    sent = len(mail.outbox)
    send_all(house)
    assert len(mail.outbox) == sent


def test_a_mail_that_fails_stays_owed_and_keeps_its_message_id(house: House, settings) -> None:
    deposited(house)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    send_all(house)
    entry = OutboxEntry.objects.get(params__letter="receipt")
    assert (entry.done_at, entry.attempts) == (None, 1)
    assert entry.last_error
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_all(house)
    assert any(str(entry.key) in m.extra_headers["Message-ID"] for m in mail.outbox)
    entry.refresh_from_db()
    assert entry.done_at


def test_the_pdf_holds_every_answer_the_files_and_their_sums(house: House) -> None:
    dossier = deposited(house)
    deposit = dossier.deposits.get()
    content = summary_pdf(deposit)
    assert content == summary_pdf(deposit)
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages)
    for expected in (
        dossier.reference,
        "Benali",
        "04 65 71 20 14",
        "preuves.png",
        "Page 1 sur",
        "Clinique des Trois-Rivières",
    ):
        assert expected in text, expected
    flat = text.replace(" ", "")
    for file in deposit.files:
        assert file["sha256"] in flat
    fonts = {
        str(font["/BaseFont"])
        for page in PdfReader(BytesIO(content)).pages
        for font in (f.get_object() for f in page["/Resources"]["/Font"].values())
        if "/FontDescriptor" in font or "/DescendantFonts" in font
    }
    assert any("SourceSans3" in name for name in fonts)


def test_no_heading_of_the_pdf_stands_alone_at_the_foot_of_a_page(house: House) -> None:
    deposit = deposited(house).deposits.get()
    headings = ("Coordonnées bancaires", "Signataire de la convention", "Pièces jointes")
    for lines in range(1, 25, 2):
        deposit.answers["precisions"] = "une ligne\n" * lines
        for page in PdfReader(BytesIO(summary_pdf(deposit))).pages:
            written = [line for line in page.extract_text().splitlines() if line.strip()]
            foot = {
                f"Candidature n° {deposit.dossier.reference}",
                *(w for w in written if w.startswith("Page ")),
            }
            assert [line for line in written if line not in foot][-1] not in headings, lines

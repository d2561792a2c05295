"""Whatever is sent as a file: kept when it really is a harmless PDF, PNG or JPEG, else a sentence."""

import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from config.installation import ROOT
from runtime.uploads.models import Attachment
from runtime.uploads.services import detach
from tests.fixtures import House, begin

NASTY = Path(os.environ.get("FIXTURES_DIR", ROOT / ".." / "shared" / "fixtures")) / "05-nasty"
REALLY = {"application/pdf": (b"%PDF-",), "image/png": (b"\x89PNG",), "image/jpeg": (b"\xff\xd8\xff",)}
MAX = 5 * 1024 * 1024


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int) -> bytes:
    """A PNG that says it is this wide, and holds next to nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def pdf(*, script: str = "", attached: bytes = b"", password: str = "", pages: int = 1) -> bytes:
    made = pikepdf.new()
    for _number in range(pages):
        made.add_blank_page(page_size=(100, 100))
    if script:
        made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=script)
    if attached:
        made.attachments["programme.exe"] = attached
    out = io.BytesIO()
    made.save(out, encryption=pikepdf.Encryption(user=password, owner=password) if password else False)
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("../../evil.txt", bytes(1024))
    return out.getvalue()


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(out, kind)
    return out.getvalue()


REFUSED = {
    "facture.pdf": b"MZ\x90\x00" + bytes(200),
    "page.pdf": b"<html><script>alert(1)</script></html>",
    "image.png": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "immense.png": png(65_000, 65_000),
    "tronquee.png": picture("PNG")[:-30],
    "archive.pdf": archive(),
    "vide.pdf": b"",
    "un.pdf": b"%",
    "script.pdf": pdf(script="app.alert(1)"),
    "cache.pdf": pdf(attached=b"MZ"),
    "chiffre.pdf": pdf(password="secret"),
    "sans-page.pdf": pdf(pages=0),
    "trop-grand.pdf": pdf() + bytes(MAX),
    "animation.gif": picture("GIF"),
    "photo.tiff": picture("TIFF"),
}
TAKEN = {
    "propre.pdf": pdf(),
    "photo.jpeg": picture("JPEG"),
    "capture.png": picture("PNG"),
    # Its name lies; what it is does not.
    "photo.exe": picture("JPEG"),
}
NAMES = (
    "facture.pdf.exe", "facture\u202efdp.exe", "CON.pdf", ".htaccess", "-rf", "e\u0301te\u0301.pdf", "😀.pdf",
    "   ", "../../settings.py", "..\\..\\settings.py", "a" * 300 + ".pdf", 'a".pdf', "<b>.pdf",
    "a\r\nSet-Cookie: x=1.pdf",
)  # fmt: skip


def send(house: House, name: str, content: bytes) -> tuple[int, str]:
    dossier = begin(house)
    upload = SimpleUploadedFile(name, content, "application/octet-stream")
    client = house.client(house.applicant)
    address = f"/mes-dossiers/{dossier.reference}/pieces/"
    answer = client.post(address, {"question": "rib", "file": upload})
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_a_harmless_document_is_refused_with_a_sentence(house: House, name: str) -> None:
    status, said = send(house, name, REFUSED[name])
    assert status == 422
    assert said.endswith((".", "\u00a0?")) and said[0].isupper() and "<" not in said
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("name", TAKEN)
def test_a_harmless_document_is_taken_for_what_it_is(house: House, name: str) -> None:
    assert send(house, name, TAKEN[name])[0] == 200
    kept = Attachment.objects.get()
    assert TAKEN[name].startswith(REALLY[kept.media_type])


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_file_leaves_its_place(house: House, name: str) -> None:
    """Shown and downloaded under a name without a path, a control or a lying ending."""
    content = pdf()
    dossier = begin(house)
    client = house.client(house.applicant)
    upload = SimpleUploadedFile("x.pdf", content)
    # Django cleans a name that it is given so: it is the browser's that counts.
    upload._name = name
    status = client.post(
        f"/mes-dossiers/{dossier.reference}/pieces/", {"question": "rib", "file": upload}
    ).status_code
    assert status in (200, 422)
    for kept in Attachment.objects.all():
        assert kept.name.endswith(".pdf") and len(kept.name) <= 200
        assert not set(kept.name) & set("/\\\r\n\u202e\x00") and not kept.name.startswith(".")
        assert kept.file.name.startswith(f"{kept.portal_id}/") and kept.name not in kept.file.name
        answer = client.get(f"/pieces/{dossier.reference}/{kept.reference}/")
        answer.getvalue()
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox")
        assert "Set-Cookie" not in answer["Content-Disposition"]


# What Pillow only warns of (an animation that is not one, a wrong EXIF) it goes on to read.
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.skipif(not NASTY.is_dir(), reason="The collection of hostile files is not on this machine.")
def test_every_file_of_the_collection_is_judged_by_what_it_is(house: House) -> None:
    dossier = begin(house)
    client = house.client(house.applicant)
    wrong, taken = [], 0
    for path in sorted(each for each in NASTY.rglob("*") if each.is_file()):
        content = path.read_bytes()
        before = Attachment.objects.count()
        answer = client.post(
            f"/mes-dossiers/{dossier.reference}/pieces/",
            {"question": "preuves", "file": SimpleUploadedFile(path.name, content)},
        )
        kept = Attachment.objects.order_by("-pk").first() if Attachment.objects.count() > before else None
        said = answer.content.decode()
        if answer.status_code == 200 and kept:
            taken += 1
            if not any(content[:1024].find(start) >= 0 for start in REALLY[kept.media_type]):
                wrong.append(f"{path.name}: taken as {kept.media_type}")
            # Room for the next one.
            detach(reference=dossier.reference, by=house.applicant, attachment=kept.reference)
        elif answer.status_code != 422 or not said.endswith("."):
            wrong.append(f"{path.name}: {answer.status_code} {said[:80]}")
    assert not wrong, "\n".join(wrong)
    assert taken, "Some of them are sound."

"""A financial workbook, and files made of it by hands that change one thing."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook as Book

from formdefs import Context, load
from runtime.workbooks.read import Reading, read_workbook
from runtime.workbooks.write import write_workbook

DEFINITION = load((Path(__file__).parent / "trame.json").read_text("utf-8"))
WORKBOOK = DEFINITION.workbooks["trame"]
CONTEXT = Context(today=date(2026, 11, 22), organisation={"name": "Clinique des Abers", "entities": []})
ROWS: list[dict[str, Any]] = [
    {"nature": "infra", "objet": "Pare-feu", "date": "2026-06-03", "montant_ht": 1840000, "tva": 20},
    {"nature": "presta", "objet": "Audit", "facture": "F-12", "montant_ht": 10, "tva": 20},
]
FEES = "Frais engagés"


def filled(rows: list[dict[str, Any]] = ROWS) -> bytes:
    """The workbook with some rows."""
    return write_workbook(WORKBOOK, CONTEXT, {"depenses": rows})


def read(file: bytes) -> Reading:
    """What a file says."""
    return read_workbook(WORKBOOK, BytesIO(file), CONTEXT)


def changed(change: Callable[[Book], None], file: bytes | None = None) -> bytes:
    """The file once a hand changed it and saved it."""
    book = load_workbook(BytesIO(file or filled()))
    change(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def rewritten(member: str, change: Callable[[bytes], bytes], file: bytes | None = None) -> bytes:
    """The file with one of its parts changed, as no spreadsheet would."""
    made = BytesIO()
    with ZipFile(BytesIO(file or filled())) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for each in source.infolist():
            content = source.read(each)
            target.writestr(each, change(content) if each.filename == member else content)
    return made.getvalue()


def added(member: str, content: bytes) -> bytes:
    """The file with a part more."""
    made = BytesIO(filled())
    with ZipFile(made, "a", ZIP_DEFLATED) as target:
        target.writestr(member, content)
    return made.getvalue()


def plain(sentences: list[str]) -> list[str]:
    """Sentences with ordinary spaces."""
    return [re.sub(r"[\u00a0\u202f]", " ", each) for each in sentences]

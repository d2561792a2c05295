"""What a workbook of a thousand lines costs, beside openpyxl alone writing and reading the same cells.

    .venv/bin/python bench/workbooks.py

Ours lays out, protects and prefills, puts its value beside each formula; reading, it looks for what could
harm, for what was changed, and judges every line. openpyxl alone is given the cells ready, with their looks
then without, and reads their values once.
"""

import json
import os
import sys
from collections.abc import Callable
from copy import copy
from datetime import date
from io import BytesIO
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parents[1])
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django  # noqa: E402

django.setup()

from openpyxl import Workbook as Book  # noqa: E402
from openpyxl import load_workbook  # noqa: E402

from formdefs import Context, Workbook, load  # noqa: E402
from runtime.workbooks.read import read_workbook  # noqa: E402
from runtime.workbooks.write import write_workbook  # noqa: E402

LINES, ROUNDS = 1000, 5
CONTEXT = Context(today=date(2026, 11, 22), organisation={"name": "Clinique des Abers", "entities": []})
MONEY, TEXT = {"type": "integer", "x-field": {"type": "money"}}, {"type": "string", "maxLength": 120}
GROSS = {"round": [{"/": [{"*": [{"var": "ht"}, {"+": [100, {"var": "tva"}]}]}, 100]}, 2]}
COLUMNS = {
    "nature": {"type": "string", "title": "Nature", "enum": ["Infrastructure", "Prestation"]},
    "objet": {**TEXT, "title": "Objet"},
    "facture": {**TEXT, "title": "Facture"},
    "date": {"type": "string", "format": "date", "title": "Date"},
    "ht": {**MONEY, "title": "Montant HT", "minimum": 0},
    "tva": {"type": "integer", "title": "TVA", "x-field": {"type": "percentage"}},
    "ttc": {"type": "integer", "title": "Montant TTC", "x-field": {"type": "money", "compute": GROSS}},
}


def workbook() -> Workbook:
    """A table of a thousand invoices with a computed column and two totals."""
    table = {
        "row_title": "Facture",
        "least": 1,
        "most": LINES,
        "columns": {"type": "object", "required": ["nature", "objet", "ht", "tva"], "properties": COLUMNS},
        "totals": {"total_ht": {"column": "ht"}, "total_ttc": {"column": "ttc"}},
    }
    sheets = [{"id": "frais", "title": "Frais", "heading": "Frais engagés", "table": table}]
    question = {"type": "object", "title": "Frais", "x-field": {"type": "workbook", "workbook": "frais"}}
    phase = {
        "id": "demande",
        "title": "Demande",
        "answers": {"type": "object", "properties": {"frais": question}},
        "reviews": [{"id": "lecture", "role": "lecteur"}],
    }
    made = {
        "definition": 1,
        "id": "banc",
        "title": "Banc d’essai",
        "roles": {"lecteur": {"title": "Lecteur"}},
        "documents": [{"id": "frais", "kind": "workbook", "title": "Frais", "sheets": sheets}],
        "phases": [phase],
    }
    return load(json.dumps(made)).workbooks["frais"]


def lines() -> list[dict[str, Any]]:
    """A thousand invoices."""
    return [
        {"nature": "Prestation", "objet": f"Audit {n}", "facture": f"F-{n}", "date": "2026-06-03",
         "ht": 184_000 + n, "tva": 20}
        for n in range(LINES)
    ]  # fmt: skip


LOOKS = ("number_format", "font", "fill", "border", "alignment", "protection")


def cells_of(file: bytes) -> dict[str, list[tuple[str, Any, dict[str, Any]]]]:
    """What a file holds: sheet by sheet, each cell with its value and its looks, each look one object."""
    kept: dict[tuple[str, str], Any] = {}
    usual = Book().active.cell(1, 1)

    def worn(cell: Any, look: str) -> Any:
        return kept.setdefault((look, repr(getattr(cell, look))), copy(getattr(cell, look)))

    return {
        sheet.title: [
            (
                cell.coordinate,
                cell.value,
                {look: worn(cell, look) for look in LOOKS if getattr(cell, look) != getattr(usual, look)},
            )
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None or cell.has_style
        ]
        for sheet in load_workbook(BytesIO(file))
    }


def plainly_written(cells: dict[str, list[tuple[str, Any, dict[str, Any]]]], *, looks: bool) -> bytes:
    """The same cells, by openpyxl alone."""
    book = Book()
    book.remove(book.active)
    for title, given in cells.items():
        sheet = book.create_sheet(title)
        for place, value, look in given:
            cell = sheet[place]
            cell.value = value
            if looks:
                for name, worn in look.items():
                    setattr(cell, name, worn)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def plainly_read(file: bytes) -> list[Any]:
    """Every value, by openpyxl alone."""
    book = load_workbook(BytesIO(file), data_only=True)
    return [value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row]


def main() -> None:
    """Measure all in turn, round after round, and print."""
    described, answers = workbook(), {"frais": lines()}
    file = write_workbook(described, CONTEXT, answers)
    reading = read_workbook(described, BytesIO(file), CONTEXT)
    assert not reading.problems and not reading.notices, (reading.problems[:3], reading.notices[:3])
    assert len(reading.answers["frais"]) == LINES
    cells = cells_of(file)
    acts: list[Callable[[], object]] = [
        lambda: write_workbook(described, CONTEXT, answers),
        lambda: read_workbook(described, BytesIO(file), CONTEXT),
        lambda: plainly_written(cells, looks=True),
        lambda: plainly_written(cells, looks=False),
        lambda: plainly_read(file),
    ]
    rounds = [[seconds(act) for act in acts] for _ in range(ROUNDS)]
    told("écrire", [write / looks for write, _, looks, _, _ in rounds])
    told("écrire, sans l’apparence chez openpyxl", [write / bare for write, _, _, bare, _ in rounds])
    told("lire", [read / plain for _, read, _, _, plain in rounds])
    told("écrire et lire", [(w + r) / (looks + plain) for w, r, looks, _, plain in rounds])
    medians = " ".join(f"{median(column):.2f}" for column in zip(*rounds, strict=True))
    print(f"secondes de processeur (écrire, lire ; openpyxl : écrire, sans l’apparence, lire) : {medians}")


def seconds(act: Callable[[], object]) -> float:
    """The processor time of one call."""
    began = process_time()
    act()
    return process_time() - began


def told(what: str, ratios: list[float]) -> None:
    """Print the median of what ours costs beside openpyxl alone."""
    print(f"{LINES} lignes, {what} : × {median(ratios):.2f}")


if __name__ == "__main__":
    main()

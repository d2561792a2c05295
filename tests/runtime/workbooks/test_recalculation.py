"""A spreadsheet that is not ours computes what we do: LibreOffice, on every workbook that ships."""

import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from config.installation import libreoffice
from formdefs import Context, Workbook, evaluate, library, load
from runtime.workbooks.read import read_workbook
from runtime.workbooks.write import write_workbook
from tests.runtime.workbooks.material import WORKBOOK

CONTEXT = Context(
    today=date(2026, 11, 22),
    organisation={
        "name": "Clinique des Abers",
        "entities": [{"id": "e1", "name": "Site A", "finess": "990001240"}],
    },
)
SHIPPED = [
    pytest.param(workbook, id=f"{name}-{workbook.id}")
    for name in library.names()
    for workbook in load(library.text(name)).workbooks.values()
] + [pytest.param(WORKBOOK, id="essai")]
AMOUNTS = (1, 99, 333, 1_005, 123_456, 999_999_999)


def answers(workbook: Workbook) -> dict[str, Any]:
    """Rows whose amounts round badly, and every line filled in."""
    found: dict[str, Any] = {}
    for name, question in workbook.form.questions.items():
        if question.rows:
            asked = [each for each in question.rows if each.compute is None]
            found[name] = [
                {each.name: amount if each.type.slug == "money" else each.type.sample(each) for each in asked}
                for amount in AMOUNTS
            ]
        elif question.compute is None:
            found[name] = 12_345
    return found


@pytest.mark.parametrize("workbook", SHIPPED)
def test_libreoffice_recalculates_to_our_totals(workbook: Workbook, tmp_path: Path) -> None:
    given = answers(workbook)
    raw = {
        name: question.type.raw(question, given[name])
        for name, question in workbook.form.questions.items()
        if name in given
    }
    ours = evaluate(workbook.form, raw, CONTEXT).answers
    # Without its cached values: whatever is read afterwards, LibreOffice computed.
    book = load_workbook(BytesIO(write_workbook(workbook, CONTEXT, given)))
    (tmp_path / "in").mkdir()
    book.save(tmp_path / "in" / "classeur.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [libreoffice(), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path)]
    subprocess.run(
        [*command, str(tmp_path / "in" / "classeur.xlsx")], check=True, capture_output=True, timeout=120
    )
    recalculated = (tmp_path / "classeur.xlsx").read_bytes()
    found = read_workbook(workbook, BytesIO(recalculated), CONTEXT)
    assert found.problems == []
    assert [said for said in found.notices if "lu," in said] == []
    assert found.answers == ours
    computed = [
        cell.value
        for sheet in load_workbook(BytesIO(recalculated), data_only=True)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    ]
    totals = [value for name, value in ours.items() if workbook.form.questions[name].compute is not None]
    assert totals
    for total in totals:
        assert any(abs(value - total / 100) < 0.005 for value in computed)

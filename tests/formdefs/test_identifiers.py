"""French identifiers against real ones: every valid one is accepted, every invalid one refused."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from formdefs import Context, evaluate
from formdefs.data import packaged
from tests.formdefs.material import FIXTURES, TODAY, form

FOLDER = FIXTURES / "04-fr-identifiers"


def accepted(kind: str, raw: str) -> bool:
    phase = form({"q": {"type": "string", "x-field": {"type": kind}}}).first_phase
    return not evaluate(phase, {"q": raw}, Context(TODAY)).problems


def _set(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"jeu d’essai absent : {path}")
    return path


def _numbers() -> dict[str, Any]:
    return json.loads(_set(FOLDER / "stdnum-fr-identifiers.json").read_text("utf-8"))


@pytest.mark.parametrize("kind", ["siren", "siret", "nir", "iban"])
def test_real_numbers_are_told_from_wrong_ones(kind: str) -> None:
    numbers = _numbers()
    valid = [
        raw
        for key, found in numbers.items()
        if key.startswith(kind) and key.endswith("_valid")
        for raw in found
    ]
    invalid = [
        each
        for key, found in numbers.items()
        if key.startswith(kind) and key.endswith("_invalid")
        for each in found
    ]
    if not valid:
        pytest.skip(f"pas de « {kind} » dans ce jeu d’essai")
    assert [raw for raw in valid if not accepted(kind, raw)] == []
    wrong = [each["value"] if isinstance(each, dict) else each for each in invalid]
    assert [raw for raw in wrong if accepted(kind, raw)] == []


def test_the_finess_numbers_of_the_register_are_accepted() -> None:
    register = _set(FOLDER / "finess" / "etalab-cs1100502-extrait-2026-05-12.latin1.csv")
    rows = csv.reader(register.read_text("latin-1").splitlines(), delimiter=";")
    numbers = [number for row in rows if row and row[0] == "structureet" for number in row[1:3]]
    assert len(numbers) > 20
    assert [number for number in numbers if not accepted("finess", number)] == []


def test_the_numbers_of_the_numbering_plans_are_accepted() -> None:
    files = sorted(_set(FOLDER / "phones").glob("*.csv"))
    refused = []
    for file in files:
        for row in csv.reader(file.read_text("utf-8").splitlines()[1:], delimiter=";"):
            prefix = file.name.split("__")[2]
            number = row[2].strip().strip('"')
            if not accepted("phone", f"+{prefix} {number}") or not accepted(
                "phone",
                f"0{number}" if prefix in ("33", "262", "590", "594", "596") else f"+{prefix}{number}",
            ):
                refused.append((file.name, number))
    assert refused == []


def test_every_commune_departement_and_region_of_insee_is_accepted_and_read() -> None:
    """The set may be of another year than the package's list: few communes are merged in one."""
    folder = _set(FOLDER / "decoupage")
    text = gzip.decompress((folder / "communes.csv.gz").read_bytes()).decode("utf-8")
    rows = csv.DictReader(text.splitlines())
    codes = [row["code"] for row in rows if row["type"] == "commune-actuelle"]
    known = packaged("communes").by_code
    assert len(codes) > 30_000
    assert len([code for code in codes if code not in known]) < len(codes) / 100
    for kind, name in (("departement", "departements"), ("region", "regions")):
        for each in json.loads((folder / f"{name}.json").read_text("utf-8")):
            assert accepted(kind, each["code"]) and accepted(kind, each["nom"]), each


def test_a_figure_changed_in_a_number_with_a_key_is_seen() -> None:
    samples = {"siren": "130025265", "uai": "0750655E", "nir": "295109912611193", "finess": "750804940"}
    for kind, number in samples.items():
        for place, written in enumerate(number):
            if written.isdigit():
                changed = str((int(written) + 1) % 10)
                assert not accepted(kind, number[:place] + changed + number[place + 1 :]), (kind, place)

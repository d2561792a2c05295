"""Makes `places.tsv.gz` anew: python -m formdefs.data.compile <folder of npm packages> (see README.md)."""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from formdefs.data.listing import sort_key

Line = tuple[str, str, str, str]
# Neither countries nor territories that anyone lives in under that name.
NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


def lines(folder: Path) -> Iterator[Line]:
    """Every line of every list, each list in its alphabetical order."""
    french = folder / "@etalab" / "decoupage-administratif" / "data"
    yield from _sorted(_communes(_read(french / "communes.json")))
    for name in ("departements", "regions"):
        yield from _sorted(_divisions(name, _read(french / f"{name}.json")))
    yield from _sorted(_epci(_read(french / "epci.json")))
    names = _read(folder / "cldr-localenames-full" / "main" / "fr" / "territories.json")
    yield from _sorted(_countries(names["main"]["fr"]["localeDisplayNames"]["territories"]))


def _sorted(found: Iterator[Line]) -> list[Line]:
    return sorted(found, key=lambda line: (sort_key(line[2]), line[1]))


def _read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _french(name: str) -> str:
    return name.replace("'", "’")


def _communes(communes: list[Any]) -> Iterator[Line]:
    for each in communes:
        if each["type"] == "commune-actuelle":
            label = f"{_french(each['nom'])} ({each['departement']})"
            yield "communes", each["code"], label, " ".join(each.get("codesPostaux", ()))


def _divisions(name: str, divisions: list[Any]) -> Iterator[Line]:
    for each in divisions:
        label = _french(each["nom"])
        yield name, each["code"], f"{label} ({each['code']})" if name == "departements" else label, ""


def _epci(bodies: list[Any]) -> Iterator[Line]:
    """Two that bear the same name are told apart by the département of their first member."""
    counts = Counter(each["nom"] for each in bodies)
    for each in bodies:
        place = each["membres"][0]["code"]
        place = place[: 3 if place.startswith("97") else 2]
        label = _french(each["nom"]) + (f" ({place})" if counts[each["nom"]] > 1 else "")
        yield "epci", each["code"], label, ""


def _countries(names: dict[str, str]) -> Iterator[Line]:
    for code, name in names.items():
        if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES:
            yield "pays", code, _french(name), ""


if __name__ == "__main__":
    text = "".join("\t".join(line) + "\n" for line in lines(Path(sys.argv[1])))
    # No date in the file: the same lists give the same bytes.
    (Path(__file__).parent / "places.tsv.gz").write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))

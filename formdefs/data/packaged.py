"""The lists that come with the platform, read at their first use."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from formdefs.data.listing import Entry, Listing

# The name of each list, and what it is called; see README.md for where they come from.
PACKAGED: Mapping[str, str] = {
    "communes": "Communes",
    "departements": "Départements",
    "regions": "Régions",
    "epci": "Intercommunalités (EPCI)",
    "pays": "Pays",
}


def packaged(name: str) -> Listing:
    """The list of that name; KeyError when there is none."""
    return _lists()[name]


@cache
def _lists() -> Mapping[str, Listing]:
    entries: dict[str, list[Entry]] = {name: [] for name in PACKAGED}
    text = gzip.decompress((files("formdefs.data") / "places.tsv.gz").read_bytes()).decode("utf-8")
    for line in text.splitlines():
        name, code, label, more = line.split("\t")
        entries[name].append(Entry(code, label, more))
    return {name: Listing(found) for name, found in entries.items()}

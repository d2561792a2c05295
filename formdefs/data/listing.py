"""A list to choose from, read by code and searched as people write."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

MOST_MATCHES = 20
LONGEST_SEARCH = 200
_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def sort_key(text: str) -> str:
    """The text as it is sorted and searched: no accents, case nor hyphens, « St » as « Saint »."""
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
        text = "".join(each for each in folded if not unicodedata.combining(each))
    words = "".join(each if each.isalnum() else " " for each in text.lower()).split()
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer of a list; `more` are other words by which it is found (postcodes)."""

    code: str
    label: str
    more: str = ""


class Listing:
    """Entries in their order; two never have the same code."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)

    @cached_property
    def by_code(self) -> dict[str, Entry]:
        """The entries by their codes."""
        return {entry.code: entry for entry in self.entries}

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every code."""
        return frozenset(self.by_code)

    @cached_property
    def _keys(self) -> tuple[tuple[str, str, Entry], ...]:
        """What is searched of each entry, and its name alone."""
        return tuple(
            (f" {sort_key(f'{entry.label} {entry.more}')}", sort_key(_bare(entry)), entry)
            for entry in self.entries
        )

    @cached_property
    def _by_label(self) -> dict[str, Entry | None]:
        """The entries by what one may write for them alone; None where two could be meant."""
        found: dict[str, Entry | None] = {}
        for entry in self.entries:
            for text in dict.fromkeys((sort_key(entry.label), sort_key(_bare(entry)))):
                found[text] = None if text in found else entry
        # A whole label is always understood, whatever other label begins like it.
        found.update({sort_key(entry.label): entry for entry in self.entries})
        return found

    def meant(self, typed: str) -> Entry | None:
        """The entry that a code or a name in full stands for, None when none does, or several do."""
        exact = self.by_code.get(typed) or self.by_code.get(typed.upper())
        if exact is not None or len(typed) > LONGEST_SEARCH:
            return exact
        key = sort_key(typed)
        return self._by_label.get(key) if key else None

    def matches(self, typed: str) -> tuple[Entry, ...]:
        """The entries that hold every word being typed: those that begin with it first."""
        words = sort_key(typed[:LONGEST_SEARCH]).split()
        if not words:
            return ()
        begun = " ".join(words)
        found = [
            (0 if name == begun else 1 if name.startswith(begun) else 2, len(name), entry)
            for key, name, entry in self._keys
            if all(f" {word}" in key for word in words)
        ]
        found.sort(key=lambda each: each[:2])
        return tuple(entry for _, _, entry in found[:MOST_MATCHES])


def _bare(entry: Entry) -> str:
    """The label without the département that follows it."""
    return entry.label.rpartition(" (")[0] or entry.label

"""Lists are found as people write: without accents, hyphens or capitals, « St » as « Saint »."""

from __future__ import annotations

import pytest

from formdefs.data import PACKAGED, Entry, Listing, packaged, sort_key


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("rennes", "Rennes (35)"),
        ("RENNES", "Rennes (35)"),
        ("35000", "Rennes (35)"),
        ("st etienne", "Saint-Étienne (42)"),
        ("Saint Étienne", "Saint-Étienne (42)"),
        ("l'hay les roses", "L’Haÿ-les-Roses (94)"),
        ("ste mere eglise", "Sainte-Mère-Église (50)"),
        ("oeuilly", "Œuilly (02)"),
    ],
)
def test_a_commune_comes_first_as_it_is_written(typed: str, found: str) -> None:
    assert packaged("communes").matches(typed)[0].label == found


def test_a_name_in_full_is_understood_and_one_that_two_bear_is_not_guessed() -> None:
    communes = packaged("communes")
    assert communes.meant("bourg en bresse") is communes.by_code["01053"]
    assert communes.meant("Saint-Denis") is None
    assert communes.meant("saint denis 93") is communes.by_code["93066"]
    assert len({each.label for each in communes.matches("Saint-Denis")}) > 3


def test_two_entries_of_a_list_are_never_shown_alike() -> None:
    for name in PACKAGED:
        entries = packaged(name).entries
        assert len({each.code for each in entries}) == len(entries), name
        assert len({each.label for each in entries}) == len(entries), name
        assert [sort_key(each.label) for each in entries] == sorted(sort_key(each.label) for each in entries)


def test_any_text_may_be_searched() -> None:
    for typed in ("", " ", "(", "\x00", "é" * 10_000, "\ud800", "%", "['"):
        assert isinstance(packaged("communes").matches(typed), tuple)
        assert packaged("communes").meant(typed) is None


def test_an_entry_without_brackets_is_its_own_name() -> None:
    listing = Listing([Entry("a", "Un"), Entry("b", "Un (bis)")])
    assert listing.meant("un") is listing.by_code["a"]

"""Organisations, by their names."""

from tenants.organisations.models import sort_key
from tests.fixtures import House, make_organisation


def test_a_name_is_sorted_and_searched_as_one_types_it() -> None:
    assert sort_key("Œuvre Saint-Étienne") == "oeuvre saint etienne"


def test_the_longest_name_is_kept_whatever_its_letters(house: House) -> None:
    organisation = make_organisation(house.portal, "oeuvres", "œ" * 200, "53", entities=0)
    organisation.refresh_from_db()
    assert organisation.name == "œ" * 200
    assert organisation.sort_key.startswith("oeoe")

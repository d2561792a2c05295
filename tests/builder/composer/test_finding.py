"""The search knows by their names what the outline does not show."""

from builder.composer.addresses import FORM, PROCESS
from builder.composer.composition import composition_of
from builder.composer.finding import found_places
from runtime.procedures.models import Procedure
from tests.builder.composer.test_workbooks import SLUG, do, fees
from tests.builder.screens import address, composer
from tests.fixtures import House

__all__ = ["fees"]


def places(tab: str = FORM) -> dict[str, str]:
    """What is found, by its title, with where it is."""
    composition = composition_of(Procedure.objects.get(slug=SLUG))
    return {each["title"]: each["address"] for each in found_places(composition, tab)}


def test_steps_roles_checks_texts_dates_and_columns_are_found_by_name(house: House, fees: Procedure) -> None:
    client = composer(house)
    do(client, "add_role", "d/demarche", title="Direction de la vie associative")
    do(client, "add_entry_rule", "d/demarche", title="Réservé aux associations.")
    found = places()
    for title, where in (
        ("Direction de la vie associative", "composer/r/direction-de-la-vie-associative/"),
        ("Réservé aux associations.", "composer/x/regle/"),
        ("Trame financière", "composer/b/trame-financiere/"),
        ("Frais engagés", "composer/f/trame-financiere.frais/"),
        ("Premier dépôt avant", "composer/ouverture/#q-first_deposit_by"),
        ("Bouton de transmission", "composer/textes/#q-word_submit"),
    ):
        assert found[title] == address(where, SLUG)
    columns = [where for where in found.values() if "/composer/c/trame-financiere.frais." in where]
    assert columns
    assert [where for where in found.values() if "/composer/e/" in where]
    assert [where for where in found.values() if "/composer/k/" in where]


def test_every_place_that_is_found_is_there(house: House, fees: Procedure) -> None:
    client = composer(house)
    for title, where in places(PROCESS).items():
        assert client.get(where.partition("#")[0]).status_code == 200, title


def test_questions_are_found_on_the_screens_that_have_no_outline(house: House, fees: Procedure) -> None:
    title = "Total TTC déclaré"
    assert title not in places(FORM)
    assert places(PROCESS)[title] == address("composer/q/total/", SLUG)

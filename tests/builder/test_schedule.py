"""Dates change without a new version, for a reason, and to the end of their minute."""

from datetime import UTC, datetime

import pytest

from runtime.procedures.models import OpeningChange
from runtime.procedures.services import create_procedure
from tests.builder.screens import BARE, address, composer, fresh, said, text_of
from tests.fixtures import House

DATES = address("dates/")
GIVEN = {
    "opens": "01/10/2026 09:00",
    "first_deposit_by": "31/01/2027 à 23 h 59",
    "closes": "31/03/2027",
    "per_applicant": "1",
    "reason": "Prolongation",
}


def test_limits_are_kept_as_the_end_of_their_minute(house: House) -> None:
    assert composer(house).post(DATES, GIVEN).status_code == 302
    opening = fresh(house).opening
    assert opening.opens == datetime(2026, 10, 1, 7, 0, tzinfo=UTC)
    assert opening.first_deposit_by == datetime(2027, 1, 31, 23, 0, tzinfo=UTC)
    assert opening.closes == datetime(2027, 3, 31, 22, 0, tzinfo=UTC)
    assert opening.per_applicant == 1
    assert fresh(house).current_version.number == 1


def test_the_form_shows_again_the_minutes_that_were_written(house: House) -> None:
    client = composer(house)
    client.post(DATES, GIVEN)
    page = said(client.get(DATES))
    for written in ("01/10/2026 09:00", "31/01/2027 23:59", "31/03/2027 23:59"):
        assert f'value="{written}"' in page
    assert "31 mars 2027 à 23 h 59" in page


def test_each_change_is_journalled_with_its_author_and_reason(house: House) -> None:
    composer(house).post(DATES, GIVEN)
    change = OpeningChange.objects.first()
    assert change
    assert (change.by, change.reason) == (house.administrator, "Prolongation")
    page = said(composer(house).get(DATES))
    assert "Motif : Prolongation" in page
    assert "31 janvier 2027 à 23 h 59" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "Indiquez le motif"),
        ({"reason": "  "}, "Indiquez le motif"),
        ({"opens": "demain"}, "Écrivez une date et une heure"),
        ({"closes": "31/02/2027 10:00"}, "Écrivez une date et une heure"),
        ({"closes": "30/09/2026 10:00"}, "La fermeture doit venir après l’ouverture."),
        ({"first_deposit_by": "01/04/2027 10:00"}, "Le premier dépôt ne peut pas finir après la fermeture."),
        (
            {"first_deposit_by": "01/09/2026 10:00"},
            "La limite du premier dépôt doit venir après l’ouverture.",
        ),
        ({"per_applicant": "0"}, "1"),
        ({"closes": "31/12/9999 23:59"}, "Écrivez une date et une heure"),
    ],
)
def test_wrong_dates_are_refused_beside_what_is_wrong(
    house: House, wrong: dict[str, str], sentence: str
) -> None:
    before = OpeningChange.objects.count()
    response = composer(house).post(DATES, {**GIVEN, **wrong})
    assert response.status_code == 422
    assert sentence in said(response)
    assert OpeningChange.objects.count() == before


def test_a_change_that_changes_nothing_is_not_journalled(house: House) -> None:
    client = composer(house)
    client.post(DATES, GIVEN)
    response = client.post(DATES, GIVEN)
    assert response.status_code == 422
    assert "Rien n’a changé." in said(response)


def test_a_procedure_that_is_not_published_has_no_dates_to_change(house: House) -> None:
    create_procedure(portal=house.portal, slug="velo", text=text_of(BARE), by=house.administrator)
    url = address("dates/", "velo")
    assert "une fois qu’elle est publiée" in said(composer(house).get(url))
    response = composer(house).post(url, GIVEN)
    assert response.status_code == 422
    assert "Publiez d’abord la démarche" in said(response)

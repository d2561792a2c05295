"""The people who review a démarche, and the dossiers that wait for them."""

import pytest

from runtime.procedures.models import ReviewTeam
from runtime.review.selectors import InboxQuery, dossiers_to_review
from tests.builder.screens import address, composer, said
from tests.fixtures import House, deposited

TEAMS = address("equipes/")


def team(house: House, **changed: str) -> dict[str, str]:
    """A team for a third region."""
    return {
        "role": "ars",
        "scope": "11",
        "name": "ARS Île-de-France",
        "members": house.stranger.email,
        **changed,
    }


def test_a_team_is_named_by_the_addresses_of_its_members(house: House) -> None:
    given = team(
        house, members=f"{house.stranger.email.upper()}\n\n {house.colleague.email} \n{house.stranger.email}"
    )
    assert composer(house).post(TEAMS, given).status_code == 302
    made = ReviewTeam.objects.get(scope="11")
    assert set(made.group.user_set.all()) == {house.stranger, house.colleague}
    assert "ARS Île-de-France" in said(composer(house).get(TEAMS))


def test_who_joins_a_team_finds_the_dossiers_that_already_wait(house: House) -> None:
    dossier = deposited(house)
    held = ReviewTeam.objects.get(scope="53")
    given = {"name": held.name, "members": f"{house.verifier.email}\n{house.stranger.email}"}
    assert composer(house).post(f"{TEAMS}?equipe={held.pk}", given).status_code == 302
    assert dossier in dossiers_to_review(house.stranger, InboxQuery())


def test_a_team_named_after_the_deposit_finds_the_dossiers_of_its_scope_only(house: House) -> None:
    ReviewTeam.objects.filter(scope="53").delete()
    dossier = deposited(house)
    composer(house).post(TEAMS, team(house, scope="11"))
    assert dossier not in dossiers_to_review(house.stranger, InboxQuery())
    composer(house).post(TEAMS, team(house, scope="53"))
    assert dossier in dossiers_to_review(house.stranger, InboxQuery())


def test_the_role_and_scope_of_a_team_do_not_change(house: House) -> None:
    held = ReviewTeam.objects.get(scope="53")
    given = team(house, role="autre", scope="99", name="Bretagne")
    composer(house).post(f"{TEAMS}?equipe={held.pk}", given)
    held.refresh_from_db()
    assert (held.role, held.scope, held.name) == ("ars", "53", "Bretagne")
    assert ReviewTeam.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            {"members": "personne@nulle-part.example"},
            "Aucun compte actif n’a cette adresse : personne@nulle-part.example",
        ),
        ({"members": "pas une adresse"}, "« pas une adresse » n’est pas une adresse e-mail."),
        ({"scope": ""}, "Ce rôle se donne par périmètre"),
        ({"role": "inconnu"}, "inconnu"),
    ],
)
def test_a_team_that_cannot_be_is_refused(house: House, wrong: dict[str, str], sentence: str) -> None:
    response = composer(house).post(TEAMS, team(house, **wrong))
    assert response.status_code == 422
    assert sentence in said(response)
    assert ReviewTeam.objects.count() == 2


@pytest.mark.parametrize("key", ["0", "x", "9" * 30])
def test_a_team_that_does_not_exist_is_not_found(house: House, key: str) -> None:
    assert composer(house).get(TEAMS, {"equipe": key}).status_code == 404

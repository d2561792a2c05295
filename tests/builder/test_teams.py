"""The people who review a démarche, and the dossiers that wait for them."""

import json

import pytest
from pytest_django import DjangoAssertNumQueries

from builder.teams.vacancies import vacancies
from formdefs import load
from runtime.procedures.models import Procedure, ReviewTeam
from runtime.procedures.services import create_procedure, save_draft
from runtime.review.selectors import InboxQuery, dossiers_to_review
from tests.builder.screens import BARE, address, changed_draft, composer, fresh, said, text_of
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


NOBODY = "Personne ne tient encore le rôle « {role} » : les dossiers déposés attendraient {where}."
ARS = NOBODY.format(role="Vérificateur ARS", where="à l’étape « Vérification par l’ARS »")


def lacking(procedure: Procedure) -> list[tuple[str, str]]:
    """Who is missing from the review of a draft: each sentence with its remedy."""
    found = vacancies(procedure, load(procedure.draft_text, slug=procedure.slug))
    return [(each.sentence.replace("\N{NO-BREAK SPACE}", " "), each.remedy) for each in found]


def test_a_role_of_a_review_step_without_a_team_is_said_before_publication(house: House) -> None:
    ReviewTeam.objects.all().delete()
    client = composer(house)
    for screen in ("composer/processus/", "publication/", "equipes/"):
        assert ARS in said(client.get(address(screen))), screen
    for screen in ("composer/processus/", "publication/"):
        assert f'<a href="{TEAMS}">Nommer une équipe</a>' in said(client.get(address(screen))), screen
    client.post(TEAMS, team(house))
    for screen in ("composer/processus/", "publication/", "equipes/"):
        assert "Personne ne tient" not in said(client.get(address(screen))), screen


def test_a_team_without_members_or_whose_members_left_holds_nothing(house: House) -> None:
    for held in ReviewTeam.objects.all():
        held.group.user_set.clear()
    ((sentence, remedy),) = lacking(fresh(house))
    assert sentence.startswith("Aucune équipe du rôle « Vérificateur ARS » n’a de membre")
    assert remedy == "Donner des membres à l’équipe"
    assert sentence in said(composer(house).get(TEAMS))
    held.group.user_set.add(house.stranger)
    assert lacking(fresh(house)) == []
    house.stranger.is_active = False
    house.stranger.save()
    assert len(lacking(fresh(house))) == 1


def test_a_team_is_named_before_the_first_publication(house: House) -> None:
    create_procedure(portal=house.portal, slug="velo", text=text_of(BARE), by=house.administrator)
    client = composer(house)
    page = said(client.get(address("publication/", "velo")))
    assert NOBODY.format(role="Instructeur", where="à l’étape « Instruction »") in page
    client.post(address("equipes/", "velo"), team(house, role="instructeur", scope=""))
    assert "Personne ne tient" not in said(client.get(address("publication/", "velo")))
    answer = client.post(address("publication/", "velo"), {"note": "Première", "revision": 1})
    assert answer.status_code == 302


def test_a_role_that_only_the_draft_has_gets_its_team_after_publication(house: House) -> None:
    document = json.loads(changed_draft(house))
    document["roles"]["jury"] = {"title": "Jury"}
    for step in ("audition", "deliberation"):
        title = {"audition": "Audition", "deliberation": "Délibération"}[step]
        document["phases"][0]["reviews"].append({"id": step, "title": title, "role": "jury"})
    save_draft(procedure=house.care, text=text_of(document), revision=1, by=house.administrator)
    sentence, remedy = lacking(fresh(house))[-1]
    where = "aux étapes « Audition », « Délibération »"
    later = "Une équipe se nommera une fois cette version publiée."
    assert (sentence, remedy) == (f"{NOBODY.format(role='Jury', where=where)} {later}", "Voir les équipes")
    client = composer(house)
    assert client.post(address("publication/"), {"note": "Un jury", "revision": 2}).status_code == 302
    assert [remedy for _sentence, remedy in lacking(fresh(house))] == ["Nommer une équipe"]
    assert client.post(TEAMS, team(house, role="jury", scope="")).status_code == 302
    assert "Jury" not in " ".join(sentence for sentence, _remedy in lacking(fresh(house)))


def test_who_is_missing_is_known_in_one_statement(
    house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    procedure = fresh(house)
    lacking(procedure)
    with django_assert_num_queries(1):
        lacking(procedure)

"""A session read by a statement composed once ends like any other."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tenants.accounts.models import Session, User
from tests.fixtures import House

PAGE = "/mes-dossiers/"


@pytest.fixture
def signed_in(house: House) -> Client:
    client = house.client(house.applicant)
    assert client.get(PAGE).status_code == 200
    return client


def test_a_new_password_ends_the_sessions_that_the_old_one_opened(house: House, signed_in: Client) -> None:
    house.applicant.set_password("un autre mot de passe")
    house.applicant.save()
    assert signed_in.get(PAGE).status_code == 302
    assert not Session.objects.exists()


def test_a_session_taken_away_is_over(signed_in: Client) -> None:
    Session.objects.all().delete()
    assert signed_in.get(PAGE).status_code == 302


def test_a_session_too_old_is_over(signed_in: Client) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert signed_in.get(PAGE).status_code == 302


def test_a_closed_account_is_signed_out(house: House, signed_in: Client) -> None:
    User.objects.filter(pk=house.applicant.pk).update(is_active=False)
    assert signed_in.get(PAGE).status_code == 302


def test_each_session_is_its_own_person_s(house: House, signed_in: Client) -> None:
    other = house.client(house.stranger)
    for client, person in ((signed_in, house.applicant), (other, house.stranger)) * 2:
        assert client.get(PAGE).wsgi_request.user == person


def test_an_account_that_is_deleted_takes_its_sessions_along(house: House, signed_in: Client) -> None:
    other = house.client(house.stranger)
    assert other.get(PAGE).status_code == 200
    house.stranger.delete()
    assert [session.account for session in Session.objects.all()] == [house.applicant]
    assert other.get(PAGE).status_code == 302
    assert signed_in.get(PAGE).status_code == 200


def test_a_session_from_before_they_knew_their_account_goes_on(house: House, signed_in: Client) -> None:
    Session.objects.update(account=None)
    answer = signed_in.get(PAGE)
    assert answer.status_code == 200 and answer.wsgi_request.user == house.applicant


def test_whose_session_it_is_its_signed_data_say(house: House, signed_in: Client) -> None:
    Session.objects.update(account=house.stranger)
    assert signed_in.get(PAGE).wsgi_request.user == house.applicant


def test_a_visitor_s_session_is_of_no_account(house: House) -> None:
    client = house.client()
    session = client.session
    session["kept"] = "…"
    session.save()
    assert Session.objects.get().account is None
    assert not client.get("/demarches/").wsgi_request.user.is_authenticated


def test_a_place_given_shows_at_the_next_page(house: House) -> None:
    client = house.client(house.stranger)
    assert "/instruction/" not in client.get(PAGE).content.decode()
    team = house.verifier.groups.get(review_team__isnull=False)
    house.stranger.groups.add(team)
    assert "/instruction/" in client.get(PAGE).content.decode()


def test_one_s_places_are_those_of_the_portal(house: House, elsewhere: House) -> None:
    client = house.client(house.administrator)
    assert "/administration/" in client.get(PAGE).content.decode()
    there = elsewhere.client(house.administrator)
    assert "/administration/" not in there.get(PAGE).content.decode()


def test_an_account_that_is_no_more_is_not_found(db: None) -> None:
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=1)

"""A session read by a statement composed once ends like any other."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tenants.accounts.models import User
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


def test_an_account_that_is_no_more_is_not_found(db: None) -> None:
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=1)

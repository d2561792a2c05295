"""The door: its cookie, its patience, and what it does not tell."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from tests.fixtures import House

SIGN_IN, FORGOTTEN = "/compte/connexion/", "/compte/mot-de-passe/oublie/"


def attempt(client: Client, login: str, password: str):
    return client.post(SIGN_IN, {"login": login, "password": password})


def test_the_session_is_a_cookie_that_scripts_and_other_sites_do_not_get(house: House) -> None:
    client = house.client()
    assert attempt(client, house.applicant.email, "secret").status_code == 302
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["domain"]
    assert (
        client.cookies[settings.CSRF_COOKIE_NAME]["httponly"]
        if settings.CSRF_COOKIE_NAME in client.cookies
        else True
    )


def test_signing_in_changes_the_session_and_signing_out_ends_it(house: House) -> None:
    client = house.client()
    client.get(SIGN_IN)
    attempt(client, house.applicant.email, "secret")
    first = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/compte/deconnexion/")
    stolen = house.client()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = first
    assert stolen.get("/mes-dossiers/").status_code == 302
    attempt(client, house.applicant.email, "secret")
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != first


@pytest.mark.parametrize("login", ["nobody@ici.test.example", "applicant@ici.test.example", "personne"])
def test_a_wrong_password_and_a_wrong_name_are_told_alike(house: House, login: str) -> None:
    answer = attempt(house.client(), login, "faux")
    assert answer.status_code == 200
    said = re.sub(r"\s+", " ", answer.content.decode())
    assert "ne va pas avec ce mot de passe" in said
    assert "pseudo" not in said
    assert "n’existe pas" not in said and "inconnu" not in said


def test_the_door_shuts_for_a_while_after_many_wrong_passwords(house: House) -> None:
    client = house.client()
    answers = [attempt(client, house.applicant.email, f"faux {number}") for number in range(12)]
    pages = [answer.content.decode() for answer in answers]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429 or "Trop" in pages[-1]
    assert "Trop" in pages[-1]
    # The right password neither opens it, which would tell that it is right.
    assert attempt(client, house.applicant.email, "secret").status_code != 302


def test_a_forgotten_password_tells_nobody_who_has_an_account(house: House) -> None:
    told = {}
    for email in (house.applicant.email, "nobody@ailleurs.example"):
        answer = house.client().post(FORGOTTEN, {"email": email}, follow=True)
        told[email] = (answer.redirect_chain, re.sub(r"csrfmiddlewaretoken.*?>", "", answer.content.decode()))
    assert len({repr(each) for each in told.values()}) == 1
    assert [message.to for message in mail.outbox] == [[house.applicant.email]]


def test_a_new_password_ends_the_sessions_of_the_old_one(house: House) -> None:
    kept = house.client(house.applicant)
    assert kept.get("/mes-dossiers/").status_code == 200
    house.client().post(FORGOTTEN, {"email": house.applicant.email})
    found = re.search(r"https?://[^/]+(/compte/\S+)", mail.outbox[-1].body)
    assert found
    client = house.client()
    form = client.get(found[1], follow=True).redirect_chain[-1][0]
    new = "un tout nouveau sésame"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert kept.get("/mes-dossiers/").status_code == 302
    assert attempt(house.client(), house.applicant.email, new).status_code == 302
    assert client.get(found[1], follow=True).status_code == 200
    assert "password1" not in house.client().get(found[1], follow=True).content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://mal.example/", "//mal.example/", "javascript:alert(1)", "\\\\mal.example"]
)
def test_the_door_leads_nowhere_outside(house: House, elsewhere: str) -> None:
    answer = house.client().post(
        SIGN_IN, {"login": house.applicant.email, "password": "secret", "next": elsewhere}
    )
    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        assert answer.url == "/mes-dossiers/"


def test_what_is_posted_without_its_token_is_refused(house: House) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": house.host})
    client.force_login(house.applicant, backend="django.contrib.auth.backends.ModelBackend")
    for path in (SIGN_IN, "/compte/deconnexion/", "/demarches/care-domaine-2/commencer/"):
        assert client.post(path).status_code == 403

"""The one sign-in door says what is wrong and lets in who proved who they are."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from tests.fixtures import House

SIGN_IN, FORGOTTEN, CHANGE = map(
    reverse, ("account_login", "account_reset_password", "account_change_password")
)
NEW = "un mot de passe tout neuf"


@pytest.fixture(autouse=True)
def no_attempt_yet() -> None:
    cache.clear()


def test_what_is_left_out_is_said_in_a_sentence(house: House) -> None:
    visitor, person = house.client(), house.client(house.applicant)
    said = {
        "Écrivez votre nom d’utilisateur ou votre adresse e-mail.": visitor.post(SIGN_IN),
        "Écrivez l’adresse e-mail de votre compte.": visitor.post(FORGOTTEN),
        "Une adresse e-mail s’écrit comme nom@exemple.fr.": visitor.post(FORGOTTEN, {"email": "nom"}),
        "Écrivez votre mot de passe actuel.": person.post(CHANGE),
    }
    for sentence, answer in said.items():
        assert sentence in answer.content.decode()
        assert "Champ requis" not in answer.content.decode()


def test_a_wrong_password_in_use_is_said(house: House) -> None:
    sent = {"oldpassword": "faux", "password1": NEW, "password2": NEW}
    answer = house.client(house.applicant).post(CHANGE, sent).content.decode()
    assert "Ce n’est pas votre mot de passe actuel" in answer


def test_whoever_changed_their_password_goes_on(house: House) -> None:
    client = house.client(house.applicant)
    sent = {"oldpassword": "secret", "password1": NEW, "password2": NEW}
    assert client.post(CHANGE, sent)["Location"] == "/mes-dossiers/"
    assert "Votre nouveau mot de passe est enregistré." in client.get("/mes-dossiers/").content.decode()


@pytest.mark.parametrize("name", ["username", "email"])
def test_a_new_password_opens_the_door_that_wrong_ones_had_closed(house: House, name: str) -> None:
    client, login = house.client(), getattr(house.applicant, name)
    for _try in range(6):
        answer = client.post(SIGN_IN, {"login": login, "password": "faux"}).content.decode()
    assert "Attendez cinq minutes" in answer
    client.post(FORGOTTEN, {"email": house.applicant.email})
    link = re.search(r"/compte/mot-de-passe/nouveau/\S+", mail.outbox[-1].body)
    assert link
    form = client.get(link[0])["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})
    assert client.post(SIGN_IN, {"login": login, "password": NEW}).status_code == 302

"""A session that ends while one fills in a form loses nothing."""

import re

from django.test import Client

from runtime.dossiers.models import Dossier
from tests.fixtures import House, begin


def page(dossier: Dossier) -> str:
    return f"/mes-dossiers/{dossier.reference}/formulaire/formulaire/"


def sent(**answers: str) -> dict[str, str]:
    return {
        "shown": " ".join(answers),
        "revision": "0",
        "wizard-current_step": "formulaire",
        "go": "draft",
        **answers,
    }


def sign_in(client: Client, house: House, name: str) -> None:
    client.force_login(getattr(house, name), backend="django.contrib.auth.backends.ModelBackend")


def test_what_was_sent_after_the_session_ended_is_saved_at_the_next_sign_in(house: House) -> None:
    dossier = begin(house)
    client = house.client()
    answer = client.post(page(dossier), sent(dsi_nom="Benali"))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/compte/connexion/?next=")
    sign_in(client, house, "applicant")
    assert "Benali" in client.get(page(dossier)).content.decode()
    dossier.refresh_from_db()
    assert dossier.raw["dsi_nom"] == "Benali"


def test_it_is_not_saved_in_somebody_else_s_name(house: House) -> None:
    dossier = begin(house)
    client = house.client()
    client.post(page(dossier), sent(dsi_nom="Benali"))
    sign_in(client, house, "stranger")
    assert client.get(page(dossier)).status_code == 404
    dossier.refresh_from_db()
    assert "dsi_nom" not in dossier.raw


def test_a_page_that_saves_by_itself_is_told_that_it_is_signed_out(house: House) -> None:
    answer = house.client().post(page(begin(house)), sent(dsi_nom="X"), headers={"HX-Request": "true"})
    assert answer.status_code == 401


def test_what_was_kept_is_taken_back_whatever_revision_it_claims(house: House) -> None:
    dossier = begin(house)
    client = house.client()
    client.post(page(dossier), sent(dsi_nom="Benali") | {"revision": "9" * 5000})
    sign_in(client, house, "applicant")
    assert "Benali" in client.get(page(dossier)).content.decode()


def test_the_two_saves_of_one_page_do_not_contradict_each_other(house: House) -> None:
    """« Suivant » is pressed while the save before it has not been answered."""
    dossier = begin(house)
    client = house.client(house.applicant)
    html = client.get(page(dossier)).content.decode()
    (window,) = re.findall(r'name="wizard-window" value="(\w+)"', html)
    assert window not in client.get(page(dossier)).content.decode()
    client.post(
        page(dossier), sent(dsi_nom="Ben") | {"wizard-window": window}, headers={"HX-Request": "true"}
    )
    client.post(page(dossier), sent(dsi_nom="Benali") | {"wizard-window": window})
    dossier.refresh_from_db()
    assert (dossier.raw["dsi_nom"], dossier.conflicts) == ("Benali", {})

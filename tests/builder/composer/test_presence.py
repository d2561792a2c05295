"""Two people in the editor see one another, and what each one did comes to the other by itself."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from builder.composer.presence import LASTS
from runtime.procedures.models import DraftAct
from tests.builder.composer.test_views import big, statements
from tests.builder.journal.test_services import do, lucie, setting
from tests.builder.screens import address, composer, fresh, said
from tests.fixtures import House

__all__ = ["lucie"]
HERE = address("composer/presence/")
SCRIPT = {"X-Composer": "1"}
AFTER_AN_ACT = 15


@pytest.fixture(autouse=True)
def nobody() -> None:
    cache.clear()


def ask(client: Client, at: str, revision: int) -> Any:
    response = client.post(HERE, {"at": at, "revision": revision}, headers=SCRIPT)
    assert response.status_code == 200
    return response.json()


def test_the_others_are_shown_with_what_they_have_selected(house: House, lucie: Any) -> None:
    mine, hers = composer(house), house.client(lucie)
    assert ask(mine, "q/iban", 1) == {"people": []}
    (me,) = ask(hers, "q/bic", 1)["people"]
    assert me["at"] == "q/iban"
    (her,) = ask(mine, "q/iban", 1)["people"]
    assert (her["name"], her["at"], her["initials"]) == (str(lucie), "q/bic", "LE")
    assert her["colour"] != me["colour"]


def test_who_no_longer_asks_is_there_no_longer(
    house: House, lucie: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(house.client(lucie), "q/bic", 1)
    monkeypatch.setattr("builder.composer.presence.LASTS", -LASTS)
    assert ask(composer(house), "q/iban", 1)["people"] == []


def test_what_somebody_else_changed_comes_with_who_did_it(house: House, lucie: Any) -> None:
    do(house, "retitle", "q/iban", title="Compte bancaire", person=lucie)
    do(house, "add", "q/bic", title="Banque", kind="text", person=lucie)
    answer = ask(composer(house), "q/iban", 1)
    assert answer["revision"] == 3
    told = answer["said"].replace("\N{NO-BREAK SPACE}", " ")
    assert told == f"{lucie} : « Banque » ajoutée. {lucie} a changé : intitulé de « Compte bancaire »"
    assert "q/iban" in answer["touched"]
    assert "Compte bancaire" in [row["title"] for row in answer["rows"]]
    assert ask(composer(house), "q/iban", 3) == {"people": []}


def test_ones_own_acts_in_another_window_come_without_a_word(house: House) -> None:
    do(house, "set", "q/iban", **setting("Aide"))
    answer = ask(composer(house), "q/iban", 1)
    assert (answer["said"], answer["touched"]) == ("", [])


@pytest.mark.parametrize("act", [("delete", "q/iban"), ("delete", "s/banque")])
def test_a_part_that_somebody_deleted_says_who_and_may_come_back(
    house: House, lucie: Any, act: tuple[str, str]
) -> None:
    do(house, *act, person=lucie)
    client = composer(house)
    gone = ask(client, "q/iban", 1)["gone"]
    assert gone["said"].startswith(f"Supprimée par {lucie} à ")
    again = client.get(address("composer/q/iban/"), headers=SCRIPT)
    assert (again.status_code, again.json()["gone"]) == (404, gone)
    assert "Supprimée par" in said(client.get(address("composer/q/iban/"), follow=True))
    number = DraftAct.objects.get(name="delete").number
    assert gone["restore"] == number
    client.post(address("composer/acte/"), {"act": "restore", "number": number}, headers=SCRIPT)
    assert '"iban"' in fresh(house).draft_text


def test_an_act_on_what_went_with_its_section_is_told_who_deleted_it(house: House, lucie: Any) -> None:
    do(house, "delete", "s/banque", person=lucie)
    given = {"act": "set", "at": "q/iban", "shown": "help", "help": "x", "seen": "{}", "revision": 1}
    answer = composer(house).post(address("composer/acte/"), given, headers=SCRIPT)
    assert (answer.status_code, "restore" in answer.json()["gone"]) == (409, True)
    given = {"act": "move", "at": "q/iban", "by": "up", "revision": 1}
    answer = composer(house).post(address("composer/acte/"), given, headers=SCRIPT)
    assert (answer.status_code, "restore" in answer.json()["gone"]) == (409, True)


@pytest.mark.parametrize(("questions", "rules"), [(3, 1), (300, 60)])
def test_asking_costs_the_same_whatever_the_size(
    house: House, lucie: Any, questions: int, rules: int
) -> None:
    procedure = big(house, questions, rules)
    url = address("composer/presence/", procedure.slug)
    client = composer(house)
    client.post(url, {"at": "q/q1", "revision": 0}, headers=SCRIPT)
    assert (
        statements(client, lambda c: c.post(url, {"at": "q/q1", "revision": 0}, headers=SCRIPT))
        == AFTER_AN_ACT
    )


def test_only_who_composes_is_told(house: House) -> None:
    assert house.client(house.verifier).post(HERE, {"at": "q/iban", "revision": 1}).status_code in (
        302,
        403,
        404,
    )


def test_a_part_that_somebody_renamed_goes_on_under_its_new_identity(house: House, lucie: Any) -> None:
    """A title gives a question that was never published its identity: whoever writes in it loses nothing."""
    do(house, "add", "q/nom_groupe", title="Sigle", kind="text")
    known = fresh(house).draft_revision
    do(house, "retitle", "q/sigle", title="Sigle du groupe", person=lucie)
    client = composer(house)
    answer = ask(client, "q/sigle", known)
    assert (answer["became"], "gone" in answer) == ("q/sigle_du_groupe", False)
    assert client.get(address("composer/q/sigle/"), headers=SCRIPT).json() == {"became": "q/sigle_du_groupe"}
    assert client.get(address("composer/q/sigle/"))["Location"] == address("composer/q/sigle_du_groupe/")
    assert client.get(address("composer/q/sigle/regle/")).status_code == 200
    given = {"act": "set", "at": "q/sigle", "shown": "help", "help": "En lettres", "seen": "{}"}
    kept = client.post(address("composer/acte/"), {**given, "revision": known}, headers=SCRIPT)
    assert kept.json().get("select") == "q/sigle_du_groupe", kept.json()
    assert "En lettres" in fresh(house).draft_text


def test_ones_own_title_sent_again_finds_its_question(house: House) -> None:
    do(house, "add", "q/nom_groupe", title="Sigle", kind="text")
    known = fresh(house).draft_revision
    given = {"act": "retitle", "at": "q/sigle", "title": "Sigle du groupe", "revision": known}
    for _twice in range(2):
        kept = composer(house).post(address("composer/acte/"), given, headers=SCRIPT)
        assert (kept.status_code, kept.json()["select"]) == (200, "q/sigle_du_groupe")
    assert fresh(house).draft_revision == known + 1

"""A form's page anticipates its rules in Chromium, and the server's answer has the last word."""

import json
import re
from collections.abc import Iterator
from contextvars import copy_context
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connections
from playwright.sync_api import Browser, Page, Route, expect

from runtime.dossiers.models import Dossier
from runtime.dossiers.services import create_dossier, save_answers
from tests.browser import REPORT_VIOLATIONS, accessibility_problems
from tests.fixtures import House, begin, make_procedure
from tests.formdefs.material import whole
from tests.formdefs.test_rules import LOTS, money

FORM = {
    **LOTS,
    "pays": {"type": "string", "title": "Pays"},
    "ailleurs": {"type": "string", "title": "Ailleurs", "x-field": {"required": True}},
    "double": money(compute={"*": [{"var": "plafond"}, 2]}),
}
LAYOUT = [
    {
        "page": "p",
        "title": "Page",
        "sections": [
            {
                "id": "s",
                "title": "Un",
                "fields": ["plafond", "double", "lots", "total", "gros", "note", "pays"],
            },
            {
                "id": "d",
                "title": "Deux",
                "fields": ["ailleurs"],
                "when": {"starts_with": [{"lower": {"var": "pays"}}, "b"]},
            },
        ],
    }
]


class Desk:
    """A dossier open in a browser whose requests go straight to Django; `silent` keeps the answers back."""

    def __init__(self, house: House, dossier: Dossier, page: Page, form: str = "p") -> None:
        self.form = form
        self.client = house.client(house.applicant)
        self.dossier, self.page = dossier, page
        # The browser answers from a context of its own, where the test's portal and its database are not.
        self.context = copy_context()
        self.silent = False
        self.saves: list[str] = []
        self.problems: list[str] = []
        page.on("console", lambda message: message.type == "error" and self.problems.append(message.text))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.add_init_script(REPORT_VIOLATIONS)
        page.route("**/*", self.answer)

    @property
    def url(self) -> str:
        return f"http://localhost/mes-dossiers/{self.dossier.reference}/formulaire/{self.form}/"

    def answer(self, route: Route) -> None:
        request = route.request
        path = urlsplit(request.url).path
        if path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            route.fulfill(path=found) if found else route.fulfill(status=404)
            return
        if request.method == "POST" and self.silent:
            self.saves.append("held")
            return
        sent = {name: value for name, value in request.headers.items() if name == "hx-request"}
        answered = self.context.run(
            self.client.generic,
            request.method,
            path,
            request.post_data_buffer or b"",
            content_type=request.headers.get("content-type", ""),
            headers={"host": "ici.test", **sent},
        )
        if request.method == "POST":
            self.saves.append(path)
        route.fulfill(status=answered.status_code, headers=dict(answered.headers), body=answered.content)

    def saved(self) -> None:
        """Wait until all that was typed is kept."""
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            self.page.evaluate("htmx.trigger(document.querySelector('form[data-autosave]'), 'save')")
        self.page.wait_for_timeout(100)
        self.dossier.refresh_from_db()


@pytest.fixture(scope="session")
def browser_beside_the_database(
    django_db_setup: None, django_db_blocker: Any, chromium_browser: Browser
) -> Iterator[Browser]:
    """The browser; its loop gives this thread database connections that only it can close."""
    yield chromium_browser
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture
def desk(browser_beside_the_database: Browser, house: House) -> Iterator[Desk]:
    text = json.dumps(whole(FORM, layout=LAYOUT))
    procedure = make_procedure(house.portal, house.administrator, "essai", text=text)
    dossier = create_dossier(procedure=procedure, by=house.applicant, organisation=None)
    given = {"lots#": ["r1"], "lots.r1.detaille": "false", "lots.r1.depenses#": ["d1"]}
    dossier = save_answers(reference=dossier.reference, by=house.applicant, given=given, revision=0).dossier
    context = browser_beside_the_database.new_context()
    desk = Desk(house, dossier, context.new_page())
    desk.page.goto(desk.url)
    yield desk
    context.close()
    assert not desk.problems


def test_the_page_shows_and_computes_before_the_server_has_answered(desk: Desk) -> None:
    page = desk.page
    desk.silent = True
    row = "lots.r1.depenses.d1"
    expect(page.locator("#f-lots-r1-depenses")).to_have_count(0)
    page.locator('[name="lots.r1.detaille"][value=true]').check()
    page.locator(f'[name="{row}.quantite"]').fill("3")
    page.locator(f'[name="{row}.prix"]').fill("1 000,50")
    page.locator("[name=plafond]").fill("200")
    expect(page.locator("#c-lots-r1-depenses-d1-montant")).to_have_text("3\u202f001,50\u00a0€")
    expect(page.locator("#c-lots-r1-total")).to_have_text("3\u202f001,50\u00a0€")
    expect(page.locator("#c-total")).to_have_text("3\u202f001,50\u00a0€")
    expect(page.locator("#c-double")).to_have_text("400,00\u00a0€")
    expect(page.locator("#c-gros")).to_have_text("Oui")
    page.locator(f'[name="{row}.motif"]').fill("Urgent")
    page.locator("[name=note]").fill("Bien")
    expect(page.locator("#s-d")).to_have_count(0)
    page.locator("[name=pays]").fill("Belgique")
    page.locator("[name=ailleurs]").fill("Ici")
    desk.dossier.refresh_from_db()
    assert "note" not in desk.dossier.raw, "nothing reached the server yet"
    page.reload()
    desk.silent = False
    expect(page.locator("#f-note")).to_have_count(0)


def test_what_was_anticipated_is_kept_and_stands_once(desk: Desk) -> None:
    page = desk.page
    row = "lots.r1.depenses.d1"
    page.locator('[name="lots.r1.detaille"][value=true]').check()
    page.locator(f'[name="{row}.quantite"]').fill("3")
    page.locator(f'[name="{row}.prix"]').fill("1 000")
    page.locator("[name=note]").fill("Bien")
    page.locator("[name=pays]").fill("Belgique")
    page.locator("[name=ailleurs]").fill("Ici")
    desk.saved()
    assert desk.dossier.answers["total"] == 300_000
    assert (desk.dossier.raw["note"], desk.dossier.raw["ailleurs"]) == ("Bien", "Ici")
    for place in ("#f-note", "#s-d", "#f-ailleurs", "#f-lots-r1-depenses", "#f-lots-r1-depenses-d1-motif"):
        assert page.locator(place).count() <= 1
    expect(page.locator("[name=note]")).to_have_value("Bien")
    expect(page.locator("#c-total")).to_have_text("3\u202f000,00\u00a0€")


def test_what_is_hidden_at_once_keeps_what_was_typed(desk: Desk) -> None:
    page = desk.page
    page.locator("[name=pays]").fill("Belgique")
    page.locator("[name=ailleurs]").fill("Ici")
    desk.saved()
    desk.silent = True
    page.locator("[name=ailleurs]").fill("Là-bas")
    page.locator("[name=pays]").fill("France")
    expect(page.locator("#s-d")).to_be_hidden()
    page.reload()
    desk.silent = False
    page.locator("[name=ailleurs]").fill("Là-bas")
    page.locator("[name=pays]").fill("France")
    desk.saved()
    assert desk.dossier.raw["ailleurs"] == "Là-bas" and "ailleurs" not in desk.dossier.answers
    expect(page.locator("#s-d")).to_have_count(0)
    page.locator("[name=pays]").fill("Brésil")
    expect(page.locator("[name=ailleurs]")).to_have_value("Là-bas")


def test_what_is_typed_before_the_rules_arrive_is_judged_when_they_do(desk: Desk) -> None:
    page = desk.page
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    page.route("**/rules*.js", hold)
    with page.expect_request("**/rules*.js"):
        page.reload()
    page.locator("[name=pays]").fill("Belgique")
    page.wait_for_timeout(100)
    expect(page.locator("[name=ailleurs]")).to_have_count(0)
    desk.silent = True
    page.unroute("**/rules*.js")
    desk.answer(late[-1])
    expect(page.locator("[name=ailleurs]")).to_be_visible()


def test_what_is_brought_while_the_server_answers_is_sent_and_stands_once(desk: Desk) -> None:
    page = desk.page
    late: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            late.append(route)
        else:
            desk.answer(route)

    page.route("**/formulaire/**", hold)
    with page.expect_request(lambda asked: asked.method == "POST"):
        page.locator("[name=plafond]").fill("200")
    page.locator("[name=pays]").fill("Belgique")
    page.locator("[name=ailleurs]").fill("Ici")
    page.unroute("**/formulaire/**", hold)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        desk.answer(late[0])
    desk.saved()
    assert desk.dossier.raw["ailleurs"] == "Ici"
    expect(page.locator("#f-ailleurs")).to_have_count(1)
    expect(page.locator("[name=ailleurs]")).to_have_value("Ici")


def test_the_server_has_the_last_word(desk: Desk) -> None:
    """The script reads an amount that the schema refuses: the server says so, and the page follows it."""
    page = desk.page
    page.evaluate("document.querySelector('#f-pays').hidden = true")
    page.locator("[name=plafond]").fill("12")
    desk.saved()
    expect(page.locator("#f-pays")).to_be_visible()
    expect(page.locator("#c-double")).to_have_text("24,00\u00a0€")


def test_nothing_that_is_computed_or_nested_is_inaccessible(desk: Desk) -> None:
    page = desk.page
    page.locator('[name="lots.r1.detaille"][value=true]').check()
    desk.saved()
    expect(page.locator("#f-lots-r1-depenses")).to_be_visible()
    assert accessibility_problems(page) == []


def test_the_candidature_reveals_the_name_of_the_group_at_once(
    browser_beside_the_database: Browser, house: House
) -> None:
    context = browser_beside_the_database.new_context()
    desk = Desk(house, begin(house), context.new_page(), form="formulaire")
    desk.page.goto(desk.url)
    desk.silent = True
    desk.page.locator("[name=dans_un_groupe][value=true]").check()
    expect(desk.page.locator("[name=nom_groupe]")).to_be_visible()
    desk.page.locator("[name=dans_un_groupe][value=false]").check()
    expect(desk.page.locator("[name=nom_groupe]")).to_be_hidden()
    context.close()
    assert not desk.problems


def test_a_row_asked_for_twice_is_added_once(house: House, desk: Desk) -> None:
    client, url = house.client(house.applicant), urlsplit(desk.url).path
    desk.dossier.refresh_from_db()
    rows = [row["_row"] for row in desk.dossier.raw["lots"]]
    html = client.get(url).content.decode()
    (named,) = re.findall(r'name="lots\+" value="(\w+)"', html)
    sent = {
        "shown": "lots#", "revision": "1", "wizard-current_step": "p",
        "lots#": rows, "lots+": named, "add": "lots",
    }  # fmt: skip
    for _twice in range(2):
        client.post(url, sent)
    desk.dossier.refresh_from_db()
    assert [row["_row"] for row in desk.dossier.raw["lots"]] == [*rows, named]
    # A browser that kept what the page said before its button was pressed adds another.
    client.post(url, {**sent, "lots#": [*rows, named], "revision": "2"})
    desk.dossier.refresh_from_db()
    assert len(desk.dossier.raw["lots"]) == len(rows) + 2


def test_without_a_script_rows_two_deep_are_added_and_removed(house: House, desk: Desk) -> None:
    client, url = house.client(house.applicant), urlsplit(desk.url).path
    sent = {"shown": "lots# lots.r1.detaille lots.r1.depenses#", "revision": "1", "wizard-current_step": "p"}
    rows = {"lots#": "r1", "lots.r1.depenses#": "d1", "lots.r1.detaille": "true"}
    client.post(url, {**sent, **rows, "add": "lots.r1.depenses"})
    desk.dossier.refresh_from_db()
    (lot,) = desk.dossier.raw["lots"]
    assert len(lot["depenses"]) == 2
    added = lot["depenses"][1]["_row"]
    html = client.get(url).content.decode()
    assert f'name="lots.r1.depenses.{added}.quantite"' in html
    sent |= {"shown": f"{sent['shown']} lots.r1.depenses.{added}.quantite", "revision": "2"}
    rows |= {"lots.r1.depenses#": ["d1", added], f"lots.r1.depenses.{added}.quantite": "7"}
    client.post(url, {**sent, **rows, "remove": "lots.r1.depenses.d1"})
    desk.dossier.refresh_from_db()
    assert desk.dossier.raw["lots"][0]["depenses"] == [{"_row": added, "quantite": "7"}]
    client.post(url, {**sent, "revision": "3", "lots#": "r1", "remove": "lots.r1"})
    desk.dossier.refresh_from_db()
    assert desk.dossier.raw.get("lots") == []

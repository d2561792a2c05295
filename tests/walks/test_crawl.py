"""Every link that each person finds is followed: no page breaks its policy, fails or calls outside."""

from collections import Counter
from urllib.parse import urldefrag, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page

from tests.browser import People, accessibility_problems
from tests.walks.demonstration import Demonstration

PAGES_OF_A_ROUTE = 2
PAGES_OF_A_PERSON = 120
# The way out; the bulk actions, to which a script adds what was ticked; pictures, which are no pages.
NOT_FOLLOWED = ("account_logout", "door_sign_out", "wagtail_bulk_action", "picture")
WIDTHS = (1280, 375)
# What cannot be mended, by route: the words of the complaint. Nothing else is forgiven there.
UNMENDED = {
    # Its cropping tool (Jcrop) asks the browser about touch events by writing handlers: refused, it works.
    "wagtailimages:edit": ("inline event handler", "script-src-attr"),
    # Its content checks (axe-core, within Wagtail's script) try styles on the page: refused, they work.
    "wagtailadmin_pages:edit": ("Applying inline style", "style-src-elem"),
}

APPLICANT, PASSWORD = "alix.promeneur", "un mot de passe de promenade"
PREPARATION = f"""
from runtime.dossiers.services import create_dossier, save_answers, submit_dossier
from runtime.procedures.models import Procedure
from runtime.uploads.services import attach
from tenants.accounts.models import User
from tenants.memberships.models import Membership
from tenants.portals.current import portal_context
from tenants.portals.models import Portal
from tests.fixtures import CARE_ANSWERS, make_organisation, picture

portal = Portal.objects.get(slug="vallee-claire")
with portal_context(portal.pk):
    alix = User.objects.create_user("{APPLICANT}", "alix@demonstration.example", "{PASSWORD}")
    care = Procedure.objects.select_related("current_version").get(slug="care-domaine-2")
    for place in ("promenade", "detour"):
        organisation = make_organisation(portal, place, "Maison de la " + place, "53", entities=2)
        Membership.objects.create(portal=portal, user=alix, organisation=organisation)
        dossier = create_dossier(procedure=care, by=alix, organisation=organisation)
        entities = dossier.facts["organisation"]["entities"]
        reached = dict.fromkeys((each["id"] for each in entities), "atteints")
        given = dict(CARE_ANSWERS, prerequis_entites=reached)
        save_answers(reference=dossier.reference, by=alix, given=given, revision=dossier.revision)
        for path in ("preuves", "rib"):
            attach(reference=dossier.reference, by=alix, path=path, upload=picture(path + ".png"))
        if place == "promenade":
            submit_dossier(reference=dossier.reference, by=alix)
"""
STARTS = {
    "": ("/", "/demarches/", "/compte/connexion/", "/compte/mot-de-passe/oublie/"),
    APPLICANT: ("/mes-dossiers/", "/demarches/"),
    "ines.marchand": ("/instruction/", "/mes-dossiers/"),
    "louis.arnaud": ("/administration/", "/"),
    "camille.berger": ("/administration/demarches/", "/administration/"),
}


@pytest.fixture(scope="module")
def inhabited(demonstration: Demonstration) -> Demonstration:
    """The demonstration with a draft and a deposit to read."""
    demonstration.site.manage("shell", "--no-imports", "-c", PREPARATION)
    demonstration.passwords[APPLICANT] = PASSWORD
    return demonstration


@pytest.mark.parametrize("username", STARTS, ids=lambda name: name or "visitor")
def test_every_link_leads_to_a_page_that_keeps_its_policy(
    browser: People, inhabited: Demonstration, username: str
) -> None:
    page = browser.person()
    # An editor that asks whether one really leaves is left.
    page.on("dialog", lambda dialog: dialog.accept())
    if username:
        inhabited.sign_in(page, username)
    crawl = Crawl(page, browser)
    crawl.follow(STARTS[username])
    assert len(crawl.seen) >= len(STARTS[username])
    assert not crawl.problems, "\n".join(crawl.problems)


class Crawl:
    """One person's walk along every link, a few pages of each route."""

    def __init__(self, page: Page, people: People) -> None:
        self.page, self.people = page, people
        self.seen: set[str] = set()
        self.routes: Counter[str] = Counter()
        self.problems: list[str] = []

    def follow(self, starts: tuple[str, ...]) -> None:
        """Breadth first, until there is no new link or the bound is reached."""
        waiting = list(starts)
        while waiting and len(self.seen) < PAGES_OF_A_PERSON:
            address = waiting.pop(0)
            if address not in self.seen and self._is_wanted(address):
                self.seen.add(address)
                waiting += self._visit(address)

    def _is_wanted(self, address: str) -> bool:
        route = route_of(address)
        if route in NOT_FOLLOWED or self.routes[route] >= PAGES_OF_A_ROUTE:
            return False
        self.routes[route] += 1
        return True

    def _visit(self, address: str) -> list[str]:
        before, route = len(self.people.problems), route_of(address)
        try:
            response = self.page.goto(address, wait_until="load")
        except Error as error:
            # A file is downloaded, and not shown.
            assert "Download is starting" in error.message, (address, error.message)
            return []
        if response and response.status >= 400 and route:
            self.problems.append(f"{route} {address}: {response.status}")
        if response and not response.headers.get("content-type", "").startswith("text/html"):
            # A picture, in a sandbox where nothing runs, not even a question about it.
            return []
        if not address.startswith("/administration/") and self.routes[route] == 1:
            self._look(route)
        else:
            self.page.wait_for_timeout(300)
        # In a preview nothing is kept, and its links lead nowhere.
        links = [] if route == "builder_frame" else self._links()
        # What it complains of late is still its own: nothing of it comes once another page stands there.
        self.page.goto("about:blank")
        found, self.people.problems[before:] = self.people.problems[before:], []
        forgiven = UNMENDED.get(route, ())
        self.problems += [
            f"{route} {address}: {problem}"
            for problem in found
            if not any(words in problem for words in forgiven)
        ]
        return links

    def _look(self, route: str) -> None:
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.problems += [f"{route} at {width}: {each}" for each in accessibility_problems(self.page)]
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                self.problems.append(f"{route} at {width}: {wide} px wide")
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})

    def _links(self) -> list[str]:
        hrefs = self.page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        here = urlsplit(self.page.url)
        parts = [urlsplit(urldefrag(href).url) for href in hrefs]
        return [
            part.path + (f"?{part.query}" if part.query else "")
            for part in parts
            if (part.scheme, part.netloc) == (here.scheme, here.netloc)
        ]


def route_of(address: str) -> str:
    """The name of the address's route, each page of the portal being one; nothing when there is none."""
    try:
        found = resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""
    return f"page {address}" if found == "wagtail_serve" else found

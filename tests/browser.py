"""A browser in the hands of several people, that fails the test when a page misbehaves."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    Route,
    expect,
    sync_playwright,
)

from config.installation import ROOT, chromium
from tests.front_door import Site

FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--metrics-recording-only",
    "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication",
    # The shared memory of containers is too small for it.
    "--disable-dev-shm-usage",
]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
REPORT_VIOLATIONS = """addEventListener('securitypolicyviolation', (event) =>
  console.error(`CSP: ${event.effectiveDirective} refused ${event.blockedURI} (${event.sample})`))"""
SERVER_ERROR = 500
PATIENCE = 20_000
"""Milliseconds that a page may take on a busy machine."""


class People:
    """Opens pages for one person after another; what their browsers complain of is kept."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.problems: list[str] = []
        self.contexts: list[BrowserContext] = []

    def person(self, *, javascript: bool = True, width: int = 1280, dark: bool = False) -> Page:
        """A page in a session of its own, with French as its language."""
        context = self.browser.new_context(
            base_url=self.site.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale="fr-FR",
            timezone_id="Europe/Paris",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(REPORT_VIOLATIONS)
        context.route("**/*", self._stay_home)
        context.on("console", self._listen)
        context.on("response", self._judge)
        context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))
        self.contexts.append(context)
        return context.new_page()

    def close(self) -> None:
        """End every session."""
        for context in self.contexts:
            context.close()

    def _stay_home(self, route: Route) -> None:
        url = route.request.url
        if urlsplit(url).scheme in ("data", "blob") or url.startswith(f"{self.site.url}/"):
            route.continue_()
        else:
            self.problems.append(f"outside request: {url}")
            route.abort()

    def _listen(self, message: ConsoleMessage) -> None:
        # A refused form answers 4xx, which Chromium also writes in the console.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.problems.append(f"console: {message.text}")

    def _judge(self, response: Response) -> None:
        missing = response.status >= 400 and response.request.resource_type != "document"
        asked_by_script = response.request.resource_type in ("xhr", "fetch")
        if response.status >= SERVER_ERROR or (missing and not asked_by_script):
            self.problems.append(f"{response.status}: {response.url}")


@pytest.fixture(scope="session")
def chromium_browser() -> Iterator[Browser]:
    """The system's Chromium."""
    # Playwright runs an event loop in this thread, in which Django otherwise refuses to reach the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=flags)
        yield launched
        launched.close()


@pytest.fixture
def browser(chromium_browser: Browser, site: Site) -> Iterator[People]:
    """People at their browsers; the test fails if any page breaks its policy, fails or calls outside."""
    people = People(chromium_browser, site)
    yield people
    people.close()
    assert not people.problems, "\n".join(people.problems)


def accessibility_problems(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA, each with the element it is about."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})"
        ".then(r => r.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html} ${n.failureSummary}`)))",
        WCAG,
    )
    return [str(problem) for problem in found]

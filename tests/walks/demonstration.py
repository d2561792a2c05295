"""The demonstration portal, served for real, and the people who walk through it."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import accessibility_problems
from tests.fixtures import picture
from tests.front_door import Site

SHOTS = os.environ.get("SCREENSHOTS", "")
SETTLED = """async () => {
  await new Promise((done) => setTimeout(done, 600));
  const moving = document.getAnimations().filter((each) => each.effect.getTiming().iterations !== Infinity);
  await Promise.race([
    Promise.allSettled(moving.map((each) => each.finished)),
    new Promise((done) => setTimeout(done, 3000)),
  ]);
}"""
"""What appears has appeared: the admin's messages come by degrees, and are pale meanwhile."""


class Demonstration:
    """The seeded portal: passwords, and what every walk does."""

    def __init__(self, site: Site) -> None:
        site.manage("seed_demonstration")
        self.site = site
        self.passwords = json.loads((site.folder / "demonstration.json").read_text("utf-8"))
        self.files = site.folder

    def sign_in(self, page: Page, username: str) -> None:
        """Sign in by the one door."""
        page.goto("/compte/connexion/")
        page.get_by_label("Nom d’utilisateur ou adresse e-mail").fill(username)
        page.get_by_label("Mot de passe", exact=True).fill(self.passwords[username])
        page.get_by_role("main").get_by_role("button", name="Se connecter").click()
        page.wait_for_url("**/mes-dossiers/")

    def file(self, name: str) -> Path:
        """A real image on the disk."""
        path = self.files / name
        path.write_bytes(picture().read())
        return path


@pytest.fixture(scope="session")
def demonstration(site: Site) -> Iterator[Demonstration]:
    """The demonstration, seeded once for the walks of this process."""
    yield Demonstration(site)


def look(page: Page, name: str) -> None:
    """Keep a picture where one is asked for, and find no accessibility problem."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True, caret="initial")
    page.evaluate(SETTLED)
    assert accessibility_problems(page) == [], name


def fill_candidature(page: Page) -> None:
    """Answer every required question of the candidature but its files."""
    page.get_by_label("Je certifie pouvoir engager").check()
    page.get_by_label("Responsable de projet numérique").check()
    page.get_by_label("Je m’engage à tenir à jour").check()
    for who in ("dsi", "rssi", "signataire"):
        page.locator(f"[name={who}_civilite]").first.check()
        for question, text in (
            ("prenom", "Nadia"),
            ("nom", "Benali"),
            ("email", "nadia@exemple.fr"),
            ("telephone", "0465712014"),
        ):
            page.locator(f"[name={who}_{question}]").fill(text)
    page.locator("[name=signataire_fonction]").fill("Directrice")
    page.locator("[name=adresse_voie]").fill("18, quai des Tanneurs")
    page.locator("[name=adresse_code_postal]").fill("35000")
    page.locator("[name=adresse_commune]").fill("Rennes")
    page.locator("[name=dans_un_groupe][value=false]").check()
    page.locator("[name=prerequis_candidat]").first.check()
    for entity in page.locator("select[name^='prerequis_entites.']").all():
        entity.select_option(index=1)
    page.locator("[name=iban]").fill("FR76 3000 6000 0112 3456 7890 189")
    page.locator("[name=bic]").fill("BNPAFRPP")

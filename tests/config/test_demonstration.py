"""What the demonstration shows leads somewhere, and tells the right time."""

from collections.abc import Iterator
from typing import Any

from django.urls import resolve

from config.demonstration.pages import HOME
from tests.fixtures import House


def addresses(value: Any) -> Iterator[str]:
    """Every address in a page's blocks."""
    if isinstance(value, dict):
        if value.get("address"):
            yield value["address"]
        for inner in value.values():
            yield from addresses(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses(inner)


def test_every_link_of_the_home_page_has_a_page_of_the_platform() -> None:
    found = set(addresses(HOME))
    assert len(found) > 3
    for address in found:
        # Anything unknown falls through to Wagtail's pages.
        assert not resolve(address).view_name.startswith("wagtail"), address


def test_a_mail_is_dated_on_the_portal_s_clock(tmp_path: Any, settings: Any, house: House) -> None:
    settings.EMAIL_FILE_PATH = tmp_path
    mail = "To: a@b.example\nSubject: Essai\nDate: Sun, 22 Nov 2026 05:38:00 -0000\n\nBonjour\n"
    (tmp_path / "1.log").write_text(mail, "utf-8")
    html = house.client().get("/demonstration/courrier/").content.decode()
    assert "22 novembre 2026 à 6 h 38" in html.replace("\N{NO-BREAK SPACE}", " ")

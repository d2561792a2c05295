"""The pages that editors compose."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.images.models import Image
from wagtail.models import Collection

from themes.highlights.services import feature, illustrate
from themes.models import ContentPage, HomePage
from themes.pages.blocks import HomeBlocks, LinkBlock

from .conftest import Place
from .test_templates import Structure

pytestmark = pytest.mark.urls("tests.themes.addresses")


def link(label: str = "Toutes les démarches", address: str = "/demarches/") -> dict[str, Any]:
    return {"label": label, "page": None, "address": address}


EVERY_BLOCK = [
    ("search", {"title": "Que souhaitez-vous faire ?", "lead": "Tout commence ici.", "links": [link()]}),
    ("highlights", {"heading": "Démarches à la Une"}),
    (
        "audiences",
        {
            "heading": "Vous êtes…",
            "cards": [
                {
                    "icon": "hospital",
                    "title": "Un établissement de santé",
                    "links": [link()],
                    "entries": [link("Inscription"), link("Connexion", "/compte/connexion/")],
                }
            ],
        },
    ),
    ("steps", {"heading": "Comment ça se passe", "steps": [{"title": "Vous choisissez", "text": ""}]}),
    ("text", {"heading": "Qui sommes-nous", "text": "<p>Une agence.</p>"}),
    (
        "faq",
        {"heading": "Questions", "lead": "", "questions": [{"question": "Quoi ?", "answer": "<p>Ça.</p>"}]},
    ),
]


def composed(page: HomePage | ContentPage, blocks: list[tuple[str, Any]]) -> None:
    page.body = blocks
    page.save_revision().publish()


def get(path: str) -> Structure:
    answer = Client(headers={"host": "vallee.test"}).get(path)
    assert answer.status_code == 200
    return Structure(answer.content.decode())


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_home_page_with_every_block_is_well_formed(
    place: Place, picture: Callable[[Collection], Image]
) -> None:
    with_image, without = (place.procedure(slug) for slug in "ab")
    first = feature(portal=place.portal, procedure=with_image, by=place.editor)
    feature(portal=place.portal, procedure=without, by=place.editor)
    illustrate(
        highlight=first, by=place.editor, image=picture(place.portal.collection), image_alt="Une vallée"
    )
    composed(place.home, EVERY_BLOCK)
    page = get("/")
    assert not page.wrong
    assert len(page.all("h1")) == 1
    assert len(page.ids()) == len(set(page.ids()))
    assert [one.get("alt") for one in page.all("img")] == ["Une vallée"]
    assert {"/demarches/a/", "/demarches/b/"} <= {one.get("href") for one in page.all("a")}
    for attrs in page.all("section"):
        assert attrs["aria-labelledby"] in page.ids()


def test_a_content_page_under_the_home_page_is_well_formed(place: Place) -> None:
    page = place.home.add_child(instance=ContentPage(title="Accessibilité", slug="acces", intro="En bref."))
    composed(page, [block for block in EVERY_BLOCK if block[0] in ("text", "steps", "faq")])
    found = get("/acces/")
    assert not found.wrong
    assert len(found.all("h1")) == 1


@pytest.mark.parametrize(
    "given",
    [
        {"label": "Deux", "page": None, "address": ""},
        {"label": "Piège", "page": None, "address": "javascript:alert(1)"},
        {"label": "Ailleurs", "page": None, "address": "//ailleurs.example/"},
    ],
)
def test_a_link_leads_to_one_page_or_one_plain_address(given: dict[str, Any]) -> None:
    block = LinkBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python(given))


def test_a_home_page_begins_by_one_search() -> None:
    block = HomeBlocks()
    text = {"type": "text", "value": {"heading": "Seul", "text": "<p>x</p>"}}
    with pytest.raises(ValidationError):
        block.clean(block.to_python([text]))


def test_content_pages_stand_under_a_home_page_and_home_pages_do_not(place: Place) -> None:
    assert ContentPage.can_create_at(place.home)
    assert not HomePage.can_create_at(place.home)
    assert not ContentPage.can_create_at(place.home.get_parent())

"""What is kept of a page is nobody's: it says what its template says, to each person their own."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation

from runtime.dossiers.models import Dossier
from runtime.dossiers.services import create_dossier, save_answers
from runtime.procedures.definitions import definition_of
from runtime.wizard import frame, progress, views
from runtime.wizard.slots import Piece
from tenants.accounts.models import User
from tenants.organisations.models import Organisation
from tenants.portals.current import portal_context
from tests.access.test_naughty_strings import read as markup
from tests.access.test_naughty_strings import strings
from tests.fixtures import House, begin, make_procedure
from tests.runtime.test_pages import address, page_of, post
from tests.runtime.test_statements import to_correct

TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')


def read(html: str) -> str:
    """The page without the blanks between its words, nor its token, which is new each time."""
    return re.sub(r"\s*(<|>)\s*", r"\1", re.sub(r"[ \t\r\n]+", " ", TOKEN.sub(r"\1", html))).strip()


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Judges each page of the test: what is filled must be what the template draws."""
    seen: list[str] = []

    def page_html(request: HttpRequest, context: dict[str, Any]) -> str:
        html = frame.page_html(request, context)
        assert read(html) == read(render_to_string("runtime/wizard/page.html", context, request))
        seen.append(html)
        return html

    monkeypatch.setattr(views, "page_html", page_html)
    return seen


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """All that is kept of the pages of the test: what it is known by, and its text."""
    frame.drawn.cache_clear()
    progress._drawn.cache_clear()
    found: list[str] = []
    drawn, drawn_progress = frame.drawn, progress._drawn

    def keep(given: frame.Frame) -> Piece:
        found.append(f"{given!r}{drawn(given)!r}")
        return drawn(given)

    def keep_progress(*given: Any) -> str:
        found.append(f"{given!r}{drawn_progress(*given)}")
        return drawn_progress(*given)

    monkeypatch.setattr(frame, "drawn", keep)
    monkeypatch.setattr(progress, "_drawn", keep_progress)
    return lambda: "\n".join(found)


# What is filled is what the template draws


def test_a_page_begun_saved_and_taken_up_again_is_what_its_template_draws(
    house: House, both: list[str]
) -> None:
    dossier, client = begin(house), house.client(house.applicant)
    html = page_of(client, address(dossier))
    post(client, address(dossier), html, dsi_nom="Benali", dsi_email="faux", go="draft")
    said = page_of(client, address(dossier))
    assert "Votre brouillon est enregistré" in said and 'value="faux"' in said
    assert "Votre brouillon est enregistré" not in page_of(client, address(dossier))
    assert len(both) == 3


def test_a_page_sent_back_with_its_errors_is_what_its_template_draws(house: House, both: list[str]) -> None:
    dossier, client = begin(house), house.client(house.applicant)
    html = page_of(client, address(dossier))
    answer = post(client, address(dossier), html, go="next", dans_un_groupe="true")
    assert "Erreur" in answer.content.decode() and len(both) == 2


def test_a_page_to_correct_is_what_its_template_draws(house: House, both: list[str]) -> None:
    html = page_of(house.client(house.applicant), address(to_correct(house)))
    assert "Le RIB est illisible." in html and len(both) == 1


# To each their own


def test_people_portals_and_languages_never_meet_in_what_is_kept(
    house: House, elsewhere: House, kept: Callable[[], str]
) -> None:
    pages, secrets = [], []
    for place, person, organisation in (
        (house, house.applicant, house.clinic),
        (house, house.stranger, house.hospital),
        (elsewhere, elsewhere.applicant, elsewhere.clinic),
    ):
        for language in ("fr", "en"):
            secret = _secret(person, language)
            dossier = _answered(place, person, organisation, secret)
            with translation.override(language):
                html = page_of(place.client(person), address(dossier))
            assert f'<html lang="{language}"' in html and escape(place.portal.name) in html
            pages.append(html)
            secrets.append({secret, dossier.reference, person.get_full_name()})
    for number, (html, own) in enumerate(zip(pages, secrets, strict=True)):
        assert all(text in html for text in own), number
        foreign = set().union(*secrets) - own
        assert not [text for text in foreign if text in html], number
    everything = kept()
    assert house.portal.name in everything
    assert not [text for text in set().union(*secrets) if text in everything]
    assert not [place for place in (house.clinic, house.hospital) if place.name in everything]


def _secret(person: User, language: str) -> str:
    """Give the person a name of their own, and a text to answer with."""
    person.first_name, person.last_name = f"Prénom{person.pk}", f"Nom{person.pk}{language}"
    person.save()
    return f"Secret{person.pk}{language}"


def _answered(house: House, person: User, organisation: Organisation, secret: str) -> Dossier:
    with portal_context(house.portal.pk):
        dossier = begin(house, person, organisation)
        save_answers(reference=dossier.reference, by=person, given={"dsi_nom": secret}, revision=0)
    return dossier


def test_the_menus_of_a_reviewer_are_not_an_applicant_s(house: House) -> None:
    grant = make_procedure(house.portal, house.administrator, "bourse-departementale")
    pages = []
    for person in (house.applicant, house.verifier, house.applicant):
        dossier = create_dossier(procedure=grant, by=person, organisation=None)
        first = definition_of(dossier.version).first_phase.pages[0].id
        pages.append(page_of(house.client(person), address(dossier, first)))
    assert ["/instruction/" in page for page in pages] == [False, True, False]


# Naughty strings


def test_whatever_fills_a_slot_comes_back_only_as_text(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[HttpRequest, dict[str, Any]]] = []

    def page_html(request: HttpRequest, context: dict[str, Any]) -> str:
        given.append((request, context))
        return frame.page_html(request, context)

    monkeypatch.setattr(views, "page_html", page_html)
    expected = markup(page_of(house.client(house.applicant), address(begin(house)))).shape
    request, context = given[0]
    for typed in filter(None, strings()):
        request.user.first_name, request.user.last_name = typed, ""
        hostile = context | {
            "form": replace(context["form"], shown=typed, action_url=typed, attach_url=typed),
            "dossier": replace(context["dossier"], reference=typed, url=typed, organisation=typed),
            "facts": tuple((label, typed) for label, _value in context["facts"]),
        }
        html = frame.page_html(request, hostile)
        assert markup(html).shape == expected, typed
        assert html.count(escape(typed)) >= 8, typed

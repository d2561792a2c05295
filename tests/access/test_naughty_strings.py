"""Whatever is typed comes back as text: never as markup, never as a failure."""

import json
import os
from html.parser import HTMLParser
from pathlib import Path

import pytest

from config.installation import ROOT
from tests.fixtures import House, begin
from tests.runtime.test_pages import address, page_of, post

BLNS = (
    Path(os.environ.get("FIXTURES_DIR", ROOT / ".." / "shared" / "fixtures"))
    / "05-nasty"
    / "blns"
    / "blns.json"
)
OF_OUR_OWN = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onfocus=alert(1) autofocus='",
    "</textarea><script>", "{{ 7*7 }}", "{% csrf_token %}", "${7*7}", "javascript:alert(1)", "a\x00b", "😀",
    "\u202egauche", "é" * 5000, "\\u0000", "NaN", "1e400", "-" * 40, "%s%n%d", "\r\n\r\nSet-Cookie: x",
    "<!--", "]]>", "&lt;b&gt;", "\ufffe", "\x85\u2028",
]  # fmt: skip
QUESTIONS = (
    "dsi_nom",
    "dsi_email",
    "dsi_telephone",
    "adresse_voie",
    "adresse_code_postal",
    "iban",
    "dsi_civilite",
)

SENTENCE = {"p", "strong", "em", "ul", "li", "a", "svg", "use", "path", "line", "circle"}


def strings() -> list[str]:
    return OF_OUR_OWN + (json.loads(BLNS.read_text("utf-8")) if BLNS.exists() else [])


class Markup(HTMLParser):
    """What a page holds beside text: its elements, and its attributes that could run something."""

    def __init__(self) -> None:
        super().__init__()
        self.shape: list[tuple[str, tuple[str, ...]]] = []
        self.values: dict[str, str | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        # The rules that the page's script reads are data, which no browser runs.
        tag = "data" if given == {"id": "rules", "type": "application/json"} else tag
        self.shape.append((tag, tuple(sorted(given))))
        if tag == "input" and given.get("name") in QUESTIONS:
            self.values[given["name"] or ""] = given.get("value")


def read(html: str) -> Markup:
    markup = Markup()
    markup.feed(html)
    markup.close()
    return markup


def risky(markup: Markup) -> list[object]:
    """Inline scripts' ways in: a handler, a style, a script or frame that we never write."""
    return [
        (tag, names)
        for tag, names in markup.shape
        if any(name.startswith("on") or name in ("style", "srcdoc") for name in names)
        or tag in ("iframe", "object", "embed", "base", "style")
        or (tag == "script" and "src" not in names)
    ]


def test_every_naughty_string_comes_back_only_as_text(house: House) -> None:
    client, url = house.client(house.applicant), address(begin(house))
    html = page_of(client, url)
    expected = {tag for tag, _names in read(html).shape}
    wrong = []
    for typed in strings():
        answer = post(client, url, html, shown="adresse_voie", adresse_voie=typed, go="draft")
        if answer.status_code != 302:
            wrong.append(f"{typed!r}: {answer.status_code}")
        html = page_of(client, url)
        shown = read(html)
        # A refused answer brings its sentence with it, in elements of our own.
        strange = {tag for tag, _names in shown.shape} - expected - SENTENCE
        if strange or risky(shown):
            wrong.append(f"{typed!r}: {strange} {risky(shown)}")
    assert not wrong, "\n".join(wrong)


def test_naughty_strings_are_never_a_failure_for_any_kind_of_question(house: House) -> None:
    """A different one in each question of a page, saved and then sent on."""
    client, url = house.client(house.applicant), address(begin(house))
    typed, wrong = strings(), []
    for start in range(0, len(typed), len(QUESTIONS)):
        given = dict(zip(QUESTIONS, typed[start:], strict=False))
        for go, accepted in (("draft", (302,)), ("next", (200, 302, 422))):
            answer = post(client, url, page_of(client, url), shown=" ".join(given), **given, go=go)
            if answer.status_code not in accepted:
                wrong.append(f"{given} {go}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "field", ["revision", "shown", "go", "wizard-current_step", "add", "remove", "adopt", "dismiss"]
)
def test_what_the_page_itself_sends_may_be_anything_too(house: House, field: str) -> None:
    client, url = house.client(house.applicant), address(begin(house))
    html = page_of(client, url)
    for typed in OF_OUR_OWN:
        sent = {
            "revision": "0",
            "shown": "dsi_nom",
            "wizard-current_step": "formulaire",
            "dsi_nom": "x",
            field: typed,
        }
        status = client.post(url, sent).status_code
        assert status < 500, f"{typed!r}: {status}"
    assert html


def test_addresses_and_searches_may_be_anything(house: House) -> None:
    from urllib.parse import quote

    client = house.client(house.verifier)
    for typed in OF_OUR_OWN + strings()[:: len(OF_OUR_OWN) // 4]:
        text = quote(typed, safe="")
        for path in (
            f"/demarches/?q={text}",
            f"/instruction/?q={text}&page={text}&sort={text}&status={text}",
            f"/mes-dossiers/{text}/",
        ):
            status = client.get(path).status_code
            assert status < 500, f"{path}: {status}"

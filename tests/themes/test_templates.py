"""Every template the runtime names, in every theme, with typical, empty, long and hostile contexts."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from django.template.loader import get_template
from django.test import RequestFactory

import themes

from .controls import every_control
from .samples import LONG, NAUGHTY, Sample, mails, page_context, pages, wizard

ROOT = Path(themes.__file__).parent
THEMES = sorted(folder.parent for folder in ROOT.glob("*/templates"))
TEXTS = {"typical": "", "empty": "", "long": LONG, "hostile": NAUGHTY}
VOID = {"meta", "link", "input", "br", "hr", "img", "path", "circle", "rect", "line", "ellipse", "polyline"}

pytestmark = pytest.mark.urls("tests.themes.addresses")


class Structure(HTMLParser):
    """What a page is made of, and what is wrong in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()
        if self.open:
            self.wrong.append(f"left open: {self.open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "style" or any(name == "style" or name.startswith("on") for name, _value in attrs):
            self.wrong.append(f"inline style or handler on <{tag}>")
        if tag == "script" and "src" not in dict(attrs):
            self.wrong.append("inline script")
        if len({name for name, _value in attrs}) < len(attrs):
            self.wrong.append(f"an attribute twice on <{tag}>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> does not close what is open")

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag in names]

    def ids(self) -> list[str]:
        return [value for _tag, attrs in self.tags if (value := attrs.get("id"))]


@pytest.fixture(params=THEMES, ids=lambda theme: theme.name)
def theme(request: pytest.FixtureRequest) -> Iterator[Path]:
    """Each theme in turn, its templates first."""
    engine = engines["django"].engine
    kept = list(engine.dirs)
    engine.dirs[:] = [request.param / "templates"]
    yield request.param
    engine.dirs[:] = kept


def samples(name: str) -> list[Sample]:
    text = TEXTS[name]
    body = every_control(text) if name != "empty" else ""
    return [*pages(text, name), Sample("runtime/wizard/page.html", wizard(text, body), name)]


def rendered(sample: Sample) -> str:
    context: dict[str, Any] = {**page_context(sample.anonymous), **sample.context}
    return get_template(sample.template).render(context, RequestFactory().get("/?q=un"))


@pytest.mark.parametrize("name", TEXTS)
def test_every_page_is_well_formed_and_says_its_language_title_and_one_heading(
    theme: Path, name: str
) -> None:
    for sample in samples(name):
        page = Structure(rendered(sample))
        assert not page.wrong, (sample.template, page.wrong)
        assert [attrs.get("lang") for attrs in page.all("html")] == ["fr"], sample.template
        assert len(page.all("h1")) == 1, sample.template
        assert len(page.all("title")) == 1, sample.template
        assert len(page.all("main")) == 1, sample.template


@pytest.mark.parametrize("name", TEXTS)
def test_every_id_is_one_element_s_and_every_control_has_its_name(theme: Path, name: str) -> None:
    for sample in samples(name):
        page = Structure(rendered(sample))
        ids = page.ids()
        assert len(ids) == len(set(ids)), (sample.template, sorted(i for i in ids if ids.count(i) > 1))
        labelled = {attrs.get("for") for attrs in page.all("label")}
        controls = [*page.all("select", "textarea"), *page.all("input")]
        for control in controls:
            if control.get("type") in ("hidden", "radio") or "aria-label" in control:
                continue
            assert control.get("id") in labelled, (sample.template, control)


@pytest.mark.parametrize("name", ["typical", "long", "hostile"])
def test_every_reference_inside_a_page_leads_somewhere(theme: Path, name: str) -> None:
    for sample in samples(name):
        page = Structure(rendered(sample))
        ids = set(page.ids())
        for _tag, attrs in page.tags:
            for pointer in ("aria-describedby", "aria-labelledby", "aria-controls", "for"):
                missing = set((attrs.get(pointer) or "").split()) - ids
                assert not missing, (sample.template, pointer, missing)


def test_what_people_write_never_becomes_markup_nor_template(theme: Path) -> None:
    for sample in samples("hostile"):
        html = rendered(sample)
        assert "<script>alert" not in html, sample.template
        assert "<b onclick" not in html, sample.template


def test_the_page_of_an_incident_needs_no_context(theme: Path) -> None:
    page = Structure(get_template("500.html").render())
    assert not page.wrong
    assert len(page.all("h1")) == 1
    assert any(attrs.get("href") == "/" for attrs in page.all("a"))


def test_mails_are_plain_text_and_their_subjects_one_line(theme: Path) -> None:
    for sample in mails():
        text = get_template(sample.template).render(sample.context)
        assert "&#x27;" not in text and "<" not in text, sample.template
        assert "K7QX4M2" in text, sample.template
        if sample.template.endswith(".subject.txt"):
            assert "\n" not in text, sample.template


def test_the_form_works_without_a_script(theme: Path) -> None:
    html = rendered(Sample("runtime/wizard/page.html", wizard("", every_control())))
    page = Structure(html)
    form = next(attrs for attrs in page.all("form") if "data-autosave" in attrs)
    assert form["method"] == "post" and form["enctype"] == "multipart/form-data" and form["action"]
    sent = {attrs.get("name") for attrs in page.all("input", "select", "textarea", "button")}
    assert {"revision", "shown", "wizard-current_step", "go", "add", "remove", "detach", "adopt"} <= sent
    first = next(attrs for attrs in page.all("button") if attrs.get("type") == "submit")
    assert (first["name"], first["value"]) == ("go", "draft"), "Enter in a field must save, never remove"


@pytest.mark.parametrize("oob", [True, False])
def test_progress_gives_the_pieces_that_a_save_replaces(theme: Path, oob: bool) -> None:
    context = {"progress": wizard()["progress"], "oob": oob}
    html = get_template("runtime/wizard/progress.html").render(context)
    html += get_template("runtime/wizard/mini.html").render(context)
    page = Structure(html)
    assert not page.wrong
    pieces = {attrs["id"]: "hx-swap-oob" in attrs for _tag, attrs in page.tags if "id" in attrs}
    assert pieces == dict.fromkeys(("progress", "saved", "outline", "progress-mini"), oob)


WORD = r"(?:translate|trans)"
QUOTED = re.compile(rf"{{%-?\s*{WORD}\s+(?:\"([^\"]*)\"|'([^']*)')")
BLOCK = re.compile(r"{%\s*blocktrans(?:late)?[^%]*%}(.*?){%\s*endblocktrans(?:late)?\s*%}", re.S)
PYTHON = re.compile(r"_\(\s*f?\"([^\"]+)\"")
MARKUP = re.compile(r"{{.*?}}|{%.*?%}|<[^>]*>|%\(\w+\)s")
FAULTS = {
    "a straight apostrophe": re.compile(r"\w'\w"),
    "no no-break space before a double sign": re.compile(r"[^\u00a0\u202f:;?!»](?:[?!»]|[;:](?!\w|//))"),
    "no no-break space after «": re.compile(r"«[^\u00a0\u202f]"),
    "three points for an ellipsis": re.compile(r"\.\.\."),
}


def sentences() -> Iterator[tuple[str, str]]:
    for path in [*ROOT.rglob("*.html"), *ROOT.rglob("*.txt")]:
        text = path.read_text(encoding="utf-8")
        for found in QUOTED.finditer(text):
            yield path.name, found[1] or found[2]
        for found in BLOCK.finditer(text):
            yield path.name, found[1]
    for path in ROOT.rglob("*.py"):
        for found in PYTHON.finditer(path.read_text(encoding="utf-8")):
            yield path.name, found[1]


def fault(sentence: str) -> str:
    """The first fault of typography in a French sentence, "" when there is none."""
    # A variable stands for a word; an address keeps its own signs.
    plain = re.sub(r"https?://\S*|mailto:|tel:", "", MARKUP.sub("mot", sentence))
    return next((name for name, pattern in FAULTS.items() if pattern.search(plain)), "")


def test_every_french_sentence_follows_french_typography() -> None:
    found = list(sentences())
    assert len(found) > 150
    wrong = [(place, sentence, said) for place, sentence in found if (said := fault(sentence))]
    assert not wrong


@pytest.mark.parametrize("sentence", ["l'aide", "Pourquoi ?", "« oui »", "Attention : oui", "Patientez..."])
def test_the_check_of_typography_sees_each_fault(sentence: str) -> None:
    assert fault(sentence)


def test_every_icon_is_drawn_somewhere_and_carries_no_script() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in [*ROOT.rglob("*.html"), *ROOT.rglob("*.py")])
    for path in (ROOT / "socle" / "icons").glob("*.svg"):
        assert f'"{path.stem}"' in texts, path.name
        assert "<script" not in path.read_text(encoding="utf-8")

"""What Python says to people is written as French is: marks keep to their words, apostrophes are curved."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("builder", "config", "runtime", "tenants", "themes")
SAYS = {"_", "gettext", "gettext_lazy", "ngettext", "gettext_noop"}
WRONG = re.compile(r"\S [:;!?»](?=\s|$)|« |\w'\w")


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Every literal given to a translation function, with its line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYS:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.lineno, argument.value


@pytest.mark.parametrize("room", ROOMS)
def test_what_is_said_keeps_its_marks_with_their_words(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} {sentence}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for line, sentence in sentences(path)
        if WRONG.search(sentence)
    ]
    assert wrong == []


TRANSLATED = re.compile(r"""\{%\s*translate\s+(["'])(.*?)\1.*?%\}""")
# Attributes and the conditions of tags are code; what stands between them is said.
CODE = re.compile(r"\{%.*?%\}|\{#.*?#\}|<[a-zA-Z/!][^<>]*>")


def said_in(template: str) -> Iterator[tuple[int, str]]:
    """What a template says, with its line: what it translates, and what stands between its tags."""
    for number, line in enumerate(template.splitlines(), 1):
        yield from ((number, found[2]) for found in TRANSLATED.finditer(line))
        yield from ((number, said) for said in CODE.split(re.sub(r"\{\{.*?\}\}", "x", line)))


@pytest.mark.parametrize("room", ROOMS)
def test_what_templates_say_keeps_its_marks_with_their_words(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} {said}"
        for path in sorted((ROOT / room).rglob("*.html"))
        for line, said in said_in(path.read_text("utf-8"))
        if WRONG.search(said)
    ]
    assert wrong == []

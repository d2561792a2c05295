"""Giving one property its value, at the place that a reader of the definition expects."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from builder.acts import naming
from builder.acts.documents import Target, path_to
from builder.acts.patches import ABSENT, Edit
from builder.acts.places import Path

FIRST = (
    *("definition", "id", "page", "title", "summary", "description", "intro", "language", "timezone"),
    *("kind", "words", "applicants", "opening", "entry_rules", "roles", "documents", "phases"),
    *("first_deposit_by", "heading", "when", "type", "role", "message"),
)
LAST = ("answers", "show", "fields", "sections", "layout", "contacts", "checks", "reviews", "x-field")


def rank(key: str) -> int:
    """Where a key stands among the others, when it is new."""
    if key in FIRST:
        return FIRST.index(key)
    return len(FIRST) + (1 + LAST.index(key) if key in LAST else 0)


def put(edit: Edit, path: Path, value: Any) -> None:
    """Give the part at a path its value, making what holds it; ABSENT takes it out."""
    if value is ABSENT:
        if edit.get(path, ABSENT) is not ABSENT:
            edit.remove(path)
        return
    depth = len(path) - 1
    while edit.get(path[:depth], ABSENT) is ABSENT:
        depth -= 1
    for name in reversed(path[depth + 1 :]):
        value = {name: value}
    parent = edit.get(path[:depth])
    index = None
    if isinstance(parent, dict) and path[depth] not in parent:
        keys = list(parent)
        index = next((number for number, key in enumerate(keys) if rank(key) > rank(path[depth])), None)
    edit.put(path[: depth + 1], value, index=index)


def put_property(edit: Edit, at: Target, path: Path, value: Any) -> None:
    """Give a property of a target its value."""
    put(edit, (*path_to(edit.document, at), *path), value)


LISTINGS = ("oneOf", "anyOf", "enum")
"""The keywords that may list the answers to choose from; the last item of `anyOf` is any other text."""


def choices_of(listing: Any) -> list[dict[str, Any]]:
    """The answers that a question offers, as objects with their value and title."""
    listed = listing["anyOf"][:-1] if "anyOf" in listing else listing.get("oneOf")
    if isinstance(listed, list):
        return [dict(each) for each in listed if isinstance(each, dict)]
    return [{"const": value, "title": value} for value in listing.get("enum", [])]


def with_titles(choices: Sequence[dict[str, Any]], titles: Sequence[str]) -> list[dict[str, Any]]:
    """The answers under these titles: those that were there keep their values, new ones draw theirs."""
    old = [str(each.get("title", each["const"])) for each in choices]
    kept: dict[int, dict[str, Any]] = {}
    for tag, start, end, begin, stop in SequenceMatcher(a=old, b=list(titles), autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and end - start == stop - begin):
            for offset in range(end - start):
                kept[begin + offset] = choices[start + offset]
    moved = {title: choice for title, choice in zip(old, choices, strict=True) if choice not in kept.values()}
    for number, title in enumerate(titles):
        if number not in kept and title in moved:
            kept[number] = moved.pop(title)
    taken = {each["const"] for each in kept.values()}
    found = []
    for number, title in enumerate(titles):
        choice = dict(kept.get(number, {"const": naming.identity(title, taken, blank="choix")}))
        taken.add(choice["const"])
        found.append({"const": choice["const"], "title": title, **{
            key: value for key, value in choice.items() if key not in ("const", "title")
        }})  # fmt: skip
    return found


def put_choices(edit: Edit, at: Target, titles: Sequence[str]) -> None:
    """Give a question the answers to choose from, by their titles."""
    path = path_to(edit.document, at)
    listing = (*path, "items") if isinstance(edit.get((*path, "items")), dict) else path
    written = edit.get(listing)
    new = with_titles(choices_of(written), titles)
    if new == choices_of(written):
        return
    if "anyOf" in written:
        edit.put((*listing, "anyOf"), [*new, written["anyOf"][-1]])
    else:
        _relist(edit, listing, "oneOf", new)


def set_other(edit: Edit, at: Target, accepted: bool) -> None:
    """Let any other text be an answer too, or only those that are listed."""
    path = path_to(edit.document, at)
    choices = choices_of(edit.get(path))
    if accepted:
        _relist(edit, path, "anyOf", [*choices, {"type": "string", "title": "Autre"}])
        # A type is not guessed from `anyOf`.
        put(edit, (*path, "x-field", "type"), "choice")
        put(edit, (*path, "x-field", "other"), True)
    else:
        _relist(edit, path, "oneOf", choices)
        put(edit, (*path, "x-field", "other"), ABSENT)


def _relist(edit: Edit, path: Path, keyword: str, listed: list[dict[str, Any]]) -> None:
    """List the answers under a keyword, where they were listed under another one."""
    written = edit.get(path)
    old = next((each for each in LISTINGS if each in written), None)
    if old is None:
        put(edit, (*path, keyword), listed)
        return
    index = list(written).index(old)
    if old == keyword:
        edit.put((*path, keyword), listed)
    else:
        edit.put((*path, old), ABSENT)
        edit.put((*path, keyword), listed, index=index)

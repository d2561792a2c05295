"""From what a page of the editor sends to the act that it asks for."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from builder.acts import Asked, target_of
from builder.acts.kinds import startable
from builder.acts.lists import Proposed, proposals
from builder.composer.composition import Composition
from builder.composer.panels import Given, given_by
from builder.composer.workbook_heads import chosen_heads
from builder.editor.forms import LARGEST_REVISION
from builder.organisation_types import TYPE

GUESSED = "auto"
PLAIN = ("title", "by", "to", "place", "inside", "preset")
LONGEST_LIST = 30_000
MOST = 500
"""How many parts one act may be about."""


@dataclass(frozen=True)
class Wanted:
    """An act asked for, with what the panel sent for it; `errors` keep it from being done."""

    asked: Asked
    revision: int
    insist: bool
    given: Given | None = None

    @property
    def errors(self) -> dict[str, str]:
        """What is wrong with what was typed, by field."""
        return dict(self.given.errors) if self.given else {}


def wanted(data: QueryDict, composition: Composition) -> Wanted:
    """The act that a form sends. Raises Impossible when a panel's part is gone."""
    name = data.get("act", "")
    several = tuple(composition.now(target_of(each)) for each in data.getlist("each")[:MOST])
    at = composition.now(target_of(data.get("at", ""))) if "at" in data or not several else several[0]
    args: dict[str, Any] = {key: data[key] for key in PLAIN if key in data}
    if name in ("up", "down"):
        name, args = "move", {"by": name}
    given = None
    if name == "set":
        given = given_by(composition.document, at, data, composition.facts[TYPE])
        args |= {"values": given.values, "label": given.label}
    elif name == "paste":
        args["proposed"] = chosen_proposals(data)
    elif name == "paste_columns":
        args["heads"] = chosen_heads(data)
    elif name == "add" and data.get("kind") == GUESSED:
        args |= _supposed(args.get("title", ""))
    elif name in ("add", "type", "add_column", "add_line"):
        args["kind"] = data.get("kind", "text")
    return Wanted(Asked(name, at, args, several=several), revision_of(data), data.get("insist") == "1", given)


def revision_of(data: QueryDict) -> int:
    """The revision that a page was drawn at; 0, which compares with every act, where it does not say."""
    text = data.get("revision", "")
    return min(int(text), LARGEST_REVISION) if text.isdecimal() and text.isascii() and len(text) < 11 else 0


def _supposed(line: str) -> dict[str, Any]:
    """What a line says of a question besides its title, as in a pasted list; a section is but a title."""
    found = proposals(line, startable())
    if not found or found[0].is_section:
        return {"title": line.strip().rstrip(":").strip(), "kind": "text"}
    read = found[0]
    return {"title": read.title, "kind": read.kind, "choices": read.choices, "optional": read.optional}


def chosen_proposals(data: QueryDict) -> tuple[Proposed, ...]:
    """What a pasted list proposes, with the types chosen for its lines."""
    found = proposals(data.get("list", "")[:LONGEST_LIST], startable())
    return tuple(_as_chosen(each, data.get(f"kind.{number}", "")) for number, each in enumerate(found))


def _as_chosen(proposed: Proposed, kind: str) -> Proposed:
    if not kind or kind == proposed.kind or kind not in startable():
        return proposed
    return Proposed(proposed.title, kind, (), True, proposed.optional)


def is_a_script(headers: Any) -> bool:
    """Whether a script asks, that wants fragments rather than a page."""
    return bool(headers.get("X-Composer"))

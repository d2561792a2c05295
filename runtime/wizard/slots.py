"""Templates rendered once, then filled: what varies is a slot between unchanging pieces of text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

# A no-break space is not one of them.
_BLANKS = re.compile("[ \t\r\n]+")
_MARK = re.compile("\ue000([^\ue001]+)\ue001")


def mark(name: str) -> SafeString:
    """What a template prints where the slot `name` will be filled."""
    return mark_safe(f"\ue000{name}\ue001")


class Slots:
    """`{{ slot.value }}` in a template: the mark of the slot "value"."""

    def __getitem__(self, name: str) -> SafeString:
        return mark(name)


@dataclass(frozen=True)
class Piece:
    """A rendered template cut at its slots: texts[0], slot names[0], texts[1], …"""

    texts: tuple[str, ...]
    names: tuple[str, ...]

    def fill(self, values: Mapping[str, str]) -> str:
        """The HTML with each slot filled; a slot without a value is empty. Values are HTML already."""
        parts = [self.texts[0]]
        for name, text in zip(self.names, self.texts[1:], strict=True):
            value = values.get(name)
            if value:
                parts.append(value)
            parts.append(text)
        return "".join(parts)


def cut(template: str, context: Mapping[str, Any]) -> Piece:
    """Render a template with slots, once."""
    html = render_to_string(template, {**context, "slot": Slots()})
    pieces = _MARK.split(_BLANKS.sub(" ", html.strip()))
    return Piece(tuple(pieces[::2]), tuple(pieces[1::2]))


def text(value: Any) -> str:
    """Any raw value, safe inside an element or a quoted attribute; what is no text shows as nothing."""
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""

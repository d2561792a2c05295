"""Templates rendered once, then filled: what varies is a slot between unchanging pieces of text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
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


MOST_SHAPES = 64
"""How many of its shapes a piece keeps: which of its slots are filled, most being empty most of the time."""


@dataclass(frozen=True)
class Piece:
    """A rendered template cut at its slots: texts[0], slot names[0], texts[1], …"""

    texts: tuple[str, ...]
    names: tuple[str, ...]
    shapes: dict[tuple[str, ...], tuple[tuple[str, ...], tuple[str, ...]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def fill(self, values: Mapping[str, str]) -> str:
        """The HTML with each slot filled; a slot without a value is empty. Values are HTML already."""
        texts, names = self.shape(tuple([name for name, value in values.items() if value]))
        parts = [texts[0]]
        for name, text in zip(names, texts[1:], strict=True):
            parts += (values[name], text)
        return "".join(parts)

    def shape(self, filled: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The texts between the slots that are filled, the others being closed up, and the names of these."""
        return self.shapes.get(filled) or self._shape(filled)

    def _shape(self, filled: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        texts, names = [self.texts[0]], []
        for name, text in zip(self.names, self.texts[1:], strict=True):
            if name in filled:
                names.append(name)
                texts.append(text)
            else:
                texts[-1] += text
        shape = (tuple(texts), tuple(names))
        if len(self.shapes) < MOST_SHAPES:
            self.shapes[filled] = shape
        return shape


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

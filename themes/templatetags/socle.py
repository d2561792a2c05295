"""What the templates of the default theme print: icons, dates, sizes."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.forms import BoundField
from django.template import TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from runtime.dates import NBSP, date_in_full, hour_in_full, moment_in_full
from runtime.uploads.sizes import file_size

register = template.Library()

ICONS = Path(__file__).resolve().parent.parent / "socle" / "icons"
SHAPES = {
    "open": "circle-dashed",
    "brand": "contrast",
    "info": "info",
    "warning": "triangle-alert",
    "success": "circle-check",
    "error": "circle-x",
    "todo": "circle-dashed",
    "next": "circle-dashed",
    "doing": "contrast",
    "current": "contrast",
    "done": "circle-check",
    "closed": "circle-x",
    "soon": "clock",
    "asked": "triangle-alert",
}
FEW, SHORT = 3, 12
"""How many choices stand on one line, and how many letters each."""


@cache
def drawing(name: str) -> SafeString:
    """The inside of an icon's SVG, read once."""
    path = ICONS / f"{name}.svg"
    if not path.is_file():
        raise TemplateSyntaxError(f"no icon named {name!r} in {ICONS.name}/")
    text = path.read_text(encoding="utf-8")
    # Our own files, checked in: nothing of a request reaches this markup.
    return mark_safe(text[text.index(">") + 1 : text.rindex("</svg>")])


@register.simple_tag
@cache
def icon(name: str, size: str = "", classes: str = "") -> SafeString:
    """One of Lucide's icons, drawn in the page; always put words beside it."""
    css = " ".join(filter(None, ("icon", size and f"icon--{size}", classes)))
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', css, drawing(name))


@register.simple_tag
def outline_section(section: Hashable) -> SafeString:
    """A section of the form's outline, drawn once for each state it has been seen in."""
    return _outline_section(section, get_language() or "")


@lru_cache(maxsize=4096)
def _outline_section(section: Hashable, language: str) -> SafeString:
    return render_to_string("runtime/wizard/outline_section.html", {"section": section})


@register.filter
def shape(state: str) -> str:
    """The icon that goes with a state or a tone."""
    return SHAPES.get(str(state), "circle-dashed")


@register.filter
def datejour(value: date | datetime | None) -> str:
    """A day in full: « 31 janvier 2027 »."""
    return date_in_full(value) if value else ""


@register.filter
def heure(value: datetime | None) -> str:
    """A time of day: « 14 h 02 »."""
    return hour_in_full(value) if value else ""


@register.filter
def dateheure(value: datetime | None) -> str:
    """A day and its time: « 31 janvier 2027 à 23 h 59 »."""
    return moment_in_full(value) if value else ""


@register.filter
def octets(size: Any) -> str:
    """The size of a file: « 3,2 Mo »."""
    return "" if size in (None, "") else file_size(int(size))


@register.filter
def nbsp(text: Any) -> str:
    """The text with spaces that never break a line."""
    return str(text).replace(" ", NBSP)


@register.filter
def brief(choices: Sequence[Mapping[str, str]]) -> bool:
    """Whether a few short answers fit on one line, as « Madame » and « Monsieur » do."""
    return len(choices) <= FEW and all(len(c["label"]) <= SHORT and not c["help"] for c in choices)


@register.filter
def as_input(field: BoundField) -> SafeString:
    """A Django form field's widget, dressed as ours; a placeholder is no label, and goes."""
    field.field.widget.attrs.pop("placeholder", None)
    checkbox = field.widget_type == "checkbox"
    return field.as_widget(attrs={} if checkbox else {"class": "input"})


@register.filter
def width_class(characters: Any) -> str:
    """The class of an input as wide as the answer it expects; none is full width."""
    try:
        wanted = int(characters)
    except (TypeError, ValueError):
        return ""
    return next(
        (f" w-{name}" for limit, name in ((12, 10), (18, 15), (26, 20), (40, 30)) if wanted <= limit), ""
    )

"""Month of a year."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from formdefs.context import Context
from formdefs.data import sort_key
from formdefs.definition import Question
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType, bounded, typed_text
from formdefs.figures import MONTHS

_NAMES = {sort_key(name): number for number, name in enumerate(MONTHS, 1)}
_FIGURES = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{4})\Z", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})\Z", re.ASCII)
_WORDS = re.compile(r"([^\W\d]+)\.?\s+(\d{4})\Z")


def said_month(value: str) -> str:
    """« mars 2026 »."""
    year, month = value.split("-")
    return f"{MONTHS[int(month) - 1]}\u00a0{year}"


def _bound(title: str) -> dict[str, Any]:
    return {
        "type": "string",
        "title": title,
        "description": "Un mois, par exemple 2026-03.",
        "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$",
    }


class YearMonth(FieldType):
    """A month, kept as 2026-03."""

    slug, title = "year_month", "Mois et année"
    family = "Dates"
    description = "Un mois d’une année, par exemple celui d’un diplôme ou d’une facture."
    synonyms = ("mois", "année", "période", "mensuel")
    format_hint = gettext_noop("Mois et année, par exemple 03/2026.")
    options_schema = {"properties": {"min": _bound("Au plus tôt"), "max": _bound("Au plus tard")}}
    presets = {"type": "text", "inputmode": "text", "width": 10}
    messages = {
        "year_month.invalid": gettext_noop(
            "Un mois s’écrit en chiffres puis l’année, par exemple 03/2026, ou mars 2026."
        ),
        "year_month.early": gettext_noop("Indiquez un mois à partir de {limit}."),
        "year_month.late": gettext_noop("Indiquez un mois jusqu’à {limit}."),
    }

    def clean(self, question: Question, raw: Any, context: Context) -> str | None:
        text = typed_text(raw)
        if text is None:
            return None
        year, month = _read(text)
        if not 1 <= month <= 12 or not 1 <= year <= 9999:
            raise Invalid("year_month.invalid")
        return bounded(question, f"{year:04}-{month:02}", said_month)

    def text(self, question: Question, value: str, context: Context) -> str:
        return said_month(value)

    def cell(self, question: Question, value: str) -> object:
        return date.fromisoformat(f"{value}-01")

    def sample(self, question: Question) -> str:
        return str(question.options.get("min") or question.options.get("max") or "2026-03")

    def raw(self, question: Question, value: str) -> str:
        year, month = value.split("-")
        return f"{month}/{year}"


def _read(text: str) -> tuple[int, int]:
    """The year and the month typed; a month that does not exist is 0."""
    if found := _FIGURES.match(text):
        return int(found[2]), int(found[1])
    if found := _ISO.match(text):
        return int(found[1]), int(found[2])
    if (found := _WORDS.match(text)) and found[2].isascii():
        return int(found[2]), _NAMES.get(sort_key(found[1]), 0)
    raise Invalid("year_month.invalid")

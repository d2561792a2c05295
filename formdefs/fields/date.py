"""Date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from formdefs.context import Context
from formdefs.definition import Question, ValueType
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType, bounded, typed_text
from formdefs.figures import long_date

_FRENCH = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4})\Z", re.ASCII)
_DIGITS = re.compile(r"(\d{2})(\d{2})([12]\d{3})\Z", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z", re.ASCII)


def _bound(title: str) -> dict[str, Any]:
    return {
        "type": "string",
        "title": title,
        "description": "Une date, par exemple 2027-01-31, ou « today » pour le jour de la réponse.",
        "pattern": r"^(today|[0-9]{4}-[0-9]{2}-[0-9]{2})$",
    }


BOUNDS = {"min": _bound("Au plus tôt"), "max": _bound("Au plus tard")}


class Date(FieldType):
    """A day, kept as ISO 8601; `min` and `max` are days, or "today"."""

    slug, title, control = "date", "Date", "date"
    family = "Dates"
    description = "Un jour, avec un premier et un dernier jour possibles."
    synonyms = ("jour", "calendrier", "naissance", "échéance")
    keywords = frozenset({"format"})
    ensured = keywords
    options_schema = {"properties": BOUNDS}
    presets = {"inputmode": "numeric", "width": 12}
    messages = {
        "date.invalid": gettext_noop("Une date s’écrit jour, mois, année, par exemple 27/03/2026."),
        "date.unknown": gettext_noop(
            "Le {typed} n’existe pas dans le calendrier. Vérifiez le jour et le mois."
        ),
        "date.early": gettext_noop("Indiquez une date à partir du {limit}."),
        "date.late": gettext_noop("Indiquez une date jusqu’au {limit}."),
    }

    def infer(self, schema: Mapping[str, Any]) -> bool:
        return schema.get("type") == "string" and schema.get("format") == "date"

    def flaws(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[str, ...]:
        wrong = [options[key] for key in ("min", "max") if not _is_bound(options.get(key, "today"))]
        return tuple(f"« {day} » n’existe pas dans le calendrier." for day in wrong)

    def clean(self, question: Question, raw: Any, context: Context) -> str | None:
        text = typed_text(raw)
        if text is None:
            return None
        return bounded(question, _read(text), long_date, today=context.today.isoformat())

    def lasts(self, question: Question) -> bool:
        return "today" not in (question.options.get("min"), question.options.get("max"))

    def text(self, question: Question, value: str, context: Context) -> str:
        return long_date(value)

    def cell(self, question: Question, value: str) -> object:
        return date.fromisoformat(value)

    def sample(self, question: Question) -> str:
        earliest, latest = question.options.get("min"), question.options.get("max")
        if latest and latest != "today":
            return str(latest)
        if earliest == "today":
            return "2999-12-31"
        return str(earliest or "2001-05-17")

    def raw(self, question: Question, value: str) -> str:
        year, month, day = value.split("-")
        return f"{day}/{month}/{year}"

    def reads_as(self, question: Question) -> ValueType:
        return ValueType("date")


def _read(text: str) -> str:
    french, iso = _FRENCH.match(text) or _DIGITS.match(text), _ISO.match(text)
    if french:
        day, month, year = map(int, french.groups())
    elif iso:
        year, month, day = map(int, iso.groups())
    else:
        raise Invalid("date.invalid")
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise Invalid("date.unknown", typed=f"{day:02}/{month:02}/{year:04}") from error


def _is_bound(value: Any) -> bool:
    if value == "today":
        return True
    try:
        return bool(date.fromisoformat(value).isoformat() == value)
    except (TypeError, ValueError):
        return False

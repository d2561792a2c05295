"""Time of day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType, bounded, typed_text

_TYPED = re.compile(r"(\d{1,2})\s*(?:[h:.]\s*(\d{2})?\s*(?:min|mn)?|heures?)\Z", re.ASCII | re.IGNORECASE)
_SECONDS = re.compile(r"(\d{2}:\d{2}):\d{2}(?:\.\d+)?\Z", re.ASCII)


def said_time(value: str) -> str:
    """« 14 h 30 », « 9 h »."""
    hour, minute = value.split(":")
    return f"{int(hour)}\u00a0h" + (f"\u00a0{minute}" if minute != "00" else "")


def _bound(title: str) -> dict[str, Any]:
    return {
        "type": "string",
        "title": title,
        "description": "Une heure, par exemple 08:30.",
        "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$",
    }


class Time(FieldType):
    """An hour and its minutes on the wall clock, kept as 14:30."""

    slug, title = "time", "Heure"
    family = "Dates"
    lasting = True
    description = "Une heure de la journée, avec une première et une dernière heure possibles."
    synonyms = ("horaire", "minute", "rendez-vous", "ouverture")
    format_hint = gettext_noop("Heures et minutes, par exemple 14:30.")
    keywords = frozenset({"format"})
    ensured = keywords
    options_schema = {"properties": {"min": _bound("Au plus tôt"), "max": _bound("Au plus tard")}}
    presets = {"type": "text", "inputmode": "text", "width": 6}
    messages = {
        "time.invalid": gettext_noop(
            "Une heure s’écrit en heures et minutes, par exemple 14:30 ou 14\u00a0h\u00a030."
        ),
        "time.early": gettext_noop("Indiquez une heure à partir de {limit}."),
        "time.late": gettext_noop("Indiquez une heure jusqu’à {limit}."),
    }

    def infer(self, schema: Mapping[str, Any]) -> bool:
        return schema.get("type") == "string" and schema.get("format") == "time"

    def clean(self, question: Question, raw: Any, context: Context) -> str | None:
        text = typed_text(raw)
        if text is None:
            return None
        found = _TYPED.match(_SECONDS.sub(r"\1", text))
        if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise Invalid("time.invalid")
        return bounded(question, f"{int(found[1]):02}:{found[2] or '00'}", said_time)

    def text(self, question: Question, value: str, context: Context) -> str:
        return said_time(value)

    def sample(self, question: Question) -> str:
        return str(question.options.get("min") or question.options.get("max") or "14:30")

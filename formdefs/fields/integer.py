"""Whole number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import NUMBER_KEYWORDS, FieldType, typed_text
from formdefs.figures import number

LARGEST = 2**53 - 1
UNIT = {
    "type": "string",
    "title": "Unité",
    "description": "Écrite après le nombre, par exemple m² ou ETP.",
    "minLength": 1,
    "maxLength": 20,
}
_TYPED = re.compile(r"([+−-]?)([0-9]{1,20})(?:[.,]([0-9]{1,20}))?\Z")


def scaled(text: str, places: int, code: str) -> int:
    """The number typed in French or in English, in units of its last place; raises Invalid(code).

    Figures beyond the last place are accepted only when they are zeros.
    """
    found = _TYPED.match(re.sub(r"[\s\u00a0\u202f]", "", text))
    if not found:
        raise Invalid(code)
    sign, whole, decimals = found[1], found[2], found[3] or ""
    if decimals[places:].strip("0"):
        raise Invalid(code)
    value = int(whole + decimals[:places].ljust(places, "0"))
    if value > LARGEST:
        raise Invalid("number.large")
    return -value if sign in ("-", "−") else value


def sample_number(schema: Mapping[str, Any], likely: int = 12) -> int:
    """A number within the bounds of the schema, the likely one where they allow it."""
    step = int(schema.get("multipleOf", 1))
    low = schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)
    high = schema.get("maximum", schema.get("exclusiveMaximum", LARGEST) - 1)
    return min(-(-max(int(low), min(likely, int(high))) // step) * step, int(high) // step * step)


class Integer(FieldType):
    """A whole number, at most 2^53−1 either side of zero so that every engine reads the same."""

    slug, title, control, json_type = "integer", "Nombre entier", "number", "integer"
    family = "Nombres"
    lasting = True
    description = "Un nombre sans virgule."
    synonyms = ("nombre", "chiffre", "quantité", "effectif", "âge")
    keywords = NUMBER_KEYWORDS
    options_schema = {"properties": {"unit": UNIT}}
    presets = {"inputmode": "numeric", "width": 10}
    messages = {
        "integer.invalid": gettext_noop("Indiquez un nombre entier, en chiffres, par exemple 12."),
        "number.large": gettext_noop("Ce nombre est trop grand. Vérifiez-le."),
    }

    def infer(self, schema: Mapping[str, Any]) -> bool:
        return schema.get("type") == "integer"

    def clean(self, question: Question, raw: Any, context: Context) -> int | None:
        text = typed_text(raw)
        return None if text is None else scaled(text, 0, "integer.invalid")

    def bound(self, question: Question, limit: int) -> str:
        unit = question.options.get("unit")
        return number(limit) + (f"\u00a0{unit}" if unit else "")

    def text(self, question: Question, value: int, context: Context) -> str:
        return self.bound(question, value)

    def sample(self, question: Question) -> int:
        return sample_number(question.schema)

    def raw(self, question: Question, value: int) -> str:
        return str(value)

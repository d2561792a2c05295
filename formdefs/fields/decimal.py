"""Number with decimals."""

from __future__ import annotations

from typing import Any

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import NUMBER_KEYWORDS, FieldType, typed_text
from formdefs.fields.integer import UNIT, sample_number, scaled
from formdefs.figures import number


class Decimal(FieldType):
    """A number with at most `places` decimals, kept as an integer of its last place.

    Bounds in the schema, and expressions, are in that unit: with 2 places, 1250 is 12,50.
    """

    slug, title, control, json_type = "decimal", "Nombre décimal", "number", "integer"
    family = "Nombres"
    lasting = True
    description = "Un nombre à virgule, avec son unité."
    synonyms = ("virgule", "mesure", "surface", "quantité")
    keywords = NUMBER_KEYWORDS
    options_schema = {
        "properties": {
            "places": {
                "type": "integer",
                "title": "Décimales",
                "description": "Le nombre de chiffres après la virgule.",
                "default": 2,
                "minimum": 1,
                "maximum": 6,
            },
            "unit": UNIT,
        }
    }
    presets = {"places": 2, "inputmode": "decimal", "width": 12}
    messages = {
        "decimal.invalid": gettext_noop(
            "Indiquez un nombre avec au plus {places} décimales, par exemple 12,5."
        ),
        "number.large": gettext_noop("Ce nombre est trop grand. Vérifiez-le."),
    }

    def clean(self, question: Question, raw: Any, context: Context) -> int | None:
        text = typed_text(raw)
        if text is None:
            return None
        places = question.options["places"]
        try:
            return scaled(text, places, "decimal.invalid")
        except Invalid as error:
            raise Invalid(error.code, places=places) from error

    def bound(self, question: Question, limit: int) -> str:
        unit = question.options.get("unit")
        return number(limit, question.options["places"]) + (f"\u00a0{unit}" if unit else "")

    def text(self, question: Question, value: int, context: Context) -> str:
        return self.bound(question, value)

    def cell(self, question: Question, value: int) -> object:
        return value / 10 ** question.options["places"]

    def sample(self, question: Question) -> int:
        return sample_number(question.schema)

    def raw(self, question: Question, value: int) -> str:
        return number(value, question.options["places"], blank="")

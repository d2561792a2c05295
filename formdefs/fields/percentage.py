"""Percentage."""

from __future__ import annotations

import re
from typing import Any

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import typed_text
from formdefs.fields.decimal import Decimal
from formdefs.fields.integer import scaled

BOUNDS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}


class Percentage(Decimal):
    """A share of a hundred, kept as an integer of its last place: with 1 place, 125 is 12,5 %.

    From 0 to 100 % unless the schema gives bounds, which are in that unit.
    """

    slug, title = "percentage", "Pourcentage"
    family = "Nombres"
    description = "Une part de cent, de 0 à 100 % sauf si vous dites autrement."
    synonyms = ("taux", "part", "proportion", "%")
    format_hint = gettext_noop("En pourcentage, par exemple 12.")
    options_schema = {
        "properties": {
            "places": {
                "type": "integer",
                "title": "Décimales",
                "description": "Le nombre de chiffres après la virgule.",
                "default": 0,
                "minimum": 0,
                "maximum": 4,
            }
        }
    }
    presets = {"places": 0, "inputmode": "decimal", "width": 6, "unit": "%"}
    messages = {
        "percentage.invalid": gettext_noop(
            "Indiquez un pourcentage avec au plus {places} chiffres après la virgule, par exemple 12,5."
        ),
        "percentage.whole": gettext_noop(
            "Indiquez un pourcentage en chiffres, sans virgule, par exemple 12."
        ),
        "percentage.range": gettext_noop("Indiquez un pourcentage entre 0 et 100, par exemple 12."),
        "number.large": gettext_noop("Ce nombre est trop grand. Vérifiez-le."),
    }

    def clean(self, question: Question, raw: Any, context: Context) -> int | None:
        text = typed_text(raw)
        if text is None:
            return None
        places = question.options["places"]
        wrong = "percentage.invalid" if places else "percentage.whole"
        try:
            value = scaled(re.sub(r"\s*%\Z", "", text), places, wrong)
        except Invalid as error:
            raise Invalid(error.code, places=places) from error
        if not BOUNDS & question.schema.keys() and not 0 <= value <= 100 * 10**places:
            raise Invalid("percentage.range")
        return value

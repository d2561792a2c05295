"""SIREN."""

from __future__ import annotations

from typing import Any

from stdnum import luhn

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType, compact, typed_text

DIGITS = 9


class Siren(FieldType):
    """Number of a legal unit (Insee): 9 digits, the last one Luhn's key."""

    slug, title = "siren", "SIREN"
    family = "Identifiants"
    description = "Le numéro d’une entreprise, d’une association ou d’un organisme public : 9 chiffres."
    synonyms = ("entreprise", "organisme", "association", "Insee", "Sirene")
    presets = {"type": "text", "inputmode": "numeric", "width": 12, "mask": "3 3 3"}
    messages = {
        "siren.digits": gettext_noop("Le SIREN ne contient que des chiffres, par exemple 130 025 265."),
        "siren.short": gettext_noop(
            "Le SIREN compte 9 chiffres, par exemple 130 025 265 : il en manque {gap}."
        ),
        "siren.long": gettext_noop(
            "Le SIREN compte 9 chiffres, par exemple 130 025 265 : il y en a {gap} de trop."
        ),
        "siren.invalid": gettext_noop(
            "Ce SIREN contient une erreur. Recopiez-le depuis votre avis de situation, par exemple 130 "
            "025 265."
        ),
    }

    def clean(self, question: Question, raw: Any, context: Context) -> str | None:
        text = typed_text(raw)
        if text is None:
            return None
        number = compact(text)
        if not (number.isascii() and number.isdigit()):
            raise Invalid("siren.digits")
        if gap := DIGITS - len(number):
            raise Invalid("siren.short" if gap > 0 else "siren.long", gap=abs(gap))
        if not luhn.is_valid(number) or number == "0" * DIGITS:
            raise Invalid("siren.invalid")
        return number

    def text(self, question: Question, value: str, context: Context) -> str:
        return "\u00a0".join((value[:3], value[3:6], value[6:]))

    def raw(self, question: Question, value: str) -> str:
        return f"{value[:3]} {value[3:6]} {value[6:]}"

    def sample(self, question: Question) -> str:
        return "130025265"

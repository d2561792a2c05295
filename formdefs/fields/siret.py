"""SIRET."""

from __future__ import annotations

from typing import Any

from stdnum import luhn

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType, compact, typed_text

DIGITS = 14
LA_POSTE = "356000000"


def is_siret(number: str) -> bool:
    """Whether 14 digits are a SIRET: Luhn, or for La Poste a sum of digits divisible by 5 (Insee)."""
    if luhn.is_valid(number[:9]) and luhn.is_valid(number):
        return True
    return number.startswith(LA_POSTE) and sum(map(int, number)) % 5 == 0


class Siret(FieldType):
    """Number of an establishment (Insee): 14 digits, the first nine its SIREN."""

    slug, title = "siret", "SIRET"
    family = "Identifiants"
    description = "Le numéro d’un établissement\u00a0: 14 chiffres."
    synonyms = ("entreprise", "établissement", "association", "Insee", "Sirene")
    presets = {"type": "text", "inputmode": "numeric", "width": 18, "mask": "3 3 3 5"}
    messages = {
        "siret.short": gettext_noop(
            "Le SIRET compte 14 chiffres, par exemple 130 025 265 00013 : il en manque {gap}."
        ),
        "siret.long": gettext_noop(
            "Le SIRET compte 14 chiffres, par exemple 130 025 265 00013 : il y en a {gap} de trop."
        ),
        "siret.digits": gettext_noop("Le SIRET ne contient que des chiffres, par exemple 130 025 265 00013."),
        "siret.invalid": gettext_noop(
            "Ce SIRET contient une erreur. Recopiez-le depuis votre avis de situation, par exemple 130 025 "
            "265 00013."
        ),
    }

    def clean(self, question: Question, raw: Any, context: Context) -> str | None:
        text = typed_text(raw)
        if text is None:
            return None
        number = compact(text)
        if not (number.isascii() and number.isdigit()):
            raise Invalid("siret.digits")
        if gap := DIGITS - len(number):
            raise Invalid("siret.short" if gap > 0 else "siret.long", gap=abs(gap))
        if not is_siret(number):
            raise Invalid("siret.invalid")
        return number

    def text(self, question: Question, value: str, context: Context) -> str:
        return "\u00a0".join((value[:3], value[3:6], value[6:9], value[9:]))

    def raw(self, question: Question, value: str) -> str:
        return f"{value[:3]} {value[3:6]} {value[6:9]} {value[9:]}"

    def sample(self, question: Question) -> str:
        return "13002526500013"

"""SIREN."""

from __future__ import annotations

from stdnum import luhn

from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.identifier import Identifier, check_digits

DIGITS = 9


class Siren(Identifier):
    """Number of a legal unit (Insee): 9 digits, the last one Luhn's key."""

    slug, title = "siren", "SIREN"
    description = "Le numéro d’une entreprise, d’une association ou d’un organisme public : 9 chiffres."
    synonyms = ("entreprise", "organisme", "association", "Insee", "Sirene")
    example = "130025265"
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

    def check(self, number: str) -> None:
        check_digits(self.slug, number, DIGITS)
        if not luhn.is_valid(number) or number == "0" * DIGITS:
            raise Invalid("siren.invalid")

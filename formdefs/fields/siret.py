"""SIRET."""

from __future__ import annotations

from stdnum import luhn

from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.identifier import Identifier, check_digits

DIGITS = 14
LA_POSTE = "356000000"


def is_siret(number: str) -> bool:
    """Whether 14 digits are a SIRET: Luhn, or for La Poste a sum of digits divisible by 5 (Insee)."""
    if luhn.is_valid(number[:9]) and luhn.is_valid(number):
        return True
    return number.startswith(LA_POSTE) and sum(map(int, number)) % 5 == 0


class Siret(Identifier):
    """Number of an establishment (Insee): 14 digits, the first nine its SIREN."""

    slug, title = "siret", "SIRET"
    description = "Le numéro d’un établissement\u00a0: 14 chiffres."
    synonyms = ("entreprise", "établissement", "association", "Insee", "Sirene")
    example = "13002526500013"
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

    def check(self, number: str) -> None:
        check_digits(self.slug, number, DIGITS)
        if not is_siret(number):
            raise Invalid("siret.invalid")

"""IBAN."""

from __future__ import annotations

from typing import Any

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType, compact, typed_text

FRENCH = 27
# Countries whose own key is checked as well; the library knows others, and warns where it does not.
NATIONAL_KEYS = ("FR", "ES")


class Iban(FieldType):
    """International bank account number (ISO 13616); a French or Spanish one has its own key checked too."""

    slug, title = "iban", "IBAN"
    family = "Identifiants"
    lasting = True
    description = "Le numéro international d’un compte bancaire."
    synonyms = ("banque", "compte", "virement", "RIB")
    personal = "finance"
    presets = {"type": "text", "inputmode": "text", "width": 34, "mask": "4"}
    messages = {
        "iban.short": gettext_noop(
            "Un IBAN français compte 27 caractères, par exemple FR76 3000 6000 0112 3456 7890 189 : il en "
            "manque {gap}."
        ),
        "iban.long": gettext_noop(
            "Un IBAN français compte 27 caractères, par exemple FR76 3000 6000 0112 3456 7890 189 : il y "
            "en a {gap} de trop."
        ),
        "iban.invalid": gettext_noop(
            "Cet IBAN contient une erreur. Recopiez-le depuis votre RIB, par exemple FR76 3000 6000 0112 "
            "3456 7890 189."
        ),
    }

    def clean(self, question: Question, raw: Any, context: Context) -> str | None:
        text = typed_text(raw)
        if text is None:
            return None
        number = compact(text).removeprefix("IBAN").removeprefix(":")
        if number.startswith("FR") and number.isalnum() and len(number) != FRENCH:
            gap = FRENCH - len(number)
            raise Invalid("iban.short" if gap > 0 else "iban.long", gap=abs(gap))
        try:
            IBAN(number, validate_bban=number.startswith(NATIONAL_KEYS))
        except (SchwiftyException, ValueError, KeyError) as error:
            raise Invalid("iban.invalid") from error
        return number

    def text(self, question: Question, value: str, context: Context) -> str:
        return "\u00a0".join(value[start : start + 4] for start in range(0, len(value), 4))

    def raw(self, question: Question, value: str) -> str:
        return " ".join(value[start : start + 4] for start in range(0, len(value), 4))

    def sample(self, question: Question) -> str:
        return "FR7630006000011234567890189"

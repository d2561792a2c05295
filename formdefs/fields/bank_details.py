"""Bank details."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.definition import Question
from formdefs.fields.base import SHARED_MESSAGES
from formdefs.fields.bic import Bic
from formdefs.fields.compound import Compound, part
from formdefs.fields.iban import Iban
from formdefs.fields.text import Text


class BankDetails(Compound):
    """Who holds the account, its IBAN and its BIC; the paper that proves it is a document question."""

    slug, title = "bank_details", "Coordonnées bancaires"
    family = "Identifiants"
    description = "Le titulaire du compte, l’IBAN et le BIC."
    synonyms = ("RIB", "compte", "banque", "virement", "IBAN", "BIC", "titulaire")
    personal = "finance"
    messages = {**SHARED_MESSAGES, **Iban.messages, **Bic.messages, "required": Compound.required}

    def parts(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[Question, ...]:
        return (
            part(
                "holder",
                "Titulaire du compte",
                Text(),
                named="le titulaire",
                schema={"maxLength": 140},
                width=40,
            ),
            part("iban", "IBAN", Iban(), named="l’IBAN"),
            part("bic", "BIC", Bic(), named="le BIC"),
        )

    def sample(self, question: Question) -> dict[str, str]:
        return {"holder": "Camille Martin", "iban": "FR7630006000011234567890189", "bic": "AGRIFRPP"}

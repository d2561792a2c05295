"""Postal address in France."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.fields.base import SHARED_MESSAGES
from formdefs.fields.compound import Compound, part, tokens
from formdefs.fields.postcode import Postcode
from formdefs.fields.text import Text

# The lines of an address hold 38 characters on an envelope (norme AFNOR XP Z 10-011); people write more.
LINE = {"maxLength": 120}


class PostalAddress(Compound):
    """Number and street, something more, postcode and commune, as La Poste reads them."""

    slug, title = "postal_address", "Adresse postale"
    family = "Lieux"
    description = "La voie, le complément, le code postal et la commune, en France."
    synonyms = ("adresse", "rue", "voie", "domicile", "siège", "courrier", "ville")
    personal = "contact"
    messages = {**SHARED_MESSAGES, **Postcode.messages, "required": Compound.required}

    def parts(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[Question, ...]:
        return (
            part(
                "street",
                "Numéro et voie",
                Text(),
                named="le numéro et la voie",
                schema=LINE,
                autocomplete=tokens(schema, "address-line1"),
            ),
            part(
                "extra",
                "Complément d’adresse",
                Text(),
                required=False,
                schema=LINE,
                autocomplete=tokens(schema, "address-line2"),
            ),
            part(
                "postcode",
                "Code postal",
                Postcode(),
                named="le code postal",
                autocomplete=tokens(schema, "postal-code"),
            ),
            part(
                "commune",
                "Commune",
                Text(),
                named="la commune",
                schema=LINE,
                autocomplete=tokens(schema, "address-level2"),
                width=30,
            ),
        )

    def text(self, question: Question, value: dict[str, str], context: Context) -> str:
        lines = (value["street"], value.get("extra", ""), f"{value['postcode']} {value['commune']}")
        return ", ".join(filter(None, lines))

    def sample(self, question: Question) -> dict[str, str]:
        return {
            "street": "18 quai des Tanneurs",
            "extra": "Bâtiment B",
            "postcode": "35000",
            "commune": "Rennes",
        }

"""Amount of money."""

from __future__ import annotations

import re
from typing import Any

from formdefs.context import Context
from formdefs.definition import Question, ValueType
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import NUMBER_KEYWORDS, FieldType, typed_text
from formdefs.fields.integer import sample_number, scaled
from formdefs.figures import amount, number


class Money(FieldType):
    """An amount in euros, kept in cents; not negative unless the schema gives a lower minimum."""

    slug, title, control, json_type = "money", "Montant en euros", "money", "integer"
    family = "Nombres"
    lasting = True
    description = "Une somme en euros et en centimes."
    synonyms = ("euros", "somme", "prix", "coût", "budget")
    keywords = NUMBER_KEYWORDS
    presets = {"inputmode": "decimal", "width": 14}
    messages = {
        "money.invalid": gettext_noop("Indiquez un montant en euros, par exemple 1 234,56."),
        "money.negative": gettext_noop("Indiquez un montant positif, par exemple 1 234,56."),
        "number.large": gettext_noop("Ce montant est trop grand. Vérifiez-le."),
    }

    def clean(self, question: Question, raw: Any, context: Context) -> int | None:
        text = typed_text(raw)
        if text is None:
            return None
        cents = scaled(re.sub(r"(?i)\s*(?:€|euros?|eur)\s*\Z", "", text), 2, "money.invalid")
        if cents < 0 and not {"minimum", "exclusiveMinimum"} & question.schema.keys():
            raise Invalid("money.negative")
        return cents

    def bound(self, question: Question, limit: int) -> str:
        return amount(limit)

    def text(self, question: Question, value: int, context: Context) -> str:
        return self.bound(question, value)

    def cell(self, question: Question, value: int) -> object:
        return value / 100

    def sample(self, question: Question) -> int:
        return sample_number({"minimum": 0, **question.schema}, likely=123_456)

    def raw(self, question: Question, value: int) -> str:
        return number(value, 2, blank="")

    def reads_as(self, question: Question) -> ValueType:
        return ValueType("number", places=2, money=True)

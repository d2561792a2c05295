"""Telephone number."""

from __future__ import annotations

from typing import Any

import phonenumbers
from phonenumbers import PhoneNumberFormat

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType, typed_text

# Numbers of the overseas territories are written there without their prefix, like those of France.
TERRITORIES = ("FR", "RE", "GP", "MQ", "GF", "YT", "PM", "NC", "PF", "WF")


class Phone(FieldType):
    """A French number (mainland or overseas), or any other with its international prefix.

    The value is in E.164, as the national plans (Arcep, ITU) give it.
    """

    slug, title = "phone", "Téléphone"
    family = "Identité et contact"
    lasting = True
    description = "Un numéro de téléphone, français ou étranger."
    synonyms = ("numéro", "mobile", "portable", "fixe", "contact")
    personal = "contact"
    presets = {"type": "tel", "inputmode": "tel", "width": 20, "mask": "2 2 2 2 2"}
    messages = {
        "phone.invalid": gettext_noop(
            "Un numéro de téléphone français compte 10 chiffres, par exemple 04 65 71 00 42 ; un numéro "
            "étranger commence par +, par exemple +32 2 555 12 12."
        ),
    }

    def clean(self, question: Question, raw: Any, context: Context) -> str | None:
        text = typed_text(raw)
        if text is None:
            return None
        # The library reads letters as keys and keeps extensions: neither is a number to call here.
        if len(text) > 40 or not set(text) <= set("0123456789+()./-– \u00a0\u202f"):
            raise Invalid("phone.invalid")
        for territory in ("FR",) if text.startswith("+") else TERRITORIES:
            try:
                number = phonenumbers.parse(text, territory)
            except phonenumbers.NumberParseException as error:
                raise Invalid("phone.invalid") from error
            if phonenumbers.is_valid_number(number):
                return phonenumbers.format_number(number, PhoneNumberFormat.E164)
        raise Invalid("phone.invalid")

    def text(self, question: Question, value: str, context: Context) -> str:
        number = phonenumbers.parse(value, None)
        national = PhoneNumberFormat.NATIONAL if value.startswith("+33") else PhoneNumberFormat.INTERNATIONAL
        return phonenumbers.format_number(number, national)

    def raw(self, question: Question, value: str) -> str:
        number = phonenumbers.parse(value, None)
        national = PhoneNumberFormat.NATIONAL if value.startswith("+33") else PhoneNumberFormat.INTERNATIONAL
        return phonenumbers.format_number(number, national)

    def sample(self, question: Question) -> str:
        return "+33465710042"

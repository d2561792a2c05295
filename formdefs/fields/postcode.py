"""French postcode."""

from __future__ import annotations

from typing import Any

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType, compact, typed_text


class Postcode(FieldType):
    """Five digits (La Poste)."""

    slug, title = "postcode", "Code postal"
    family = "Lieux"
    lasting = True
    description = "Les cinq chiffres d’un code postal français."
    synonyms = ("adresse", "CP", "ville")
    personal = "contact"
    presets = {"type": "text", "inputmode": "numeric", "width": 6}
    messages = {
        "postcode.invalid": gettext_noop("Un code postal compte 5 chiffres, par exemple 35000."),
    }

    def clean(self, question: Question, raw: Any, context: Context) -> str | None:
        text = typed_text(raw)
        if text is None:
            return None
        code = compact(text)
        if len(code) != 5 or not (code.isascii() and code.isdigit()) or code == "00000":
            raise Invalid("postcode.invalid")
        return code

    def sample(self, question: Question) -> str:
        return "35000"

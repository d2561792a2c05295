"""BIC."""

from __future__ import annotations

from typing import Any

from schwifty import BIC
from schwifty.exceptions import SchwiftyException

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType, compact, typed_text


class Bic(FieldType):
    """Code of a bank (ISO 9362): 8 or 11 characters, the fifth and sixth a country."""

    slug, title = "bic", "BIC"
    family = "Identifiants"
    lasting = True
    description = "Le code d’une banque, de 8 ou 11 caractères."
    synonyms = ("banque", "swift", "compte")
    personal = "finance"
    presets = {"type": "text", "inputmode": "text", "width": 12}
    messages = {
        "bic.length": gettext_noop(
            "Un BIC compte 8 ou 11 caractères, par exemple AGRIFRPP : celui-ci en compte {length}."
        ),
        "bic.invalid": gettext_noop(
            "Ce BIC contient une erreur. Recopiez-le depuis votre RIB, par exemple AGRIFRPP."
        ),
    }

    def clean(self, question: Question, raw: Any, context: Context) -> str | None:
        text = typed_text(raw)
        if text is None:
            return None
        code = compact(text)
        if len(code) not in (8, 11):
            raise Invalid("bic.length", length=len(code))
        try:
            BIC(code)
        except (SchwiftyException, ValueError, KeyError) as error:
            raise Invalid("bic.invalid") from error
        return code

    def sample(self, question: Question) -> str:
        return "AGRIFRPP"

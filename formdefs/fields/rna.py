"""RNA."""

from __future__ import annotations

import re
from typing import Any

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType, compact, typed_text

# The offices of Corse begin with 2A and 2B.
_SHAPE = re.compile(r"W[0-9][0-9AB][0-9]{7}\Z")


class Rna(FieldType):
    """Number of an association in the national register: W, the office that keeps it, its rank."""

    slug, title = "rna", "RNA"
    family = "Identifiants"
    description = "Le numéro d’une association au répertoire national : W et 9 caractères."
    synonyms = ("association", "waldec", "loi 1901", "préfecture")
    presets = {"type": "text", "inputmode": "text", "width": 12}
    messages = {
        "rna.invalid": gettext_noop(
            "Un numéro RNA commence par W, suivi de 9 chiffres, par exemple W751123456. Il figure sur votre "
            "récépissé de préfecture."
        ),
    }

    def clean(self, question: Question, raw: Any, context: Context) -> str | None:
        text = typed_text(raw)
        if text is None:
            return None
        number = compact(text)
        if not _SHAPE.match(number):
            raise Invalid("rna.invalid")
        return number

    def sample(self, question: Question) -> str:
        return "W751123456"

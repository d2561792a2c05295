"""FINESS number."""

from __future__ import annotations

import re
from typing import Any

from stdnum import luhn

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType, compact, typed_text

LENGTH = 9
_SHAPE = re.compile(r"[0-9][0-9AB][0-9]{7}\Z")


class Finess(FieldType):
    """Number of a health or social establishment: 9 characters, the first two the département.

    The last one is Luhn's key, in which the A and B of Corse count 1 and 2.
    """

    slug, title = "finess", "FINESS"
    family = "Identifiants"
    description = "Le numéro d’un établissement sanitaire ou social."
    synonyms = ("établissement", "santé", "hôpital", "médico-social")
    presets = {"type": "text", "inputmode": "text", "width": 11, "mask": "3 3 3"}
    messages = {
        "finess.length": gettext_noop(
            "Le FINESS compte 9 caractères, par exemple 750 804 940 : celui-ci en compte {length}."
        ),
        "finess.invalid": gettext_noop(
            "Ce FINESS contient une erreur. Recopiez-le depuis le répertoire FINESS, par exemple 750 804 940."
        ),
    }

    def clean(self, question: Question, raw: Any, context: Context) -> str | None:
        text = typed_text(raw)
        if text is None:
            return None
        number = compact(text)
        if len(number) != LENGTH:
            raise Invalid("finess.length", length=len(number))
        if not _SHAPE.match(number) or not luhn.is_valid(number.replace("A", "1").replace("B", "2")):
            raise Invalid("finess.invalid")
        return number

    def text(self, question: Question, value: str, context: Context) -> str:
        return "\u00a0".join((value[:3], value[3:6], value[6:]))

    def raw(self, question: Question, value: str) -> str:
        return f"{value[:3]} {value[3:6]} {value[6:]}"

    def sample(self, question: Question) -> str:
        return "750804940"

"""UAI."""

from __future__ import annotations

import re

from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.identifier import Identifier

KEYS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_SHAPE = re.compile(r"[0-9]{7}[A-Z]\Z")


class Uai(Identifier):
    """Number of a place of teaching (répertoire UAI): 7 digits, then a letter that is their rest by 23."""

    slug, title = "uai", "UAI"
    description = (
        "Le numéro d’une école, d’un collège, d’un lycée ou d’une université : 7 chiffres et une lettre."
    )
    synonyms = ("école", "collège", "lycée", "université", "RNE", "établissement scolaire")
    example = "0750655E"
    presets = {"type": "text", "inputmode": "text", "width": 10}
    messages = {
        "uai.shape": gettext_noop("Un numéro UAI compte 7 chiffres et une lettre, par exemple 0750655E."),
        "uai.invalid": gettext_noop(
            "Ce numéro UAI contient une erreur. Recopiez-le depuis l’annuaire de l’éducation, par exemple "
            "0750655E."
        ),
    }

    def check(self, number: str) -> None:
        if not _SHAPE.match(number):
            raise Invalid("uai.shape")
        if KEYS[int(number[:7]) % len(KEYS)] != number[7]:
            raise Invalid("uai.invalid")

"""RNA."""

from __future__ import annotations

import re

from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.identifier import Identifier

# The offices of Corse begin with 2A and 2B.
_SHAPE = re.compile(r"W[0-9][0-9AB][0-9]{7}\Z")


class Rna(Identifier):
    """Number of an association in the national register: W, the office that keeps it, its rank."""

    slug, title = "rna", "RNA"
    description = "Le numéro d’une association au répertoire national : W et 9 caractères."
    synonyms = ("association", "waldec", "loi 1901", "préfecture")
    example = "W751123456"
    presets = {"type": "text", "inputmode": "text", "width": 12}
    messages = {
        "rna.invalid": gettext_noop(
            "Un numéro RNA commence par W, suivi de 9 chiffres, par exemple W751123456. Il figure sur votre "
            "récépissé de préfecture."
        ),
    }

    def check(self, number: str) -> None:
        if not _SHAPE.match(number):
            raise Invalid("rna.invalid")

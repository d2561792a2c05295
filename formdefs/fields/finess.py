"""FINESS number."""

from __future__ import annotations

import re

from stdnum import luhn

from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.identifier import Identifier

LENGTH = 9
_SHAPE = re.compile(r"[0-9][0-9AB][0-9]{7}\Z")


class Finess(Identifier):
    """Number of a health or social establishment: 9 characters, the first two the département.

    The last one is Luhn's key, in which the A and B of Corse count 1 and 2.
    """

    slug, title = "finess", "FINESS"
    description = "Le numéro d’un établissement sanitaire ou social."
    synonyms = ("établissement", "santé", "hôpital", "médico-social")
    example = "750804940"
    presets = {"type": "text", "inputmode": "text", "width": 11, "mask": "3 3 3"}
    messages = {
        "finess.length": gettext_noop(
            "Le FINESS compte 9 caractères, par exemple 750 804 940 : celui-ci en compte {length}."
        ),
        "finess.invalid": gettext_noop(
            "Ce FINESS contient une erreur. Recopiez-le depuis le répertoire FINESS, par exemple 750 804 940."
        ),
    }

    def check(self, number: str) -> None:
        if len(number) != LENGTH:
            raise Invalid("finess.length", length=len(number))
        if not _SHAPE.match(number) or not luhn.is_valid(number.replace("A", "1").replace("B", "2")):
            raise Invalid("finess.invalid")

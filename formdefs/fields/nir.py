"""Numéro de sécurité sociale."""

from __future__ import annotations

from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.identifier import Identifier

LENGTH = 15
CORSE = {"2A": "19", "2B": "18"}
# 3, 4, 7 and 8 are given while a person's own number is being sought.
SEXES = frozenset("123478")


class Nir(Identifier):
    """Number of a person (NIR, Insee): 13 characters and a key of two, that counts 2A as 19 and 2B as 18."""

    slug, title = "nir", "Numéro de sécurité sociale"
    description = (
        "Le NIR d’une personne, clé comprise : 15 caractères. Ne le demandez que si un texte vous y autorise."
    )
    synonyms = ("NIR", "sécu", "carte Vitale", "assuré", "Insee")
    personal = "identity"
    example = "295109912611193"
    presets = {"type": "text", "inputmode": "text", "width": 20, "mask": "1 2 2 2 3 3 2"}
    messages = {
        "nir.length": gettext_noop(
            "Le numéro de sécurité sociale compte 15 caractères avec sa clé, par exemple 2 95 10 99 126 111 "
            "93 : celui-ci en compte {length}."
        ),
        "nir.invalid": gettext_noop(
            "Ce numéro de sécurité sociale contient une erreur. Recopiez-le depuis votre carte Vitale, par "
            "exemple 2 95 10 99 126 111 93."
        ),
    }

    def check(self, number: str) -> None:
        if len(number) != LENGTH:
            raise Invalid("nir.length", length=len(number))
        figures = number[:5] + CORSE.get(number[5:7], number[5:7]) + number[7:]
        if not (figures.isascii() and figures.isdigit()) or number[0] not in SEXES:
            raise Invalid("nir.invalid")
        if 97 - int(figures[:13]) % 97 != int(figures[13:]):
            raise Invalid("nir.invalid")

"""Civility."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.definition import Choice
from formdefs.fields.choice import ChoiceType

CIVILITIES = (Choice("madame", "Madame"), Choice("monsieur", "Monsieur"))


class Civility(ChoiceType):
    """Madame or Monsieur, the two civilities of the administration (circulaire 5575/SG of 2012)."""

    slug, title = "civility", "Civilité"
    family = "Identité et contact"
    description = "Madame ou Monsieur."
    synonyms = ("genre", "titre", "madame", "monsieur")
    personal = "identity"
    keywords = frozenset({"enum"})
    options_schema = {"properties": {}}

    def infer(self, schema: Mapping[str, Any]) -> bool:
        return False

    def flaws(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[str, ...]:
        if list(schema.get("enum", ["madame", "monsieur"])) != ["madame", "monsieur"]:
            return ("La civilité vaut « madame » ou « monsieur ».",)
        return ()

    def control_of(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> str:
        return "radio"

    def choices(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[Choice, ...]:
        return CIVILITIES

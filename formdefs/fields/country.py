"""Pays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.definition import Question
from formdefs.fields.lookup import Lookup


class Country(Lookup):
    """A country or territory, by its ISO 3166-1 code of two letters."""

    slug, title = "country", "Pays"
    family = "Lieux"
    description = "Un pays ou un territoire du monde, cherché par son nom."
    synonyms = ("nation", "nationalité", "étranger", "monde")
    presets = {"width": 40}

    def source(self, options: Mapping[str, Any]) -> str:
        return "pays"

    def sample(self, question: Question) -> str:
        return "FR"

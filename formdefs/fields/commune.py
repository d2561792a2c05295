"""Commune."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.definition import Question
from formdefs.fields.lookup import Lookup


class Commune(Lookup):
    """A commune by its Insee code, overseas collectivities included."""

    slug, title = "commune", "Commune"
    family = "Lieux"
    description = "Une commune de France, cherchée par son nom ou son code postal."
    synonyms = ("ville", "village", "Insee", "mairie")
    presets = {"width": 40}

    def source(self, options: Mapping[str, Any]) -> str:
        return "communes"

    def sample(self, question: Question) -> str:
        return "35238"

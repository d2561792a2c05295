"""Département."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.definition import Question
from formdefs.fields.lookup import Lookup


class Departement(Lookup):
    """A département, or an overseas collectivity, by its Insee code."""

    slug, title = "departement", "Département"
    family = "Lieux"
    description = "Un département, ou une collectivité d’outre-mer."
    synonyms = ("territoire", "Insee", "conseil départemental")
    presets = {"width": 40}

    def source(self, options: Mapping[str, Any]) -> str:
        return "departements"

    def sample(self, question: Question) -> str:
        return "35"

"""Région."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.definition import Question
from formdefs.fields.lookup import Lookup


class Region(Lookup):
    """A région, or an overseas collectivity, by its Insee code."""

    slug, title = "region", "Région"
    family = "Lieux"
    description = "Une région, ou une collectivité d’outre-mer."
    synonyms = ("territoire", "Insee", "conseil régional")
    presets = {"width": 40}

    def source(self, options: Mapping[str, Any]) -> str:
        return "regions"

    def sample(self, question: Question) -> str:
        return "53"

"""Explanation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.fields.title import Title


class Explanation(Title):
    """A text between questions, the schema's `description`, under its title."""

    slug, title, control = "explanation", "Explication", "note"
    description = "Un texte qui aide à répondre, ou qui prévient."
    synonyms = ("note", "information", "aide", "consigne", "paragraphe", "avertissement")
    options_schema = {
        "properties": {
            "tone": {
                "type": "string",
                "title": "Ton",
                "description": "Ce que dit la couleur et l’icône.",
                "default": "info",
                "oneOf": [
                    {"const": "info", "title": "Information"},
                    {"const": "warning", "title": "Attention"},
                ],
            }
        }
    }
    presets = {"tone": "info"}

    def infer(self, schema: Mapping[str, Any]) -> bool:
        return schema.get("type") == "null"

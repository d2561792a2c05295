"""Choice in a list of reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.data import PACKAGED
from formdefs.fields.choice import choices_of, flaws_of
from formdefs.fields.lookup import Lookup

MOST_ENTRIES = 10_000


class ReferenceList(Lookup):
    """One entry of a long list: one that comes with the platform (`list`), or the schema's own choices."""

    slug, title = "reference_list", "Liste de référence"
    family = "Choix"
    description = "Une réponse dans une longue liste, cherchée à mesure que l’on écrit."
    synonyms = ("référentiel", "nomenclature", "recherche", "EPCI", "intercommunalité", "annuaire")
    keywords = frozenset({"oneOf", "enum"})
    ensured = keywords
    options_schema = {
        "properties": {
            "list": {
                "type": "string",
                "title": "Liste de la plateforme",
                "description": "Sans elle, la liste est celle des réponses que vous écrivez.",
                "oneOf": [{"const": name, "title": title} for name, title in PACKAGED.items()],
            }
        }
    }
    presets = {"width": 40}

    def source(self, options: Mapping[str, Any]) -> str:
        return str(options.get("list", ""))

    def flaws(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[str, ...]:
        if "list" in options:
            if {"oneOf", "enum"} & schema.keys():
                return (
                    "Choisissez une liste de la plateforme, ou écrivez les réponses\u00a0: pas les deux.",
                )
            return ()
        if len(choices_of(schema)) > MOST_ENTRIES:
            return ("Une liste compte au plus 10 000 réponses.",)
        return flaws_of(schema)

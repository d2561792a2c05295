"""Identity document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.definition import Choice
from formdefs.fields.document import Document

KINDS = {
    "national_id": "carte nationale d’identité, recto et verso",
    "passport": "passeport",
    "residence_permit": "titre de séjour, recto et verso",
    "driving_licence": "permis de conduire",
}


class IdentityDocument(Document):
    """Files that show who a person is; `kinds` are the papers taken, said beside the question."""

    slug, title = "identity_document", "Pièce d’identité"
    family = "Fichiers"
    description = "La copie d’une carte d’identité, d’un passeport ou d’un autre titre accepté."
    synonyms = ("carte d’identité", "CNI", "passeport", "titre de séjour", "permis")
    personal = "identity"
    options_schema = {
        "properties": {
            "kinds": {
                "type": "array",
                "title": "Pièces acceptées",
                "description": "Elles sont dites à côté de la question.",
                "default": ["national_id", "passport", "residence_permit"],
                "items": {"oneOf": [{"const": key, "title": title} for key, title in KINDS.items()]},
                "minItems": 1,
                "uniqueItems": True,
            },
            **Document.options_schema["properties"],
        }
    }
    presets = {**Document.presets, "kinds": ("national_id", "passport", "residence_permit")}

    def choices(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[Choice, ...]:
        return tuple(Choice(kind, KINDS[kind]) for kind in KINDS if kind in options["kinds"])

"""Text of a given form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from formdefs.definition import Question
from formdefs.errors import gettext_noop
from formdefs.fields.text import MESSAGE, WIDTH, Text


class FormattedText(Text):
    """One line whose form is the schema's `pattern`; `message` says it, `examples` shows it."""

    slug, title = "formatted_text", "Texte à format imposé"
    family = "Texte"
    description = "Une ligne dont vous donnez le motif, l’exemple et le message d’erreur."
    synonyms = ("motif", "expression régulière", "masque", "référence", "numéro", "code")
    options_schema = {"properties": {"message": MESSAGE, "width": WIDTH}}
    messages = {"pattern": gettext_noop("Cette réponse n’a pas la forme demandée. Suivez l’exemple donné.")}

    def infer(self, schema: Mapping[str, Any]) -> bool:
        return False

    def flaws(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[str, ...]:
        if "pattern" not in schema or "message" not in options:
            return ("Donnez le motif dans « pattern », et dans « message » la phrase qui le dit.",)
        examples = schema.get("examples")
        if not isinstance(examples, list) or not examples:
            return ("Donnez dans « examples » une réponse qui convient.",)
        if not re.search(schema["pattern"], str(examples[0])):
            return (f"L’exemple « {examples[0]} » ne suit pas le motif.",)
        return super().flaws(schema, options)

    def sample(self, question: Question) -> str:
        return str(question.schema["examples"][0])

"""One line of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.fields.base import STRING_KEYWORDS, FieldType, check_length, typed_text

LINE = 255
MESSAGE = {
    "type": "string",
    "title": "Message d’erreur",
    "description": "Ce que lit la personne quand la forme n’est pas respectée, avec un exemple.",
    "minLength": 1,
    "maxLength": 300,
}
WIDTH = {
    "type": "integer",
    "title": "Largeur, en caractères",
    "description": "Celle de la réponse attendue ; elle ne la limite pas.",
    "minimum": 2,
    "maximum": 60,
}


class Text(FieldType):
    """One line of free text; `message` is what to say when the pattern is not respected."""

    slug, title = "text", "Texte court"
    family = "Texte"
    lasting = True
    description = "Une ligne de texte libre."
    synonyms: ClassVar[tuple[str, ...]] = ("champ", "nom", "prénom", "intitulé", "saisie")
    keywords = STRING_KEYWORDS
    ensured = frozenset({"minLength", "maxLength"})
    options_schema = {
        "properties": {
            "message": MESSAGE,
            "inputmode": {
                "type": "string",
                "title": "Clavier",
                "description": "Celui que propose un téléphone.",
                "default": "text",
                "oneOf": [
                    {"const": "text", "title": "Lettres"},
                    {"const": "numeric", "title": "Chiffres"},
                    {"const": "decimal", "title": "Nombre à virgule"},
                    {"const": "tel", "title": "Téléphone"},
                    {"const": "email", "title": "Adresse e-mail"},
                    {"const": "url", "title": "Adresse d’un site"},
                ],
            },
            "width": WIDTH,
        }
    }
    presets = {"type": "text", "inputmode": "text"}
    rank = -10

    def infer(self, schema: Mapping[str, Any]) -> bool:
        return schema.get("type") == "string" and "format" not in schema

    def flaws(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[str, ...]:
        if schema.get("maxLength", 0) > 1000:
            return ("Une ligne compte au plus 1 000 caractères ; choisissez le type « long_text ».",)
        return ()

    def clean(self, question: Question, raw: Any, context: Context) -> str | None:
        text = typed_text(raw)
        return None if text is None else check_length(question, text, at_most=LINE)

    def sample(self, question: Question) -> str:
        examples = question.schema.get("examples")
        if examples:
            return str(examples[0])
        least, most = question.schema.get("minLength", 0), question.schema.get("maxLength", LINE)
        return "Exemple"[:most].ljust(least, "e")

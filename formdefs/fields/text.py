"""One line of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.fields.base import STRING_KEYWORDS, FieldType, check_length, typed_text

LINE = 255


class Text(FieldType):
    """One line of free text; `message` is what to say when the pattern is not respected."""

    slug, title = "text", "Texte court"
    keywords = STRING_KEYWORDS
    ensured = frozenset({"minLength", "maxLength"})
    options_schema = {
        "properties": {
            "message": {"type": "string", "minLength": 1, "maxLength": 300},
            "inputmode": {"enum": ["text", "numeric", "decimal", "tel", "email", "url"]},
            "width": {"type": "integer", "minimum": 2, "maximum": 60},
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

"""Several lines of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid
from formdefs.fields.base import STRING_KEYWORDS, FieldType, check_length, tidy
from formdefs.fields.text import LINE

PAGES = 10_000


class LongText(FieldType):
    """Free text of several lines, at most 10,000 characters unless the schema says less."""

    slug, title, control = "long_text", "Texte long", "textarea"
    family = "Texte"
    lasting = True
    description = "Un texte de plusieurs lignes."
    synonyms = ("paragraphe", "commentaire", "description", "motivation", "zone de texte")
    keywords = STRING_KEYWORDS - {"pattern"}
    ensured = keywords
    options_schema = {
        "properties": {
            "lines": {
                "type": "integer",
                "title": "Hauteur, en lignes",
                "description": "La place proposée ; elle ne limite pas la réponse.",
                "default": 5,
                "minimum": 2,
                "maximum": 30,
            }
        }
    }
    presets = {"lines": 5}
    rank = 5

    def infer(self, schema: Mapping[str, Any]) -> bool:
        length = schema.get("maxLength")
        return schema.get("type") == "string" and isinstance(length, int) and length > LINE

    def flaws(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[str, ...]:
        if schema.get("maxLength", 0) > PAGES:
            return ("Un texte compte au plus 10 000 caractères.",)
        return ()

    def clean(self, question: Question, raw: Any, context: Context) -> str | None:
        if raw is None:
            return None
        if not isinstance(raw, str):
            raise Invalid("type")
        text = tidy(raw, lines=True)
        return check_length(question, text, at_most=PAGES) if text else None

    def sample(self, question: Question) -> str:
        least, most = question.schema.get("minLength", 0), question.schema.get("maxLength", PAGES)
        return "Un exemple de réponse."[:most].strip().ljust(least, ".")

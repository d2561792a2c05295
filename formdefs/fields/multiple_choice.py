"""Several answers among those listed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.context import Context
from formdefs.definition import Choice, Question, ValueType
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import LIST_KEYWORDS, FieldType
from formdefs.fields.choice import choices_of, flaws_of


class MultipleChoice(FieldType):
    """Boxes to tick; the value keeps the author's order, without doubles."""

    slug, title, control, json_type = "multiple_choice", "Choix multiple", "checkboxes", "array"
    family = "Choix"
    description = "Plusieurs réponses parmi celles que vous listez."
    synonyms = ("cases à cocher", "liste", "plusieurs réponses")
    keywords = LIST_KEYWORDS
    ensured = frozenset({"items", "uniqueItems"})
    messages = {
        "type": gettext_noop("Cochez une ou plusieurs des réponses proposées."),
        "choice.unknown": gettext_noop("Cochez seulement des réponses proposées."),
        "minItems": gettext_noop("Cochez au moins {limit} réponses : il en manque {gap}."),
        "maxItems": gettext_noop("Cochez au plus {limit} réponses : il y en a {gap} de trop."),
    }
    rank = 20

    def infer(self, schema: Mapping[str, Any]) -> bool:
        items = schema.get("items")
        return (
            schema.get("type") == "array"
            and isinstance(items, Mapping)
            and bool({"oneOf", "enum"} & items.keys())
        )

    def flaws(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[str, ...]:
        items = schema.get("items")
        return flaws_of(items if isinstance(items, Mapping) else {})

    def choices(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[Choice, ...]:
        items = schema.get("items")
        return choices_of(items if isinstance(items, Mapping) else {})

    def clean(self, question: Question, raw: Any, context: Context) -> list[str] | None:
        if raw is None or raw == "":
            return None
        ticked = [raw] if isinstance(raw, str) else raw
        if not isinstance(ticked, list | tuple) or not all(isinstance(value, str) for value in ticked):
            raise Invalid("type")
        if set(ticked) - {choice.value for choice in question.choices} - {""}:
            raise Invalid("choice.unknown")
        return [choice.value for choice in question.choices if choice.value in ticked] or None

    def text(self, question: Question, value: list[str], context: Context) -> str:
        return ", ".join(choice.label for choice in question.choices if choice.value in value)

    def cell(self, question: Question, value: list[str]) -> object:
        return " ; ".join(choice.label for choice in question.choices if choice.value in value)

    def sample(self, question: Question) -> list[str]:
        return [choice.value for choice in question.choices][: max(1, question.schema.get("minItems", 1))]

    def reads_as(self, question: Question) -> ValueType:
        values = frozenset(choice.value for choice in question.choices)
        return ValueType("list", item=ValueType("text", values=values))

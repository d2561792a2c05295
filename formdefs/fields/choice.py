"""One answer among several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.context import Context
from formdefs.definition import Choice, Question, ValueType
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType

RADIOS = 5


def choices_of(schema: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The answers that a schema lists, as `oneOf` of constants or as `enum`; () when it lists none."""
    if isinstance(listed := schema.get("oneOf"), list | tuple):
        if not all(isinstance(item, Mapping) and isinstance(item.get("const"), str) for item in listed):
            return ()
        return tuple(
            Choice(item["const"], str(item.get("title", item["const"])), str(item.get("description", "")))
            for item in listed
        )
    if isinstance(listed := schema.get("enum"), list | tuple) and all(
        isinstance(value, str) for value in listed
    ):
        return tuple(Choice(value, value) for value in listed)
    return ()


def flaws_of(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """French sentences on a list of choices that cannot be offered."""
    choices = choices_of(schema)
    if not choices:
        return (
            'Listez les réponses possibles dans « oneOf » : {"const": "valeur", "title": "Libellé"}, ou '
            "dans « enum ».",
        )
    values = [choice.value for choice in choices]
    if "" in values:
        return ("Une réponse possible ne peut pas être vide.",)
    if len(set(values)) < len(values):
        return ("Deux réponses possibles ont la même valeur.",)
    return ()


class ChoiceType(FieldType):
    """One answer among those listed: buttons up to five, a list beyond; `as` chooses otherwise."""

    slug, title, control = "choice", "Choix unique", "radio"
    keywords = frozenset({"oneOf", "enum"})
    ensured = keywords
    options_schema = {"properties": {"as": {"enum": ["radio", "select"]}}}
    messages = {"choice.unknown": gettext_noop("Choisissez une des réponses proposées.")}
    rank = 20

    def infer(self, schema: Mapping[str, Any]) -> bool:
        return schema.get("type", "string") == "string" and bool({"oneOf", "enum"} & schema.keys())

    def flaws(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[str, ...]:
        return flaws_of(schema)

    def control_of(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> str:
        return str(options.get("as") or ("radio" if len(choices_of(schema)) <= RADIOS else "select"))

    def choices(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[Choice, ...]:
        return choices_of(schema)

    def clean(self, question: Question, raw: Any, context: Context) -> str | None:
        if raw is None or raw == "":
            return None
        for choice in question.choices:
            if choice.value == raw:
                return choice.value
        raise Invalid("choice.unknown")

    def text(self, question: Question, value: str, context: Context) -> str:
        return next((choice.label for choice in question.choices if choice.value == value), value)

    def cell(self, question: Question, value: str) -> object:
        return next((choice.label for choice in question.choices if choice.value == value), value)

    def sample(self, question: Question) -> str:
        return question.choices[0].value

    def reads_as(self, question: Question) -> ValueType:
        return ValueType("text", values=frozenset(choice.value for choice in question.choices))

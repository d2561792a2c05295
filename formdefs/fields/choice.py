"""One answer among several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from formdefs.context import Context
from formdefs.definition import Choice, Question, ValueType
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType, typed_text

RADIOS = 5
OTHER = 200


def choices_of(schema: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The answers that a schema lists, as `oneOf` of constants or as `enum`; () when it lists none."""
    listed = schema.get("oneOf")
    if isinstance(open_to_other := schema.get("anyOf"), list | tuple):
        listed = open_to_other[:-1]
    if isinstance(listed, list | tuple):
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


def other_of(question: Question) -> Mapping[str, Any]:
    """The schema of a free answer, with its label and limit; empty where there is none."""
    return question.schema["anyOf"][-1] if question.options.get("other") else {}


def _is_open(last: Any) -> bool:
    allowed = {"type", "title", "maxLength"}
    return (
        bool(last)
        and isinstance(last[0], Mapping)
        and last[0].get("type") == "string"
        and not (last[0].keys() - allowed)
    )


class ChoiceType(FieldType):
    """One answer among those listed: buttons up to five, a list beyond; `as` chooses otherwise.

    With `other`, any text is an answer too: the choices are then in `anyOf`, and the last of it is
    `{"type": "string"}`, whose title is the label (« Autre ») and maxLength the limit. What is typed is the
    const of the choice, or `{"other": "…"}`.
    """

    slug, title, control = "choice", "Choix unique", "radio"
    family = "Choix"
    lasting = True
    description = (
        "Une seule réponse parmi celles que vous listez, avec «\u00a0Autre\u00a0» si vous le voulez."
    )
    synonyms: ClassVar[tuple[str, ...]] = ("liste", "radio", "bouton", "menu déroulant", "autre")
    keywords = frozenset({"oneOf", "enum", "anyOf"})
    ensured = keywords
    options_schema = {
        "properties": {
            "as": {
                "type": "string",
                "title": "Présentation",
                "description": "Sans choix, des boutons jusqu’à cinq réponses, un menu au-delà.",
                "oneOf": [
                    {"const": "radio", "title": "Boutons"},
                    {"const": "select", "title": "Menu déroulant"},
                ],
            },
            "other": {
                "type": "boolean",
                "title": "Accepter une autre réponse",
                "description": "Ajoute « Autre », avec un texte à écrire.",
                "default": False,
            },
        }
    }
    messages = {"choice.unknown": gettext_noop("Choisissez une des réponses proposées.")}
    rank = 20

    def infer(self, schema: Mapping[str, Any]) -> bool:
        return schema.get("type", "string") == "string" and bool({"oneOf", "enum"} & schema.keys())

    def flaws(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[str, ...]:
        if bool(options.get("other")) != ("anyOf" in schema):
            return (
                'Avec « other », les réponses sont dans « anyOf », dont la dernière est {"type": "string", '
                '"title": "Autre"} ; sans lui, dans « oneOf » ou « enum ».',
            )
        if options.get("other") and not _is_open(schema["anyOf"][-1:]):
            return ('La dernière réponse de « anyOf » est {"type": "string", "title": "Autre"}.',)
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
        if question.options.get("other") and isinstance(raw, Mapping):
            return self._other(question, raw.get("other"))
        raise Invalid("choice.unknown")

    def _other(self, question: Question, raw: Any) -> str | None:
        text = typed_text(raw)
        if text is None:
            return None
        most = int(other_of(question).get("maxLength", OTHER))
        if len(text) > most:
            raise Invalid("maxLength", limit=most, gap=len(text) - most)
        # Who writes out one of the answers means that answer.
        said = text.casefold()
        return next((c.value for c in question.choices if said in (c.value, c.label.casefold())), text)

    def text(self, question: Question, value: str, context: Context) -> str:
        return next((choice.label for choice in question.choices if choice.value == value), value)

    def cell(self, question: Question, value: str) -> object:
        return next((choice.label for choice in question.choices if choice.value == value), value)

    def sample(self, question: Question) -> str:
        return question.choices[0].value

    def raw(self, question: Question, value: str) -> Any:
        known = any(choice.value == value for choice in question.choices)
        return value if known or not question.options.get("other") else {"other": value}

    def reads_as(self, question: Question) -> ValueType:
        if question.options.get("other"):
            return ValueType("text")
        return ValueType("text", values=frozenset(choice.value for choice in question.choices))

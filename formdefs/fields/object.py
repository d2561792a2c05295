"""Several answers under one question: an object of JSON Schema within another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid
from formdefs.fields.compound import Compound
from formdefs.fields.keywords import Check, check_of

PARTS = frozenset({"text", "textarea", "number", "money", "date", "radio", "select", "yesno", "checkbox"})
"""The controls that ask a part."""


# Keyed by the part itself: a definition that is dropped takes its checks away.
_checks: WeakKeyDictionary[Question, Check] = WeakKeyDictionary()


def _nothing(_value: Any) -> None:
    """A part of which the schema asks nothing more."""


class Object(Compound):
    """The properties of a nested object, drawn in place; each is a question of one input.

    Its parts are read with the definition, where the other types make theirs from their options.
    """

    slug, title = "object", "Plusieurs informations"
    family = "Structure"
    description = "Des informations de types choisis, qui forment une seule réponse."
    synonyms = ("objet", "ensemble", "fiche", "groupe", "composé")
    keywords = frozenset({"properties", "required", "additionalProperties"})
    ensured = keywords
    messages = {"required": Compound.required}
    rank = 20

    def infer(self, schema: Mapping[str, Any]) -> bool:
        return schema.get("type") == "object" and "properties" in schema

    def clean_part(self, part: Question, raw: Any, context: Context) -> Any:
        value = super().clean_part(part, raw, context)
        check = _checks.get(part) or _checks.setdefault(part, check_of(part) or _nothing)
        wrong = None if value is None else check(value)
        if wrong is not None:
            code, params = wrong
            raise Invalid(code, **params)
        return value

    def text(self, question: Question, value: dict[str, Any], context: Context) -> str:
        return "\u00a0; ".join(
            f"{each.title}\u00a0: {each.type.text(each, value[each.name], context)}"
            for each in question.parts
            if each.name in value
        )

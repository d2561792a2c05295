"""Repeatable group of questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.context import Context
from formdefs.definition import Question, ValueType
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType

MANY = 200
"""How many rows a group takes where its author gives no number."""
MOST = 5000
CHECKS = {
    "type": "array",
    "maxItems": 100,
    "items": {
        "type": "object",
        "required": ["id", "that", "message", "at"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z][a-z0-9_-]{0,62}$"},
            "that": {"type": ["object", "boolean"]},
            "message": {"type": "string", "minLength": 1, "maxLength": 500},
            "at": {"type": "string", "minLength": 1, "maxLength": 63},
        },
    },
}


class Group(FieldType):
    """Rows of the same questions, at most 200 unless told; `row_title` names one of them (« Dépense »).

    `checks` are what must hold of each row. `clean` only takes the rows: the judge goes through the
    questions of each.
    """

    slug, title, control, json_type = "group", "Bloc répétable", "group", "array"
    family = "Structure"
    description = "Des lignes identiques, autant que la personne en ajoute."
    synonyms = ("répétition", "lignes", "tableau", "liste", "plusieurs")
    keywords = frozenset({"items", "minItems", "maxItems"})
    ensured = frozenset({"items"})
    options_schema = {
        "properties": {
            "row_title": {
                "type": "string",
                "title": "Nom d’une ligne",
                "description": "Au singulier, par exemple Dépense.",
                "default": "Ligne",
                "minLength": 1,
                "maxLength": 60,
            },
            "add_label": {
                "type": "string",
                "title": "Texte du bouton",
                "description": "Le verbe et la chose, par exemple Ajouter une dépense.",
                "default": "Ajouter une ligne",
                "minLength": 1,
                "maxLength": 60,
            },
        }
    }
    rules_schema = {"checks": CHECKS}
    presets = {"row_title": "Ligne", "add_label": "Ajouter une ligne"}
    messages = {
        "minItems": gettext_noop("Ajoutez des lignes : il en faut au moins {limit}, il en manque {gap}."),
        "maxItems": gettext_noop("Retirez des lignes : il en faut au plus {limit}, il y en a {gap} de trop."),
    }
    rank = 20

    def infer(self, schema: Mapping[str, Any]) -> bool:
        items = schema.get("items")
        return schema.get("type") == "array" and isinstance(items, Mapping) and "properties" in items

    def flaws(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[str, ...]:
        if schema.get("maxItems", 0) > MOST:
            return ("Un bloc compte au plus 5 000 lignes.",)
        return ()

    def clean(self, question: Question, raw: Any, context: Context) -> list[Mapping[str, Any]] | None:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, list | tuple) or not all(isinstance(row, Mapping) for row in raw):
            raise Invalid("type")
        most = question.schema.get("maxItems", MANY)
        if len(raw) > most:
            raise Invalid("maxItems", limit=most, gap=len(raw) - most)
        return list(raw) or None

    def text(self, question: Question, value: list[Any], context: Context) -> str:
        return f"{len(value)} ligne{'s' if len(value) > 1 else ''}"

    def cell(self, question: Question, value: list[Any]) -> object:
        return len(value)

    def sample(self, question: Question) -> list[dict[str, Any]]:
        row = {
            each.name: each.type.sample(each)
            for each in question.rows
            if each.compute is None and not each.type.static
        }
        return [dict(row) for _ in range(max(1, question.schema.get("minItems", 1)))]

    def raw(self, question: Question, value: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
        inner = {each.name: each for each in question.rows}
        return [
            {
                "_row": f"r{number}",
                **{name: inner[name].type.raw(inner[name], item) for name, item in row.items()},
            }
            for number, row in enumerate(value, 1)
        ]

    def reads_as(self, question: Question) -> ValueType:
        columns = {inner.name: inner.type.reads_as(inner) for inner in question.rows}
        return ValueType("list", item=ValueType("row", columns=columns))

"""Status of each attached entity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.context import Context
from formdefs.definition import Choice, Question, ValueType
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType
from formdefs.fields.choice import choices_of, flaws_of


def _statuses(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    statuses = schema.get("additionalProperties")
    return statuses if isinstance(statuses, Mapping) else {}


class EntityStatuses(FieldType):
    """One table, one row for each entity of the organisation, counted as one question.

    The statuses are the choices of `additionalProperties`. An entity that is no longer attached
    is left out of the value.
    """

    slug, title, control, json_type = (
        "entity_statuses",
        "Statut de chaque entité rattachée",
        "entity_statuses",
        "object",
    )
    family = "Choix"
    description = "Un tableau où l’organisme donne le statut de chacune de ses entités."
    synonyms = ("tableau", "entités", "établissements", "prérequis")
    keywords = frozenset({"additionalProperties"})
    ensured = keywords
    messages = {
        "required": gettext_noop("Choisissez un statut pour chaque entité : il en manque {missing}."),
        "choice.unknown": gettext_noop("Choisissez un des statuts proposés pour « {entity} »."),
    }

    def flaws(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[str, ...]:
        if not flaws_of(_statuses(schema)):
            return ()
        return (
            'Listez les statuts possibles dans « additionalProperties » : {"oneOf": [{"const": "valeur", '
            '"title": "Libellé"}]}.',
        )

    def choices(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[Choice, ...]:
        return choices_of(_statuses(schema))

    def clean(self, question: Question, raw: Any, context: Context) -> dict[str, str] | None:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, Mapping):
            raise Invalid("type")
        possible = {choice.value for choice in question.choices}
        value: dict[str, str] = {}
        for entity in context.entities:
            status = raw.get(entity["id"])
            if status is None or status == "":
                continue
            if not isinstance(status, str) or status not in possible:
                raise Invalid("choice.unknown", entity=entity.get("name", entity["id"]))
            value[entity["id"]] = status
        return value or None

    def complete(self, question: Question, value: dict[str, str], context: Context) -> bool:
        return all(entity["id"] in value for entity in context.entities)

    def missing(self, question: Question, value: Any, context: Context) -> Mapping[str, Any]:
        return {"missing": sum(entity["id"] not in (value or {}) for entity in context.entities)}

    def table(
        self, question: Question, value: dict[str, str], context: Context
    ) -> tuple[tuple[str, str], ...]:
        """The name of each entity and the label of its status, in the organisation's order."""
        labels = {choice.value: choice.label for choice in question.choices}
        return tuple(
            (str(entity.get("name", entity["id"])), labels.get(value.get(entity["id"], ""), ""))
            for entity in context.entities
        )

    def text(self, question: Question, value: dict[str, str], context: Context) -> str:
        return " ; ".join(
            f"{name} : {status}" for name, status in self.table(question, value, context) if status
        )

    def cell(self, question: Question, value: dict[str, str]) -> object:
        labels = {choice.value: choice.label for choice in question.choices}
        return " ; ".join(f"{entity} : {labels.get(status, status)}" for entity, status in value.items())

    def sample(self, question: Question) -> dict[str, str]:
        return {"entite1": question.choices[0].value}

    def reads_as(self, question: Question) -> ValueType:
        return ValueType("row")

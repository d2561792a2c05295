"""Certification: « Je certifie… »."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType


class Certification(FieldType):
    """A box that answers only when ticked; `statement` is what one certifies."""

    slug, title, control, json_type = "certification", "Case à cocher pour certifier", "checkbox", "boolean"
    family = "Choix"
    description = "Une case à cocher par laquelle on certifie ou s’engage."
    synonyms = ("case", "engagement", "attestation", "certifier", "accepter")
    keywords = frozenset({"const"})
    ensured = keywords
    options_schema = {
        "properties": {
            "statement": {
                "type": "string",
                "title": "Ce que l’on certifie",
                "description": "La phrase à côté de la case ; sans elle, le titre de la question.",
                "minLength": 1,
                "maxLength": 600,
            }
        }
    }
    messages = {"type": gettext_noop("Cochez la case, ou laissez-la vide.")}
    rank = 5

    def infer(self, schema: Mapping[str, Any]) -> bool:
        return schema.get("type") == "boolean" and schema.get("const") is True

    def flaws(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[str, ...]:
        if schema.get("const", True) is not True:
            return ("Une certification ne peut attendre que « true ».",)
        return ()

    def clean(self, question: Question, raw: Any, context: Context) -> bool | None:
        if raw in (None, "", False, "false"):
            return None
        if raw is True or raw in ("true", "on"):
            return True
        raise Invalid("type")

    def text(self, question: Question, value: bool, context: Context) -> str:
        return "Oui" if value else "Non"

    def cell(self, question: Question, value: bool) -> object:
        return "Oui" if value else "Non"

    def sample(self, question: Question) -> bool:
        return True

    def raw(self, question: Question, value: bool) -> str:
        return "true" if value else ""

"""Yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.context import Context
from formdefs.definition import Choice, Question
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType

YES, NO = "true", "false"


class YesNo(FieldType):
    """A question answered by yes or no; "no" is an answer."""

    slug, title, control, json_type = "yes_no", "Oui ou non", "yesno", "boolean"
    family = "Choix"
    lasting = True
    description = "Une question à laquelle on répond par oui ou par non."
    synonyms = ("booléen", "vrai", "faux", "case")
    messages = {"type": gettext_noop("Choisissez « Oui » ou « Non ».")}

    def infer(self, schema: Mapping[str, Any]) -> bool:
        return schema.get("type") == "boolean" and "const" not in schema

    def choices(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[Choice, ...]:
        return (Choice(YES, "Oui"), Choice(NO, "Non"))

    def clean(self, question: Question, raw: Any, context: Context) -> bool | None:
        if raw is None or raw == "":
            return None
        if isinstance(raw, bool):
            return raw
        if raw not in (YES, NO):
            raise Invalid("type")
        return bool(raw == YES)

    def text(self, question: Question, value: bool, context: Context) -> str:
        return "Oui" if value else "Non"

    def cell(self, question: Question, value: bool) -> object:
        return "Oui" if value else "Non"

    def sample(self, question: Question) -> bool:
        return True

    def raw(self, question: Question, value: bool) -> str:
        return YES if value else NO

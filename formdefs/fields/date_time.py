"""Date and time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from formdefs.context import Context
from formdefs.definition import Question, ValueType
from formdefs.fields.compound import Compound, part
from formdefs.fields.date import BOUNDS, Date
from formdefs.fields.time import Time


class DateTime(Compound):
    """A minute on the wall clock of the démarche's place, kept as 2026-03-27T14:30.

    It has no offset: a definition holds local time and a zone.
    """

    slug, title, json_type = "date_time", "Date et heure", "string"
    family = "Dates"
    description = "Un jour et une heure."
    synonyms = ("rendez-vous", "horaire", "moment", "début", "fin")
    keywords = frozenset({"format"})
    ensured = keywords
    options_schema = {"properties": BOUNDS}
    messages = {**Date.messages, **Time.messages, "required": Compound.required}

    def infer(self, schema: Mapping[str, Any]) -> bool:
        return schema.get("type") == "string" and schema.get("format") == "date-time"

    def flaws(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[str, ...]:
        return Date().flaws(schema, options)

    def parts(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[Question, ...]:
        bounds = {key: options[key] for key in BOUNDS if key in options}
        return (
            part("date", "Date", Date(), named="la date", **bounds),
            part("time", "Heure", Time(), named="l’heure"),
        )

    def clean(self, question: Question, raw: Any, context: Context) -> Any:
        if isinstance(raw, str):
            day, _, hour = raw.strip().replace("T", " ", 1).partition(" ")
            raw = {"date": day, "time": hour}
        return super().clean(question, raw, context)

    def whole(self, question: Question, values: dict[str, Any]) -> str:
        return f"{values['date']}T{values['time']}"

    def split(self, question: Question, value: Any) -> Mapping[str, Any]:
        day, _, hour = str(value).partition("T")
        return {"date": day, "time": hour}

    def text(self, question: Question, value: str, context: Context) -> str:
        return " à ".join(self.texts(question, value, context))

    def cell(self, question: Question, value: str) -> object:
        return datetime.fromisoformat(value)

    def reads_as(self, question: Question) -> ValueType:
        return ValueType("text")

"""Period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.compound import Compound, part
from formdefs.fields.date import BOUNDS, Date
from formdefs.figures import long_date


class Period(Compound):
    """Two days, the first and the last, in order."""

    slug, title = "period", "Période"
    family = "Dates"
    description = "Un premier et un dernier jour, dans l’ordre."
    synonyms = ("durée", "intervalle", "début et fin", "séjour", "dates")
    options_schema = {"properties": BOUNDS}
    messages = {
        **Date.messages,
        "required": Compound.required,
        "period.order": gettext_noop(
            "La période finit le {end}, avant de commencer le {start}. Vérifiez les deux dates."
        ),
    }

    def flaws(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[str, ...]:
        return Date().flaws(schema, options)

    def parts(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[Question, ...]:
        bounds = {key: options[key] for key in BOUNDS if key in options}
        return (
            part("start", "Premier jour", Date(), named="le premier jour", **bounds),
            part("end", "Dernier jour", Date(), named="le dernier jour", **bounds),
        )

    def whole(self, question: Question, values: dict[str, Any]) -> dict[str, Any]:
        if values["end"] < values["start"]:
            said = {name: long_date(day) for name, day in values.items()}
            raise Invalid("period.order", part="end", **said)
        return values

    def text(self, question: Question, value: dict[str, str], context: Context) -> str:
        return f"du {long_date(value['start'])} au {long_date(value['end'])}"

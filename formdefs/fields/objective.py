"""Objective: a certification and its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import gettext_noop
from formdefs.fields.certification import Certification
from formdefs.fields.compound import Compound, part
from formdefs.fields.document import Document

STATEMENT = gettext_noop("Je certifie que cet objectif est atteint.")


class Objective(Compound):
    """What one certifies to have reached, and the files that show it; each counts for nothing alone."""

    slug, title = "objective", "Objectif à prouver"
    family = "Fichiers"
    description = "Une certification et les fichiers qui la prouvent."
    synonyms = ("preuve", "justificatif", "certification", "indicateur", "prérequis", "atteint")
    options_schema = {
        "properties": {
            "statement": Certification.options_schema["properties"]["statement"],
            **Document.options_schema["properties"],
        }
    }
    messages = {**Certification.messages, **Document.messages, "required": Compound.required}

    def parts(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[Question, ...]:
        files = {key: options[key] for key in Document.presets if key in options}
        return (
            part(
                "reached",
                "Certification",
                Certification(),
                named="si l’objectif est atteint",
                statement=options.get("statement", STATEMENT),
            ),
            part("evidence", "Preuves", Document(), named="les preuves", **files),
        )

    def text(self, question: Question, value: dict[str, Any], context: Context) -> str:
        return str(question.parts[0].options["statement"])

    def cell(self, question: Question, value: dict[str, Any]) -> object:
        return "Oui"

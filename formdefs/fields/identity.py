"""Identity of a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.fields.base import SHARED_MESSAGES
from formdefs.fields.civility import Civility
from formdefs.fields.compound import Compound, part, tokens
from formdefs.fields.text import Text

NAMES = {"maxLength": 100}


class Identity(Compound):
    """Civility, first names and last name; `civility` false leaves the first out."""

    slug, title = "identity", "Identité d’une personne"
    family = "Identité et contact"
    description = "La civilité, les prénoms et le nom d’une personne."
    synonyms = ("nom", "prénom", "civilité", "personne", "état civil", "représentant")
    personal = "identity"
    options_schema = {
        "properties": {
            "civility": {
                "type": "boolean",
                "title": "Demander la civilité",
                "description": "Madame ou Monsieur ; ne la demandez que si elle sert.",
                "default": True,
            }
        }
    }
    messages = {**SHARED_MESSAGES, **Civility.messages, "required": Compound.required}

    def parts(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[Question, ...]:
        civility = part("civility", "Civilité", Civility(), named="la civilité")
        names = (
            part(
                "first_names",
                "Prénoms",
                Text(),
                named="les prénoms",
                schema=NAMES,
                autocomplete=tokens(schema, "given-name"),
                width=24,
            ),
            part(
                "last_name",
                "Nom",
                Text(),
                named="le nom",
                schema=NAMES,
                autocomplete=tokens(schema, "family-name"),
                width=24,
            ),
        )
        return (civility, *names) if options.get("civility", True) else names

    def text(self, question: Question, value: dict[str, str], context: Context) -> str:
        return " ".join(self.texts(question, value, context))

    def sample(self, question: Question) -> dict[str, str]:
        given = {"civility": "madame", "first_names": "Camille", "last_name": "Martin"}
        return {each.name: given[each.name] for each in question.parts}

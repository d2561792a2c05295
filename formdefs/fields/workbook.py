"""Workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.context import Context
from formdefs.definition import Question, ValueType, Workbook
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType

FILE = "file"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookType(FieldType):
    """A spreadsheet given to fill in and read back: the value is its file's id and what its cells say.

    `book`, which the loader adds to the options, is the workbook that `workbook` names.
    """

    takes_files = True
    slug, title, control, json_type = "workbook", "Classeur à remplir", "workbook", "object"
    family = "Fichiers"
    description = (
        "Un classeur Excel à télécharger, à remplir et à déposer : ses lignes sont relues et vérifiées."
    )
    synonyms = ("excel", "tableur", "trame", "budget", "xlsx")
    options_schema = {
        "properties": {
            "workbook": {
                "type": "string",
                "title": "Classeur",
                "description": "L’identifiant du classeur, parmi les documents de la démarche.",
                "minLength": 1,
                "maxLength": 63,
            },
            "max_mb": {
                "type": "integer",
                "title": "Taille maximale",
                "description": "En mégaoctets.",
                "default": 5,
                "minimum": 1,
                "maximum": 20,
            },
        }
    }
    presets = {"max_mb": 5}
    messages = {
        "workbook.unknown": gettext_noop("Ce classeur n’est plus disponible. Déposez-le de nouveau."),
        "workbook.cells": gettext_noop(
            "Corrigez ce classeur, puis déposez-le de nouveau. {first} Erreurs en tout\u00a0: {count}."
        ),
    }

    def flaws(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[str, ...]:
        return () if "workbook" in options else ("Dites dans « workbook » quel classeur est à remplir.",)

    def clean(self, question: Question, raw: Any, context: Context) -> dict[str, Any] | None:
        given = [each for each in raw if each] if isinstance(raw, list | tuple) else raw
        if not given:
            return None
        if not isinstance(given, list) or len(given) != 1 or not isinstance(given[0], str):
            raise Invalid("type")
        facts = context.files.get(given[0])
        if facts is None or "answers" not in facts.reading:
            raise Invalid("workbook.unknown")
        problems = facts.reading.get("problems") or ()
        if problems:
            raise Invalid("workbook.cells", count=len(problems), first=problems[0])
        return {FILE: given[0], **facts.reading["answers"]}

    def text(self, question: Question, value: Mapping[str, Any], context: Context) -> str:
        facts = context.files.get(str(value.get(FILE)))
        said = [facts.name] if facts else []
        book: Workbook = question.options["book"]
        for each in book.form.questions.values():
            if each.compute is not None and value.get(each.name) is not None:
                said.append(f"{each.title}\u00a0: {each.type.text(each, value[each.name], context)}")
        return "\n".join(said)

    def cell(self, question: Question, value: Mapping[str, Any]) -> object:
        return str(value.get(FILE, ""))

    def sample(self, question: Question) -> dict[str, Any]:
        book: Workbook = question.options["book"]
        asked = [each for each in book.form.questions.values() if each.compute is None]
        return {FILE: "classeur1", **{each.name: each.type.sample(each) for each in asked}}

    def raw(self, question: Question, value: Mapping[str, Any]) -> list[str]:
        return [str(value[FILE])]

    def reads_as(self, question: Question) -> ValueType:
        book: Workbook = question.options["book"]
        columns = {each.name: each.type.reads_as(each) for each in book.form.questions.values()}
        return ValueType("row", columns={**columns, FILE: ValueType("text")})

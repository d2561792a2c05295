"""From the JSON Schema of some answers to the drafts of their questions, whose rules are not read yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from formdefs.definition import Question
from formdefs.errors import DefinitionProblem
from formdefs.fields.base import FieldType
from formdefs.fields.object import PARTS
from formdefs.findings import Findings, mapping, sequence
from formdefs.metaschema import escaped
from formdefs.options import COMMON_OPTIONS
from formdefs.shapes import check_keywords, check_name, check_object, check_options, type_of

DEEPEST_GROUP = 2
COMPUTED = "computed"
"""The control that shows what is computed."""


@dataclass
class Draft:
    """A question whose rules are not read yet: they may name questions that come later."""

    name: str
    pointer: str
    schema: Mapping[str, Any]
    field: Mapping[str, Any]
    type: FieldType
    required: bool
    rows: list[Draft]
    parts: list[Draft]

    @property
    def size(self) -> int:
        """How many questions it is, those of its rows and its parts included."""
        return 1 + sum(inner.size for inner in (*self.rows, *self.parts))

    def question(self, rows: tuple[Question, ...]) -> Question:
        """The question without its rules; `rows` are those of its block, once they have theirs."""
        own = {key: value for key, value in self.field.items() if key not in COMMON_OPTIONS}
        options = {**self.type.presets, **own}
        return Question(
            name=self.name,
            title=str(self.schema.get("title", self.name)),
            type=self.type,
            control=COMPUTED if "compute" in self.field else self.type.control_of(self.schema, options),
            schema=self.schema,
            help=str(self.field.get("help", self.schema.get("description", ""))),
            options=options,
            choices=self.type.choices(self.schema, options),
            required=self.required,
            autocomplete=str(self.field.get("autocomplete", "")),
            rows=rows or tuple(row.question(()) for row in self.rows),
            parts=tuple(part.part() for part in self.parts) or self.type.parts(self.schema, options),
            personal=str(self.field.get("personal", self.type.personal)),
            internal=bool(self.field.get("internal", False)),
            confidential=bool(self.field.get("confidential", False)),
            prefill=str(self.field.get("prefill", "")),
        )

    def part(self) -> Question:
        """The question as a part of another."""
        question = self.question(())
        return replace(question, options={"named": f"« {question.title} »", **question.options})


def drafts_of(schema: Mapping[str, Any], base: str, findings: Findings, *, depth: int) -> list[Draft]:
    """The drafts of an object schema, in its order; `depth` is how many groups it is in."""
    check_object(schema, base, findings)
    properties = mapping(schema.get("properties"))
    required = [name for name in sequence(schema.get("required")) if isinstance(name, str)]
    for index, name in enumerate(sequence(schema.get("required"))):
        if name not in tuple(properties):  # a JSON Schema may hold anything, lists too
            findings.add(
                f"{base}/required/{index}", "required_unknown", f"« {name} » n’est pas une question."
            )
    drafts = []
    for name, written in properties.items():
        pointer = f"{base}/properties/{escaped(name)}"
        check_name(name, pointer, findings)
        if not isinstance(written, Mapping):
            findings.add(pointer, "question_shape", "Une question est un objet : son JSON Schema.")
            continue
        draft = _draft(name, written, pointer, name in required, findings, depth=depth)
        if draft is not None:
            drafts.append(draft)
    return drafts


def _draft(
    name: str, schema: Mapping[str, Any], pointer: str, required: bool, findings: Findings, *, depth: int
) -> Draft | None:
    own = mapping(schema.get("x-field"))
    if "x-field" in schema and not isinstance(schema["x-field"], Mapping):
        findings.add(f"{pointer}/x-field", "type", "« x-field » est un objet.")
    kind = type_of(schema, own, pointer, findings)
    if kind is None:
        return None
    check_keywords(kind, schema, pointer, findings)
    check_options(kind, schema, own, pointer, findings)
    if kind.slug == "workbook":
        book = findings.workbooks.get(str(own.get("workbook", "")))
        if book is None:
            findings.add(
                f"{pointer}/x-field/workbook", "workbook_unknown", "Ce classeur n’est pas dans « documents »."
            )
            return None
        own = {**own, "book": book}
    if required and "when" in own:
        findings.add(
            f"{pointer}/x-field/when",
            "required_conditional",
            f'« {name} » dépend d’une condition : retirez-la de « required » et écrivez "required": true '
            "dans x-field.",
        )
    if kind.static and (required or "required" in own):
        findings.add(
            pointer, "required_static", f"« {name} » n’attend pas de réponse : retirez « required »."
        )
    rows: list[Draft] = []
    if kind.slug == "group":
        if depth == DEEPEST_GROUP:
            findings.add(
                pointer,
                "nested_group",
                "Les blocs répétables s’emboîtent sur deux niveaux au plus : sortez celui-ci.",
            )
            return None
        rows = drafts_of(mapping(schema.get("items")), f"{pointer}/items", findings, depth=depth + 1)
    parts = _parts(schema, pointer, findings) if kind.slug == "object" else []
    return Draft(name, pointer, schema, own, kind, required or own.get("required") is True, rows, parts)


_NOT_OF_A_PART = ("when", "compute", "prefill", "internal", "confidential")


def _parts(schema: Mapping[str, Any], pointer: str, findings: Findings) -> list[Draft]:
    """The properties of a nested object, each a question that one input asks."""
    bare = {key: value for key, value in schema.items() if key != "x-field"}
    parts = drafts_of(bare, pointer, findings, depth=DEEPEST_GROUP)
    for each in parts:
        question = each.question(())
        if question.control not in PARTS or question.options.get("other"):
            findings.add(
                each.pointer,
                "part_type",
                f"Une question « {each.type.title} » ne peut pas être une partie d’une "
                "autre : posez-la à part, dans la même rubrique.",
            )
        findings.problems += (
            DefinitionProblem(
                f"{each.pointer}/x-field/{option}",
                "part_option",
                f"« {option} » se règle pour « {question.title} » avec toute la réponse, pas pour une "
                "partie.",
            )
            for option in _NOT_OF_A_PART
            if option in each.field
        )
    return parts

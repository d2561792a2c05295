"""The JSON Schema of the answers that the judge accepts, conditions included, as far as it can say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from formdefs.conditions import Inexpressible, Schema, condition
from formdefs.definition import Check, Definition, Phase, Question
from formdefs.expressions import Parsed
from formdefs.fields.group import MANY

LARGEST = 2**53 - 1
_LONGEST = {"text": 255, "long_text": 10_000}
# Types of which the schema says all that their cleaning holds, with what is added here.
_SAID = frozenset(
    {
        "integer",
        "decimal",
        "money",
        "yes_no",
        "certification",
        "choice",
        "multiple_choice",
        "text",
        "long_text",
        "civility",
    }
)


@dataclass(frozen=True)
class Unsaid:
    """Something that the judge holds and that JSON Schema cannot say: where, and what, in French."""

    path: str
    what: str


def strict(definition: Definition) -> tuple[dict[str, Any], tuple[Unsaid, ...]]:
    """The schema of a démarche's answers, and what it does not say.

    What the judge accepts it accepts; where nothing is left unsaid, it accepts nothing else.
    """
    writer = _Writer()
    schema = writer.phase(definition.first_phase)
    return schema, tuple(writer.unsaid)


@dataclass
class _Writer:
    """Writes one schema, and notes what it leaves unsaid."""

    unsaid: list[Unsaid] = field(default_factory=list)

    def phase(self, phase: Phase) -> dict[str, Any]:
        around = {
            question.name: [page.when, section.when]
            for page in phase.pages
            for section in page.sections
            for question in section.questions
        }
        written = self.object(phase.questions.values(), phase.checks, "", around)
        return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": phase.title, **written}

    def object(
        self,
        questions: Iterable[Question],
        checks: Iterable[Check],
        path: str,
        around: Mapping[str, list[Any]],
    ) -> dict[str, Any]:
        """The schema of the answers to some questions: of a phase, or of a row."""
        properties: dict[str, Schema] = {}
        required: list[str] = []
        rules: list[Schema] = []
        visible: dict[str, Schema] = {}
        for question in questions:
            name, place = question.name, path + question.name
            properties[name] = self.value(question, place)
            parts, whole = self._parts([*around.get(name, ()), question.when], place)
            visible[name] = {"allOf": parts} if parts else True
            if parts:
                shown = {"required": [name]} if question.required and whole else True
                rules.append({"if": visible[name], "then": shown, "else": {"properties": {name: False}}})
            elif question.required and whole:
                required.append(name)
            if not whole:
                visible[name] = None
        rules += self._checks(checks, visible, path)
        written: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
        return written | ({"required": required} if required else {}) | ({"allOf": rules} if rules else {})

    def _parts(self, rules: list[Any], path: str) -> tuple[list[Schema], bool]:
        """What must hold for a question to be visible, and whether that is all of it."""
        parts, whole = [], True
        for rule in rules:
            if isinstance(rule, Parsed):
                try:
                    parts.append(condition(rule.node))
                except Inexpressible:
                    self.unsaid.append(Unsaid(path, "la condition d’affichage"))
                    whole = False
        return parts, whole

    def _checks(self, checks: Iterable[Check], visible: Mapping[str, Schema], path: str) -> list[Schema]:
        found = []
        for check in checks:
            try:
                broken = condition(check.that.node, wanted=False) if isinstance(check.that, Parsed) else None
            except Inexpressible:
                broken = None
            if broken is None or visible.get(check.at) is None:
                self.unsaid.append(Unsaid(path + check.at, f"le contrôle « {check.id} »"))
            else:
                found.append({"not": {"allOf": [broken, visible[check.at]]}})
        return found

    def value(self, question: Question, path: str) -> Schema:
        """The schema of one answer, which is never an empty one."""
        schema = {key: value for key, value in question.schema.items() if key not in ("x-field", "items")}
        schema["type"] = question.type.json_type
        if question.rows:
            return self._rows(question, schema, path)
        if "properties" in question.schema:
            return schema | self.object(question.parts, (), f"{path}.", {}) | {"minProperties": 1}
        if "items" in question.schema:
            schema["items"] = question.schema["items"]
        if question.compute is not None:
            self.unsaid.append(Unsaid(path, "le calcul"))
            return schema
        if question.type.slug not in _SAID:
            self.unsaid.append(Unsaid(path, f"ce qu’exige le type « {question.type.slug} »"))
            return schema
        add = _ADDITIONS.get(question.type.json_type)
        return (add(schema) if add else schema) | _own(question)

    def _rows(self, group: Question, schema: dict[str, Any], path: str) -> Schema:
        items = self.object(group.rows, group.checks, f"{path}.", {})
        least, most = max(1, schema.get("minItems", 1)), min(MANY, schema.get("maxItems", MANY))
        return schema | {"items": items, "minItems": least, "maxItems": most}


def _own(question: Question) -> dict[str, Any]:
    """What a type holds besides: no negative amount unless its bounds say so, a box ticked or left."""
    if question.type.slug == "money" and not {"minimum", "exclusiveMinimum"} & question.schema.keys():
        return {"minimum": 0}
    if question.type.slug == "certification":
        return {"const": True}
    if question.type.slug == "civility":
        return {"enum": [choice.value for choice in question.choices]}
    longest = _LONGEST.get(question.type.slug)
    return {"maxLength": question.schema.get("maxLength", longest)} if longest else {}


def _number(schema: dict[str, Any]) -> dict[str, Any]:
    least, most = schema.get("minimum", -LARGEST), schema.get("maximum", LARGEST)
    return schema | {"minimum": max(least, -LARGEST), "maximum": min(most, LARGEST)}


def _text(schema: dict[str, Any]) -> dict[str, Any]:
    listed = "enum" in schema or "oneOf" in schema
    return schema if listed else schema | {"minLength": max(1, schema.get("minLength", 1))}


def _list(schema: dict[str, Any]) -> dict[str, Any]:
    return schema | {"minItems": max(1, schema.get("minItems", 1)), "uniqueItems": True}


_ADDITIONS: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "integer": _number,
    "string": _text,
    "array": _list,
}

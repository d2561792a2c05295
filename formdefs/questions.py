"""From the JSON Schema of a phase's answers to its questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from formdefs import patterns, registry
from formdefs.definition import Question
from formdefs.errors import DefinitionProblem
from formdefs.expressions import ROOTS, ExpressionFlaw, Names, Parsed, parse, phase_names
from formdefs.fields.base import FieldType
from formdefs.metaschema import escaped, problems_from

MOST_QUESTIONS = 2000
NAME = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")
ANNOTATIONS = frozenset(
    {"title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment"}
)
ROOT_KEYWORDS = ANNOTATIONS | {
    "type",
    "properties",
    "required",
    "additionalProperties",
    "$schema",
    "$id",
    "x-field",
}
_COMMON_OPTIONS: Mapping[str, Any] = {
    "type": {"type": "string"},
    "when": {"type": ["object", "boolean"]},
    "required": {"type": "boolean"},
    "source": {"type": "object"},
    "prefill": {
        "enum": [
            "organisation.name",
            "organisation.siret",
            "organisation.finess",
            "applicant.first_name",
            "applicant.last_name",
            "applicant.email",
        ]
    },
    "help": {"type": "string", "minLength": 1, "maxLength": 2000},
    "autocomplete": {"type": "string", "minLength": 1, "maxLength": 60},
    "personal": {"enum": ["identity", "contact", "finance", "family", "health", "other"]},
    "internal": {"type": "boolean"},
    "confidential": {"type": "boolean"},
}

_JSON_SCHEMA = Draft202012Validator(Draft202012Validator.META_SCHEMA)


@cache
def _options_validator(kind: FieldType) -> Draft202012Validator:
    properties = {**_COMMON_OPTIONS, **kind.options_schema["properties"]}
    return Draft202012Validator({"type": "object", "properties": properties, "additionalProperties": False})


@dataclass
class Findings:
    """The problems found while a definition is read."""

    problems: list[DefinitionProblem] = field(default_factory=list)

    def add(self, pointer: str, code: str, message: str) -> None:
        """Note a problem."""
        self.problems.append(DefinitionProblem(pointer, code, message))

    def rule(self, rule: Any, names: Names, pointer: str) -> Parsed | None:
        """The rule parsed, or None once its flaw is noted."""
        if rule is None:
            return None
        try:
            return parse(rule, names)
        except ExpressionFlaw as flaw:
            self.add(pointer + flaw.pointer, flaw.code, flaw.message)
            return None


def mapping(value: Any) -> Mapping[str, Any]:
    """The value if it is an object, else an empty one: its wrong shape is noted elsewhere."""
    return value if isinstance(value, Mapping) else {}


def sequence(value: Any) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def read_questions(schema: Mapping[str, Any], base: str, findings: Findings) -> dict[str, Question]:
    """The questions of an object schema, by name in its order, rules included."""
    drafts = _drafts(schema, base, findings, inside=False)
    if sum(1 + len(draft.rows) for draft in drafts) > MOST_QUESTIONS:
        findings.add(base, "too_many_questions", "Une phase compte au plus 2 000 questions.")
        return {}
    names = phase_names(draft.question(()) for draft in drafts)
    questions = {}
    for draft in drafts:
        inner = phase_names(row.question(()) for row in draft.rows)
        row_names = Names(inner.columns, parent=names)
        rows = tuple(
            row.question((), findings.rule(row.field.get("when"), row_names, row.pointer + "/x-field/when"))
            for row in draft.rows
        )
        when = findings.rule(draft.field.get("when"), names, draft.pointer + "/x-field/when")
        questions[draft.name] = draft.question(rows, when)
    return questions


@dataclass
class _Draft:
    """A question whose rules are not read yet: they may name questions that come later."""

    name: str
    pointer: str
    schema: Mapping[str, Any]
    field: Mapping[str, Any]
    type: FieldType
    required: bool
    rows: list[_Draft]

    def question(self, rows: tuple[Question, ...], when: Parsed | None = None) -> Question:
        own = {key: value for key, value in self.field.items() if key not in _COMMON_OPTIONS}
        options = {**self.type.presets, **own}
        return Question(
            name=self.name,
            title=str(self.schema.get("title", self.name)),
            type=self.type,
            control=self.type.control_of(self.schema, options),
            schema=self.schema,
            help=str(self.field.get("help", self.schema.get("description", ""))),
            options=options,
            choices=self.type.choices(self.schema, options),
            required=self.required,
            when=when,
            autocomplete=str(self.field.get("autocomplete", "")),
            rows=rows or tuple(row.question(()) for row in self.rows),
            personal=str(self.field.get("personal", "")),
            internal=bool(self.field.get("internal", False)),
            confidential=bool(self.field.get("confidential", False)),
            prefill=str(self.field.get("prefill", "")),
        )


def _drafts(schema: Mapping[str, Any], base: str, findings: Findings, *, inside: bool) -> list[_Draft]:
    _check_object(schema, base, findings)
    properties = mapping(schema.get("properties"))
    required = [name for name in sequence(schema.get("required")) if isinstance(name, str)]
    for index, name in enumerate(sequence(schema.get("required"))):
        if name not in properties:
            findings.add(
                f"{base}/required/{index}", "required_unknown", f"« {name} » n’est pas une question."
            )
    drafts = []
    for name, written in properties.items():
        pointer = f"{base}/properties/{escaped(name)}"
        _check_name(name, pointer, findings)
        if not isinstance(written, Mapping):
            findings.add(pointer, "question_shape", "Une question est un objet : son JSON Schema.")
            continue
        draft = _draft(name, written, pointer, name in required, findings, inside=inside)
        if draft is not None:
            drafts.append(draft)
    return drafts


def _draft(
    name: str, schema: Mapping[str, Any], pointer: str, required: bool, findings: Findings, *, inside: bool
) -> _Draft | None:
    own = mapping(schema.get("x-field"))
    if "x-field" in schema and not isinstance(schema["x-field"], Mapping):
        findings.add(f"{pointer}/x-field", "type", "« x-field » est un objet.")
    kind = _type_of(schema, own, pointer, findings)
    if kind is None:
        return None
    _check_keywords(kind, schema, pointer, findings)
    _check_options(kind, schema, own, pointer, findings)
    if required and "when" in own:
        findings.add(
            f"{pointer}/x-field/when",
            "required_conditional",
            f'« {name} » dépend d’une condition : retirez-la de « required » et écrivez "required": true '
            "dans x-field.",
        )
    rows: list[_Draft] = []
    if kind.slug == "group":
        if inside:
            findings.add(pointer, "nested_group", "Un bloc répétable ne peut pas en contenir un autre.")
            return None
        rows = _drafts(mapping(schema.get("items")), f"{pointer}/items", findings, inside=True)
    return _Draft(name, pointer, schema, own, kind, required or own.get("required") is True, rows)


def _check_object(schema: Mapping[str, Any], base: str, findings: Findings) -> None:
    for key in schema:
        if key not in ROOT_KEYWORDS:
            findings.add(
                f"{base}/{escaped(key)}",
                "unsupported_keyword",
                f"Le mot-clé « {key} » n’est pas pris en charge pour un ensemble de questions.",
            )
    if schema.get("type", "object") != "object":
        findings.add(f"{base}/type", "type", "Un ensemble de questions est de type « object ».")
    if not isinstance(schema.get("properties"), Mapping) or not schema["properties"]:
        findings.add(base, "no_question", "Il n’y a pas de question : ajoutez-en dans « properties ».")
    if not isinstance(schema.get("required", []), list):
        findings.add(f"{base}/required", "type", "« required » est une liste de noms.")
    if not isinstance(schema.get("additionalProperties", False), bool):
        findings.add(f"{base}/additionalProperties", "type", "« additionalProperties » vaut true ou false.")


def _check_name(name: str, pointer: str, findings: Findings) -> None:
    if name in ROOTS:
        findings.add(
            pointer,
            "name_reserved",
            f"« {name} » est un mot réservé des règles. Nommez la question autrement.",
        )
    elif not NAME.match(name):
        findings.add(
            pointer,
            "name",
            f"« {name} » ne peut pas nommer une question : une lettre minuscule, puis lettres, chiffres et "
            "« _ », sans accent.",
        )


def _type_of(
    schema: Mapping[str, Any], own: Mapping[str, Any], pointer: str, findings: Findings
) -> FieldType | None:
    named = own.get("type")
    if named is not None:
        kind = registry.TYPES.get(named) if isinstance(named, str) else None
        if kind is None:
            known = ", ".join(sorted(registry.TYPES))
            findings.add(
                f"{pointer}/x-field/type",
                "unknown_type",
                f"Le type « {named} » n’existe pas. Les types : {known}.",
            )
            return None
        if schema.get("type", kind.json_type) != kind.json_type:
            findings.add(
                f"{pointer}/type",
                "json_type",
                f'Une question « {kind.slug} » s’écrit avec "type": "{kind.json_type}".',
            )
            return None
        return kind
    kind = registry.infer(schema)
    if kind is None:
        findings.add(pointer, "type_not_found", _not_found(schema))
    return kind


def _not_found(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return "« $ref » n’est pas pris en charge : écrivez la question en entier."
    if schema.get("type") == "number":
        return 'Un nombre à virgule s’écrit {"type": "integer", "x-field": {"type": "decimal", "places": 2}}.'
    if schema.get("type") == "object":
        return (
            "Un objet imbriqué n’est pas pris en charge : écrivez ses questions à plat, ou faites-en un "
            "bloc répétable."
        )
    if schema.get("type") == "array":
        return (
            "Précisez le type de cette liste dans x-field (« document »), ou ses réponses possibles dans "
            "« items »."
        )
    if "format" in schema:
        return f"Le format « {schema['format']} » n’est pas pris en charge. Les formats : date, email, uri."
    return "Le type de cette question est inconnu : écrivez « type », ou « type » dans x-field."


def _check_keywords(kind: FieldType, schema: Mapping[str, Any], pointer: str, findings: Findings) -> None:
    allowed = ANNOTATIONS | kind.keywords | {"type", "x-field"}
    for key in schema:
        if key not in allowed:
            findings.add(
                f"{pointer}/{escaped(key)}",
                "unsupported_keyword",
                f"Le mot-clé « {key} » n’est pas pris en charge pour une question « {kind.slug} ».",
            )
    for error in _JSON_SCHEMA.iter_errors(
        {key: value for key, value in schema.items() if key in allowed and key != "items"}
    ):
        place = "".join(f"/{escaped(str(part))}" for part in error.absolute_path)
        findings.add(pointer + place, "schema", "Cette valeur n’est pas celle que JSON Schema attend ici.")
    if "pattern" in schema and (sentence := patterns.flaw(schema["pattern"])):
        findings.add(f"{pointer}/pattern", "pattern", sentence)


def _check_options(
    kind: FieldType, schema: Mapping[str, Any], own: Mapping[str, Any], pointer: str, findings: Findings
) -> None:
    before = len(findings.problems)
    for error in _options_validator(kind).iter_errors(dict(own)):
        findings.problems.extend(problems_from(error, f"{pointer}/x-field"))
    if len(findings.problems) == before:
        sound = not any(problem.pointer.startswith(pointer) for problem in findings.problems)
        for sentence in kind.flaws(schema, own) if sound else ():
            findings.add(pointer, f"{kind.slug}.definition", sentence)

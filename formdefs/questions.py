"""From the JSON Schema of a phase's answers to its questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from formdefs import patterns, registry
from formdefs.definition import Check, Question, Workbook
from formdefs.errors import DefinitionProblem
from formdefs.expressions import ROOTS, ExpressionFlaw, Names, Parsed, parse, parse_as, phase_names
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
# Where a proposed answer comes from: the account, the organisation, an earlier dossier, the address
# followed, or a register.
PREFILL = (
    r"^(organisation\.(name|siret|finess)|applicant\.(first_name|last_name|email)"
    r"|dossier:[a-z0-9_-]{1,63}\.[a-z0-9_]{1,63}|(query|signed):[a-z0-9_]{1,63}"
    r"|register:[a-z0-9_]{1,63}\.[a-z0-9_.]{1,99})$"
)


def is_prefill(text: str) -> bool:
    """Whether a text says where an answer may be proposed from."""
    return re.fullmatch(PREFILL, text) is not None


_COMMON_OPTIONS: Mapping[str, Any] = {
    "type": {"type": "string"},
    "when": {"type": ["object", "boolean"]},
    "required": {"type": "boolean"},
    "source": {"type": "object"},
    "prefill": {
        "type": "string",
        "title": "Réponse proposée",
        "description": "D’où vient la réponse proposée au départ, par exemple organisation.siret.",
        "pattern": PREFILL,
    },
    "help": {
        "type": "string",
        "title": "Aide",
        "description": "Une phrase sous la question.",
        "minLength": 1,
        "maxLength": 2000,
    },
    "autocomplete": {
        "type": "string",
        "title": "Remplissage par le navigateur",
        "description": "Le mot de HTML, par exemple email ; seulement pour ce qui concerne la personne.",
        "minLength": 1,
        "maxLength": 60,
    },
    "personal": {
        "type": "string",
        "title": "Donnée personnelle",
        "description": "La catégorie du registre des traitements.",
        "oneOf": [
            {"const": "identity", "title": "Identité"},
            {"const": "contact", "title": "Coordonnées"},
            {"const": "finance", "title": "Vie économique et financière"},
            {"const": "family", "title": "Vie personnelle et familiale"},
            {"const": "health", "title": "Santé"},
            {"const": "other", "title": "Autre"},
        ],
    },
    "internal": {
        "type": "boolean",
        "title": "Annotation interne",
        "description": "Seuls les instructeurs la voient.",
        "default": False,
    },
    "confidential": {
        "type": "boolean",
        "title": "Confidentielle",
        "description": "La réponse est montrée à moins de personnes.",
        "default": False,
    },
    "compute": {"type": ["object", "string", "integer", "boolean"]},
}
# What may be computed, and shown on one line.
COMPUTABLE = frozenset({"boolean", "number", "text", "date"})
DEEPEST_GROUP = 2
COMPUTED = "computed"
"""The control that shows what is computed."""

_JSON_SCHEMA = Draft202012Validator(Draft202012Validator.META_SCHEMA)


@cache
def _options_validator(kind: FieldType) -> Draft202012Validator:
    properties = {**_COMMON_OPTIONS, **kind.options_schema["properties"], **kind.rules_schema}
    return Draft202012Validator({"type": "object", "properties": properties, "additionalProperties": False})


@dataclass
class Findings:
    """The problems found while a definition is read, and the workbooks that its questions may ask for."""

    problems: list[DefinitionProblem] = field(default_factory=list)
    workbooks: Mapping[str, Workbook] = field(default_factory=dict)

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


def read_questions(
    schema: Mapping[str, Any], base: str, findings: Findings, *, phase: str
) -> dict[str, Question]:
    """The questions of an object schema, by name in its order, rules included."""
    drafts = _drafts(schema, base, findings, depth=0)
    if sum(draft.size for draft in drafts) > MOST_QUESTIONS:
        findings.add(base, "too_many_questions", "Une phase compte au plus 2 000 questions.")
        return {}
    return _settled(drafts, phase_names((draft.question(()) for draft in drafts), phase), findings)


def _settled(drafts: list[_Draft], names: Names, findings: Findings) -> dict[str, Question]:
    """The questions of one level with their rules, which read `names`."""
    questions = {}
    for draft in drafts:
        inner = Names(phase_names(row.question(()) for row in draft.rows).columns, parent=names)
        rows = _settled(draft.rows, inner, findings)
        place = f"{draft.pointer}/x-field"
        checks = read_checks(sequence(draft.field.get("checks")), rows, inner, f"{place}/checks", findings)
        question = draft.question(tuple(rows.values()))
        questions[draft.name] = replace(
            question,
            when=findings.rule(draft.field.get("when"), names, f"{place}/when"),
            compute=_computation(draft, question, names, findings),
            checks=checks,
        )
    return questions


def _computation(draft: _Draft, question: Question, names: Names, findings: Findings) -> Parsed | None:
    """The rule that computes a question, None when there is none or once its flaw is noted."""
    if "compute" not in draft.field:
        return None
    pointer = f"{draft.pointer}/x-field/compute"
    wanted = question.type.reads_as(question)
    if wanted.kind not in COMPUTABLE:
        findings.add(
            pointer, "compute_type", f"Une question « {question.type.slug} » ne peut pas être calculée."
        )
        return None
    if question.required or question.prefill:
        findings.add(
            pointer,
            "compute_asked",
            f"« {draft.name} » est calculée : personne n’y répond, elle ne peut être ni obligatoire ni "
            "préremplie.",
        )
    try:
        return parse_as(draft.field["compute"], names, wanted)
    except ExpressionFlaw as flaw:
        findings.add(pointer + flaw.pointer, flaw.code, flaw.message)
        return None


def read_checks(
    written: list[Any], questions: Mapping[str, Question], names: Names, pointer: str, findings: Findings
) -> tuple[Check, ...]:
    """What must hold of several answers together, of a phase or of the rows of a group."""
    checks: list[Check] = []
    for index, check in enumerate(map(mapping, written)):
        identity, at, place = str(check.get("id", "")), str(check.get("at", "")), f"{pointer}/{index}"
        if any(identity == other.id for other in checks):
            findings.add(f"{place}/id", "duplicate_id", f"L’identifiant « {identity} » est déjà pris.")
        if at not in questions:
            findings.add(f"{place}/at", "check_unknown", f"« {at} » n’est pas une question.")
        that = findings.rule(check.get("that"), names, f"{place}/that")
        if that is not None:
            checks.append(Check(identity, that, str(check.get("message", "")), at))
    return tuple(checks)


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

    @property
    def size(self) -> int:
        """How many questions it is, those of its rows included."""
        return 1 + sum(row.size for row in self.rows)

    def question(self, rows: tuple[Question, ...]) -> Question:
        own = {key: value for key, value in self.field.items() if key not in _COMMON_OPTIONS}
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
            parts=self.type.parts(self.schema, options),
            personal=str(self.field.get("personal", self.type.personal)),
            internal=bool(self.field.get("internal", False)),
            confidential=bool(self.field.get("confidential", False)),
            prefill=str(self.field.get("prefill", "")),
        )


def _drafts(schema: Mapping[str, Any], base: str, findings: Findings, *, depth: int) -> list[_Draft]:
    _check_object(schema, base, findings)
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
        _check_name(name, pointer, findings)
        if not isinstance(written, Mapping):
            findings.add(pointer, "question_shape", "Une question est un objet : son JSON Schema.")
            continue
        draft = _draft(name, written, pointer, name in required, findings, depth=depth)
        if draft is not None:
            drafts.append(draft)
    return drafts


def _draft(
    name: str, schema: Mapping[str, Any], pointer: str, required: bool, findings: Findings, *, depth: int
) -> _Draft | None:
    own = mapping(schema.get("x-field"))
    if "x-field" in schema and not isinstance(schema["x-field"], Mapping):
        findings.add(f"{pointer}/x-field", "type", "« x-field » est un objet.")
    kind = _type_of(schema, own, pointer, findings)
    if kind is None:
        return None
    _check_keywords(kind, schema, pointer, findings)
    _check_options(kind, schema, own, pointer, findings)
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
    rows: list[_Draft] = []
    if kind.slug == "group":
        if depth == DEEPEST_GROUP:
            findings.add(
                pointer,
                "nested_group",
                "Les blocs répétables s’emboîtent sur deux niveaux au plus : sortez celui-ci.",
            )
            return None
        rows = _drafts(mapping(schema.get("items")), f"{pointer}/items", findings, depth=depth + 1)
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

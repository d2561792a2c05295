"""Whether a question is written as its type wants it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator

from formdefs import patterns, registry
from formdefs.expressions import ROOTS
from formdefs.fields.base import ANNOTATIONS, FieldType
from formdefs.findings import Findings
from formdefs.metaschema import escaped, problems_from
from formdefs.options import options_validator

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")
# The first words of facts in rules, and what a page of questions sends beside its answers.
RESERVED = ROOTS | {
    *("revision", "shown", "go", "add", "remove", "search", "adopt", "dismiss", "detach", "replace"),
    "csrfmiddlewaretoken",
}
ROOT_KEYWORDS = ANNOTATIONS | {
    "type",
    "properties",
    "required",
    "additionalProperties",
    "$schema",
    "$id",
    "x-field",
}
_READ_APART = frozenset({"items", "properties", "required"})
_JSON_SCHEMA = Draft202012Validator(Draft202012Validator.META_SCHEMA)


def check_object(schema: Mapping[str, Any], base: str, findings: Findings) -> None:
    """Note what is wrong in how a set of questions is written."""
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


def check_name(name: str, pointer: str, findings: Findings) -> None:
    """Note a name that cannot be a question’s identity."""
    if name in RESERVED:
        findings.add(
            pointer,
            "name_reserved",
            f"« {name} » est un mot réservé. Nommez la question autrement.",
        )
    elif not NAME.match(name):
        findings.add(
            pointer,
            "name",
            f"« {name} » ne peut pas nommer une question : une lettre minuscule, puis lettres, chiffres et "
            "« _ », sans accent.",
        )


def type_of(
    schema: Mapping[str, Any], own: Mapping[str, Any], pointer: str, findings: Findings
) -> FieldType | None:
    """The type that a schema names or is recognised by; None once the reason is noted."""
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
        return "Cet objet ne dit pas ce qu’il contient : écrivez ses questions dans « properties »."
    if schema.get("type") == "array":
        return (
            "Précisez le type de cette liste dans x-field (« document »), ou ses réponses possibles dans "
            "« items »."
        )
    if "format" in schema:
        return f"Le format « {schema['format']} » n’est pas pris en charge. Les formats : date, email, uri."
    return "Le type de cette question est inconnu : écrivez « type », ou « type » dans x-field."


def check_keywords(kind: FieldType, schema: Mapping[str, Any], pointer: str, findings: Findings) -> None:
    """Note the JSON Schema keywords that the type does not know, or that are wrongly written."""
    allowed = ANNOTATIONS | kind.keywords | {"type", "x-field"}
    for key in schema:
        if key not in allowed:
            findings.add(
                f"{pointer}/{escaped(key)}",
                "unsupported_keyword",
                f"Le mot-clé « {key} » n’est pas pris en charge pour une question « {kind.slug} ».",
            )
    for error in _JSON_SCHEMA.iter_errors(
        {key: value for key, value in schema.items() if key in allowed - _READ_APART}
    ):
        place = "".join(f"/{escaped(str(part))}" for part in error.absolute_path)
        findings.add(pointer + place, "schema", "Cette valeur n’est pas celle que JSON Schema attend ici.")
    if "pattern" in schema and (sentence := patterns.flaw(schema["pattern"])):
        findings.add(f"{pointer}/pattern", "pattern", sentence)


def check_options(
    kind: FieldType, schema: Mapping[str, Any], own: Mapping[str, Any], pointer: str, findings: Findings
) -> None:
    """Note the options that the type does not know, or that are wrongly written."""
    before = len(findings.problems)
    for error in options_validator(kind).iter_errors(dict(own)):
        findings.problems.extend(problems_from(error, f"{pointer}/x-field"))
    if len(findings.problems) == before:
        sound = not any(problem.pointer.startswith(pointer) for problem in findings.problems)
        for sentence in kind.flaws(schema, own) if sound else ():
            findings.add(pointer, f"{kind.slug}.definition", sentence)

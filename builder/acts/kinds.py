"""What a new question of each type is written as, and what a change of type keeps and loses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from builder.acts.scales import rescaled, scale_of
from builder.acts.settings import LISTINGS, choices_of
from formdefs import DefinitionError, load
from formdefs.fields.base import ANNOTATIONS
from formdefs.registry import TYPES, infer

COMMON = ("when", "required", "prefill", "help", "autocomplete", "personal", "internal", "confidential")
WORKBOOK = "workbook"
"""A type that is begun with one of the démarche’s own workbooks."""
TWO = [{"const": "choix_1", "title": "Choix 1"}, {"const": "choix_2", "title": "Choix 2"}]
ROW = {"type": "object", "properties": {"intitule": {"type": "string", "title": "Intitulé"}}}


@dataclass(frozen=True)
class Conversion:
    """A question under another type; `lost` and `kept` name its settings."""

    schema: dict[str, Any]
    lost: tuple[str, ...]
    kept: tuple[str, ...]


@cache
def _starter(kind: str) -> str:
    for candidate in _candidates(kind):
        try:
            definition = load(
                json.dumps({"type": "object", "properties": {"essai": {"title": "Essai", **candidate}}}),
                slug="essai",
            )
        except DefinitionError:
            continue
        if definition.first_phase.questions["essai"].type.slug == kind:
            return json.dumps(candidate)
    return ""


def starter(kind: str) -> dict[str, Any]:
    """The least that a question of a type says, without its title. KeyError for a type that has none."""
    if kind == WORKBOOK:
        return {"type": "object", "x-field": {"type": WORKBOOK}}
    text = _starter(kind)
    if not text:
        raise KeyError(kind)
    found: dict[str, Any] = json.loads(text)
    return found


def startable() -> tuple[str, ...]:
    """The types that a question may be begun with."""
    return tuple(slug for slug in TYPES if _starter(slug))


def _candidates(kind: str) -> Iterator[dict[str, Any]]:
    written = TYPES[kind].json_type
    base = {"type": written}
    own = {"x-field": {"type": kind}}
    for shape in _shapes(written):
        yield {**base, **shape}
        yield {**base, **shape, **own}
    if "pattern" in TYPES[kind].keywords:
        form = {"pattern": "^[A-Z0-9-]+$", "examples": ["AB-12"]}
        yield {**base, **form, "x-field": {"type": kind, "message": "Par exemple AB-12."}}
    proposed = {
        key: _proposal(option)
        for key, option in TYPES[kind].options_schema.get("properties", {}).items()
        if _proposal(option) is not None
    }
    for key, value in proposed.items():
        yield {**base, "x-field": {"type": kind, key: value}}
    yield {**base, "x-field": {"type": kind, **proposed}}


def _shapes(written: str) -> tuple[dict[str, Any], ...]:
    if written == "array":
        texts = {"type": "string"}
        return ({"items": texts}, {}, {"items": {**texts, "oneOf": deepcopy(TWO)}}, {"items": deepcopy(ROW)})
    if written == "object":
        return ({"additionalProperties": {"type": "string", "oneOf": deepcopy(TWO)}}, {})
    if written == "string":
        return ({}, {"oneOf": deepcopy(TWO)}, {"format": "date"}, {"format": "email"}, {"format": "uri"})
    return ({}, {"const": True}) if written == "boolean" else ({},)


def _proposal(option: Mapping[str, Any]) -> Any:
    if "default" in option:
        return option["default"]
    if option.get("enum"):
        return option["enum"][0]
    return {"integer": option.get("minimum", 1), "string": "À préciser", "boolean": False}.get(
        str(option.get("type"))
    )


def slug_of(schema: Mapping[str, Any]) -> str:
    """The type of a question."""
    named = schema.get("x-field", {}).get("type")
    if isinstance(named, str):
        return named
    found = infer(schema)
    return found.slug if found else "text"


def convert(schema: Mapping[str, Any], kind: str) -> Conversion:
    """The question under another type: what the new type does not know is lost."""
    new, target = starter(kind), TYPES[kind]
    own = schema.get("x-field", {})
    written: dict[str, Any] = {}
    lost: list[str] = []
    kept: list[str] = []
    for key, value in schema.items():
        if key in ANNOTATIONS:
            written[key] = value
            kept.append(key)
    written |= new
    _carry_choices(schema, written)
    for key, value in schema.items():
        if key in ANNOTATIONS or key in ("type", "x-field", "items", *LISTINGS, "const", "format"):
            continue
        if key in target.keywords:
            written[key] = value
        (kept if key in target.keywords else lost).append(key)
    options = target.options_schema.get("properties", {})
    fields = dict(written.get("x-field", {}))
    for key, value in own.items():
        if key == "type":
            continue
        if key in COMMON or key in options or key in target.rules_schema or key == "compute":
            fields[key] = value
        (kept if key in fields else lost).append(key)
    if choices_of(listing(schema)) and not choices_of(listing(written)):
        lost.append("choices")
    if "items" in schema and "properties" in schema["items"] and "properties" not in written.get("items", {}):
        lost.append("rows")
    if fields:
        written["x-field"] = fields
    for key in _rescale(schema, written, kind):
        kept.remove(key)
        lost.append(key)
    return Conversion(written, tuple(lost), tuple(kept))


def _rescale(schema: Mapping[str, Any], written: dict[str, Any], kind: str) -> tuple[str, ...]:
    """Have the bounds of a number take the same numbers in its new unit; those lost, where none is left."""
    before, after = scale_of(schema, slug_of(schema)), scale_of(written, kind)
    if before is None or after is None:
        return ()
    new = rescaled(written, before, after)
    if new.empty:
        del written["minimum"], written["maximum"]
        return ("minimum", "maximum")
    written |= new.bounds
    return ()


def listing(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where a question lists its choices."""
    items = schema.get("items", schema.get("additionalProperties"))
    return items if isinstance(items, Mapping) else schema


def _carry_choices(schema: Mapping[str, Any], written: dict[str, Any]) -> None:
    old = listing(schema)
    listed = {key: old[key] for key in ("oneOf", "enum") if key in old}
    if "anyOf" in old:
        listed = {"oneOf": choices_of(old)}
    new = listing(written)
    if listed and "oneOf" in new:
        carried = {key: value for key, value in new.items() if key != "oneOf"} | deepcopy(listed)
        if "items" in written:
            written["items"] = carried
        else:
            written.pop("oneOf")
            written.update(deepcopy(listed))

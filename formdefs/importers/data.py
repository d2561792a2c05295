"""Between the data that an imported schema describes and the answers of the démarche made from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from jsonschema import Draft202012Validator

from formdefs.definition import Phase, Question
from formdefs.importers.references import Place
from formdefs.importers.schema import Imported

_NOTHING = object()


def data_of(phase: Phase, answers: Mapping[str, Any]) -> Any:
    """The answers in the shape of the schema that the phase was imported from."""
    return _gathered(phase.questions.values(), answers)


def values_of(imported: Imported, phase: Phase, data: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that say the same as some data of the source's shape; what has no question is left out."""
    return _spread(phase.questions.values(), data, imported, "")


def _source(question: Question) -> Mapping[str, Any]:
    source = question.schema.get("x-field", {}).get("source", {})
    return source if isinstance(source, Mapping) else {}


def _gathered(questions: Iterable[Question], answers: Mapping[str, Any]) -> Any:
    whole: Any = None
    for question in questions:
        source, value = _source(question), answers.get(question.name)
        if value is not None and "at" in source:
            whole = _put(whole, source["at"], _outwards(question, value, source))
    return whole


def _outwards(question: Question, value: Any, source: Mapping[str, Any]) -> Any:
    if question.rows:
        scalar = any(_source(inner).get("at") == [] for inner in question.rows)
        rows = [_gathered(question.rows, row) if row or scalar else {} for row in value]
        if source.get("of") == "entries":
            key = next(inner.name for inner in question.rows if _source(inner).get("key"))
            return _Entries(zip((row.get(key, "") for row in value), rows, strict=True))
        return rows
    if "values" in source:
        values = dict(zip([choice.value for choice in question.choices], source["values"], strict=True))
        return [values[each] for each in value] if isinstance(value, list) else values[value]
    if question.type.slug == "decimal":
        scaled = Decimal(value).scaleb(-question.options["places"])
        return int(scaled) if scaled == scaled.to_integral_value() else float(scaled)
    return value


class _Entries(dict[str, Any]):
    """Free properties, which join those that have questions of their own."""


def _put(whole: Any, path: list[Any], value: Any) -> Any:
    if not path:
        return {**whole, **value} if isinstance(value, _Entries) and isinstance(whole, dict) else value
    key, rest = path[0], path[1:]
    if isinstance(key, int):
        items = whole if isinstance(whole, list) else []
        items += [None] * (key + 1 - len(items))
        items[key] = _put(items[key], rest, value)
        return items
    members = whole if isinstance(whole, dict) else {}
    members[key] = _put(members.get(key), rest, value)
    return members


def _spread(questions: Iterable[Question], data: Any, imported: Imported, around: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    questions = tuple(questions)
    for question in questions:
        source = _source(question)
        if "variant" in source:
            value = _variant(imported.variants.get(around + question.name, ()), _at(data, source["variant"]))
        elif "at" in source:
            given = _at(data, source["at"])
            if source.get("of") == "entries" and isinstance(given, Mapping):
                given = _left(given, questions, source["at"])
            value = _inwards(question, given, source, imported, around)
        else:
            continue
        if value is not _NOTHING and value is not None:
            found[question.name] = value
    return found


def _left(data: Mapping[str, Any], questions: Iterable[Question], at: list[Any]) -> dict[str, Any]:
    """The properties that no question of their own asks for."""
    depth = len(at)
    asked = {
        path[depth]
        for path in (_source(q).get("at", _source(q).get("variant", [])) for q in questions)
        if len(path) > depth and path[:depth] == at
    }
    return {key: value for key, value in data.items() if key not in asked}


def _at(data: Any, path: list[Any]) -> Any:
    for key in path:
        inside = key < len(data) if isinstance(data, list) and isinstance(key, int) else False
        if not inside and not (isinstance(data, Mapping) and key in data):
            return _NOTHING
        data = data[key]
    return data


def _variant(variants: Iterable[tuple[str, Place]], data: Any) -> Any:
    for value, place in variants:
        if data is not _NOTHING and _fits(place, data):
            return value
    return _NOTHING


def _fits(place: Place, data: Any) -> bool:
    """Whether data is of a variant's shape: its nature, what it must hold, and its constants."""
    schema = place.schema
    kind = {word: schema[word] for word in ("type", "const", "enum") if word in schema}
    if not Draft202012Validator(kind).is_valid(data):
        return False
    if not isinstance(data, Mapping):
        return True
    properties = schema.get("properties", {})
    if set(schema.get("required", ())) - data.keys() or (properties and not properties.keys() & data.keys()):
        return not data
    return all(_fits(place.inside(inner), data[key]) for key, inner in properties.items() if key in data)


def _inwards(
    question: Question, value: Any, source: Mapping[str, Any], imported: Imported, around: str
) -> Any:
    if value is _NOTHING or value is None:
        return _NOTHING
    if question.rows:
        return _rows(question, value, source, imported, f"{around}{question.name}.")
    if "values" in source:
        offered = list(zip(source["values"], [choice.value for choice in question.choices], strict=True))
        if isinstance(value, list):
            return [name for each in value for original, name in offered if _same(original, each)]
        return next((name for original, name in offered if _same(original, value)), _NOTHING)
    if question.type.slug == "decimal" and isinstance(value, int | float) and not isinstance(value, bool):
        return round(Decimal(str(value)).scaleb(question.options["places"]))
    return value if _holds(question, value) else _NOTHING


def _holds(question: Question, value: Any) -> bool:
    """Whether a value is of the nature that the question's own values have."""
    kind = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}
    sound = isinstance(value, kind[question.type.json_type]) and not (
        isinstance(value, bool) and question.type.json_type == "integer"
    )
    return sound and (question.type.slug != "date" or bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)))


def _same(one: Any, other: Any) -> bool:
    return one == other and isinstance(one, bool) is isinstance(other, bool)


def _rows(question: Question, value: Any, source: Mapping[str, Any], imported: Imported, around: str) -> Any:
    if source.get("of") == "entries":
        if not isinstance(value, Mapping):
            return _NOTHING
        key = next(q.name for q in question.rows if _source(q).get("key"))
        return [
            {key: name, **_spread(question.rows, item, imported, around)} for name, item in value.items()
        ] or _NOTHING
    if not isinstance(value, list):
        return _NOTHING
    return [_spread(question.rows, item, imported, around) for item in value] or _NOTHING

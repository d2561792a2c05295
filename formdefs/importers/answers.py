"""One value of a JSON Schema as one question of ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from formdefs import patterns
from formdefs.importers.hints import Hint
from formdefs.importers.references import Unsupported

LONG = 250
PLACES = 6
_TEXT_FORMATS = {"date": "date", "email": "email", "idn-email": "email", "uri": "url", "url": "url"}
_CODE = ("sql", "css", "javascript", "json", "yaml", "xml", "bbcode", "xhtml")
_TEXTAREAS = frozenset({"textarea", "text", "markdown", "html", "jodit", *_CODE})


class Asked(dict[str, Any]):
    """The JSON Schema of a question, `x-field` and its source included."""

    def annotate(self, **options: Any) -> Asked:
        """Add to its `x-field`, leaving out what says nothing."""
        own = {key: value for key, value in options.items() if value not in (None, "", False)}
        if own:
            self["x-field"] = {**self.get("x-field", {}), **own}
        return self


def type_of(schema: Mapping[str, Any]) -> str:
    """The one JSON type of a schema, guessed from its other words where it names none; "" for any."""
    named = schema.get("type")
    if isinstance(named, list):
        left = [each for each in named if each != "null"]
        named = left[0] if len(left) == 1 else ("number" if set(left) == {"integer", "number"} else None)
        if named is None:
            return "any" if left else "null"
    if isinstance(named, str):
        return named
    for words, guessed in (
        (("properties", "additionalProperties", "patternProperties"), "object"),
        (("items", "prefixItems"), "array"),
        (("minimum", "maximum", "multipleOf"), "number"),
    ):
        if any(word in schema for word in words):
            return guessed
    values = [schema[key] for key in ("const", "default") if key in schema]
    return _type_of_value(values[0]) if values else "string"


def _type_of_value(value: Any) -> str:
    if value is None:
        return "string"
    kinds = {bool: "boolean", int: "integer", float: "number", list: "array", dict: "object"}
    return kinds.get(type(value), "string")


def listed(schema: Mapping[str, Any]) -> list[tuple[Any, str]] | None:
    """The values to choose from with their labels, None where a schema lists none."""
    if "const" in schema:
        return [(schema["const"], str(schema.get("title", schema["const"])))]
    if isinstance(schema.get("enum"), list):
        labels = schema.get("enumNames", ())
        return [
            (value, str(labels[place]) if place < len(labels) else _label(value))
            for place, value in enumerate(schema["enum"])
        ]
    for key in ("oneOf", "anyOf"):
        branches = schema.get(key)
        if isinstance(branches, list) and branches and all(map(_is_constant, branches)):
            return [(each["const"], str(each.get("title", _label(each["const"])))) for each in branches]
    return None


def _is_constant(branch: Any) -> bool:
    return isinstance(branch, Mapping) and "const" in branch


def _label(value: Any) -> str:
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def choice(values: list[tuple[Any, str]]) -> Asked:
    """A choice among values, which are kept as texts; `source.values` says which stand for which."""
    offered: dict[str, str] = {}
    originals: list[Any] = []
    for value, label in values:
        if value is None:
            continue
        text = _label(value) if isinstance(value, str) and value.strip() else f"v{len(offered) + 1}"
        while text in offered:
            text += "_"
        offered[text] = label if label.strip() else "—"
        originals.append(value)
    if not offered:
        raise Unsupported("Une liste de choix n’en offre aucun.")
    asked = Asked(type="string", oneOf=[{"const": c, "title": t} for c, t in offered.items()])
    if list(offered) != originals:
        asked.annotate(source={"values": originals})
    return asked


def question_of(schema: Mapping[str, Any], hint: Hint) -> tuple[Asked, tuple[str, ...]]:
    """A question for a schema that is neither an object nor a list, and what of it is lost."""
    values = listed(schema)
    kind = type_of(schema)
    if values is not None and not (kind == "boolean" and len(values) == 2):
        return choice(values), ()
    if kind == "boolean":
        return Asked(type="boolean"), ()
    if kind == "integer":
        return _whole(schema)
    if kind == "number":
        return _decimal(schema)
    if kind == "string":
        return _text(schema, hint)
    raise Unsupported("Une réponse qui peut être de plusieurs natures n’est pas prise en charge.")


def _whole(schema: Mapping[str, Any]) -> tuple[Asked, tuple[str, ...]]:
    asked, lost = Asked(type="integer"), []
    for word in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"):
        if word in schema:
            if float(schema[word]).is_integer():
                asked[word] = int(schema[word])
            else:
                lost.append(word)
    return asked, tuple(lost)


def _decimal(schema: Mapping[str, Any]) -> tuple[Asked, tuple[str, ...]]:
    """A decimal number, with the places of its step where it has one."""
    step = str(schema.get("multipleOf", ""))
    places = len(step.partition(".")[2]) if "." in step else PLACES
    if places > PLACES or "e" in step:
        places = PLACES
    asked, lost = Asked(type="integer"), []
    for word in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"):
        if word in schema:
            scaled = round(schema[word] * 10**places)
            if abs(scaled) <= 2**53 - 1:
                asked[word] = scaled
            else:
                lost.append(word)
    return asked.annotate(type="decimal", places=places), tuple(lost)


def _text(schema: Mapping[str, Any], hint: Hint) -> tuple[Asked, tuple[str, ...]]:
    asked, lost = Asked(type="string"), []
    form = schema.get("format", hint.format if hint.format in _TEXTAREAS else "")
    if form in _TEXT_FORMATS and not {"minLength", "maxLength", "pattern"} & schema.keys():
        asked["format"] = {"idn-email": "email", "url": "uri"}.get(str(form), form)
        return asked, ()
    if form and form not in _TEXTAREAS:
        lost.append("format")
    for word in ("minLength", "maxLength"):
        if word in schema:
            asked[word] = int(schema[word])
    if "pattern" in schema:
        if patterns.flaw(schema["pattern"]):
            lost.append("pattern")
        else:
            asked["pattern"] = schema["pattern"]
    if (hint.widget or form) in _TEXTAREAS or schema.get("maxLength", 0) > LONG:
        asked.pop("pattern", None)
        asked.annotate(type="long_text")
    return asked, tuple(lost)

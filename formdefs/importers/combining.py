"""Two schemas that hold together, as one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

CONDITIONALS = "allOf"


def combined(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """One schema that asks what both ask; where they only describe, the second is believed.

    Conditions (`if`) of both are kept in a list under "allOf".
    """
    whole = dict(first)
    conditionals = [*first.get(CONDITIONALS, ())]
    for key, value in second.items():
        if key == CONDITIONALS:
            conditionals += value
        elif key == "if" and "if" in whole:
            conditionals.append({k: second[k] for k in ("if", "then", "else") if k in second})
        elif key in ("then", "else") and "if" in first and "if" in second:
            continue
        elif key in whole:
            whole[key] = _JOINED.get(key, _second)(whole[key], value)
        else:
            whole[key] = value
    if conditionals:
        whole[CONDITIONALS] = conditionals
    return whole


def _second(first: Any, second: Any) -> Any:
    return second


def _members(first: Any, second: Any) -> Any:
    if not (isinstance(first, Mapping) and isinstance(second, Mapping)):
        return second
    return {
        **first,
        **{
            key: combined(first[key], value)
            if isinstance(first.get(key), Mapping) and isinstance(value, Mapping)
            else value
            for key, value in second.items()
        },
    }


def _union(first: Any, second: Any) -> Any:
    return list(dict.fromkeys([*first, *second]))


def _common(first: Any, second: Any) -> Any:
    return [value for value in first if value in second]


def _types(first: Any, second: Any) -> Any:
    ones, others = ([each] if isinstance(each, str) else each for each in (first, second))
    both = [each for each in ones if each in others]
    return both[0] if len(both) == 1 else both or second


_JOINED: Mapping[str, Callable[[Any, Any], Any]] = {
    "properties": _members,
    "patternProperties": _members,
    "dependentSchemas": _members,
    "dependencies": _members,
    "required": _union,
    "enum": _common,
    "type": _types,
    "minimum": max,
    "minLength": max,
    "minItems": max,
    "maximum": min,
    "maxLength": min,
    "maxItems": min,
}

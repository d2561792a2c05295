"""A JSON Schema used as a condition (`if`, a rule's `schema`), as an expression of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

# The variable of the question at a path of the data, and its value for one of the data's.
Var = Callable[[tuple[Any, ...]], Mapping[str, Any]]
Value = Callable[[tuple[Any, ...], Any], Any]

_COMPARED = {"minimum": ">=", "maximum": "<=", "exclusiveMinimum": ">", "exclusiveMaximum": "<"}


class Unsayable(Exception):
    """A condition that an expression cannot say; its text names what is in the way."""


class Conditions:
    """Conditions on the questions of one level of a form."""

    def __init__(self, var: Var, value: Value) -> None:
        self.var, self.value = var, value

    def of(self, schema: Any, at: tuple[Any, ...]) -> Any:
        """The expression that holds where the data at a path fits the schema; raises Unsayable."""
        if isinstance(schema, bool):
            return schema
        if not isinstance(schema, Mapping):
            raise Unsayable("condition")
        required = set(schema.get("required", ()))
        parts: list[Any] = [{"!=": [self.var((*at, key)), None]} for key in schema.get("required", ())]
        for key, value in schema.items():
            if key == "properties":
                for name, inner in value.items():
                    parts.append(self._property(inner, (*at, name), name in required))
            elif key not in ("required", "type", "title", "description", "$comment", "minLength"):
                parts.append(self._keyword(key, value, at))
        return _joined("and", [part for part in parts if part is not True])

    def _property(self, schema: Any, at: tuple[Any, ...], required: bool) -> Any:
        held = self.of(schema, at)
        if held is True or required:
            return held
        # A property that is absent fits any schema.
        return {"or": [{"==": [self.var(at), None]}, held]}

    def _keyword(self, key: str, value: Any, at: tuple[Any, ...]) -> Any:
        if key == "const":
            return self._is(at, value)
        if key == "enum":
            return _joined("or", [self._is(at, each) for each in value])
        if key == "not":
            held = self.of(value, at)
            return {"!": [held]} if not isinstance(held, bool) else not held
        if key in ("anyOf", "oneOf", "allOf"):
            parts = [self.of(each, at) for each in value]
            return _joined("and" if key == "allOf" else "or", parts)
        if key in _COMPARED:
            return {_COMPARED[key]: [self.var(at), self.value(at, value)]}
        raise Unsayable(key)

    def _is(self, at: tuple[Any, ...], value: Any) -> Any:
        if value is None:
            return {"==": [self.var(at), None]}
        return {"==": [self.var(at), self.value(at, value)]}


def _joined(operator: str, parts: list[Any]) -> Any:
    if not parts:
        return operator == "and"
    return parts[0] if len(parts) == 1 else {operator: parts}

"""A rule as JSON Schema: what is said of the answers where it is true, and where it is false.

Both are false of what is not known, as the rule itself is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from formdefs.expressions.nodes import Call, Literal, Node, Over, Var

Schema = Any
_SYNTAX = re.compile(r"([\\^$.*+?()\[\]{}|/])")
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_BOUNDS = {"<": "exclusiveMaximum", "<=": "maximum", ">": "exclusiveMinimum", ">=": "minimum"}


class Inexpressible(Exception):
    """A rule that JSON Schema cannot say."""


def condition(node: Node, *, wanted: bool = True) -> Schema:
    """The schema of the answers of whose level the rule is true, or false; raises Inexpressible."""
    if isinstance(node, Literal) and isinstance(node.value, bool):
        return node.value is wanted
    if isinstance(node, Var):
        return _of(node, {"const": wanted})
    if isinstance(node, Over):
        return _over(node, wanted=wanted)
    if isinstance(node, Call) and node.operator in _WRITERS:
        return _WRITERS[node.operator](node, wanted)
    raise Inexpressible


def _of(node: Node, said: Schema) -> Schema:
    """What is said of an answer, which has to be there."""
    if not isinstance(node, Var) or node.root or node.up or len(node.path) > 1:
        raise Inexpressible
    if not node.path:
        return said
    (name,) = node.path
    return {"required": [name], "properties": {name: said}}


def _joined(node: Call, wanted: bool) -> Schema:
    keyword = "allOf" if (node.operator == "and") is wanted else "anyOf"
    return {keyword: [condition(each, wanted=wanted) for each in node.arguments]}


def _negated(node: Call, wanted: bool) -> Schema:
    return condition(node.arguments[0], wanted=not wanted)


def _equal(node: Call, wanted: bool) -> Schema:
    left, right = node.arguments
    if isinstance(left, Literal):
        left, right = right, left
    if not isinstance(right, Literal):
        raise Inexpressible
    same = (node.operator == "==") is wanted
    if right.value is None:
        return {"not": _of(left, True)} if same else _of(left, True)
    if left.type.kind == "number" and not isinstance(left, Var):
        return _counted(left, "==" if same else "!=", right.value)
    return _of(left, {"const": right.value} if same else {"not": {"const": right.value}})


def _ordered(node: Call, wanted: bool) -> Schema:
    values = node.arguments
    pairs = [
        _compared(one, node.operator, other, wanted) for one, other in zip(values, values[1:], strict=False)
    ]
    if len(pairs) == 1:
        return pairs[0]
    # False of three values as soon as it is false of two of them, but only where all are known.
    known = [_of(each, True) for each in values if not isinstance(each, Literal)]
    return {"allOf": pairs} if wanted else {"allOf": [*known, {"anyOf": pairs}]}


def _compared(left: Node, operator: str, right: Node, wanted: bool) -> Schema:
    if isinstance(left, Literal):
        left, right, operator = right, left, _TURNED[operator]
    if not isinstance(right, Literal) or left.type.kind != "number":
        raise Inexpressible
    operator = operator if wanted else _OPPOSITE[operator]
    if not isinstance(left, Var):
        return _counted(left, operator, right.value)
    return _of(left, {_BOUNDS[operator]: right.value})


def _counted(node: Node, operator: str, number: int) -> Schema:
    """How many there are in a list of answers."""
    if not (isinstance(node, Call) and node.operator == "count"):
        raise Inexpressible
    least, most = {"minItems": max(number, 0)}, {"maxItems": number} if number >= 0 else False
    more, fewer = {"minItems": max(number + 1, 0)}, {"maxItems": number - 1} if number > 0 else False
    said: Mapping[str, Schema] = {
        ">=": least,
        ">": more,
        "<=": most,
        "<": fewer,
        "==": {"allOf": [least, most]},
        "!=": {"anyOf": [more, fewer]},
    }
    return _of(node.arguments[0], said[operator])


def _member(node: Call, wanted: bool) -> Schema:
    needle, haystack = node.arguments if node.operator == "in" else reversed(node.arguments)
    if isinstance(haystack, Literal) and isinstance(haystack.value, tuple):
        among = {"enum": list(haystack.value)} if haystack.value else False
        return _of(needle, among if wanted else {"not": among})
    if not isinstance(needle, Literal):
        raise Inexpressible
    if haystack.type.kind == "list":
        has: Schema = {"contains": {"const": needle.value}}
    else:
        has = {"pattern": _escaped(needle.value)}
    return _of(haystack, has if wanted else {"not": has})


def _edge(node: Call, wanted: bool) -> Schema:
    text, edge = node.arguments
    if not isinstance(edge, Literal):
        raise Inexpressible
    begins = node.operator == "starts_with"
    pattern = f"^{_escaped(edge.value)}" if begins else f"{_escaped(edge.value)}$"
    return _of(text, {"pattern": pattern} if wanted else {"not": {"pattern": pattern}})


def _answered(node: Call, wanted: bool) -> Schema:
    there = {"allOf": [_of(each, True) for each in node.arguments]}
    return there if wanted else {"not": there}


def _filled(node: Call, wanted: bool) -> Schema:
    (value,) = node.arguments
    something: Mapping[str, Schema] = {
        "boolean": {"const": True},
        "number": {"not": {"const": 0}},
        "text": {"minLength": 1},
        "list": {"minItems": 1},
    }
    if value.type.kind not in something:
        raise Inexpressible
    filled = _of(value, something[value.type.kind])
    return filled if wanted else {"not": filled}


def _over(node: Over, *, wanted: bool) -> Schema:
    if node.operator not in ("some", "all", "none"):
        raise Inexpressible
    holding = condition(node.body)
    said = {"items": holding, "minItems": 1} if node.operator == "all" else {"contains": holding}
    return _of(node.items, said if (node.operator != "none") is wanted else {"not": said})


def _escaped(text: str) -> str:
    return _SYNTAX.sub(r"\\\1", text)


_WRITERS: Mapping[str, Callable[[Call, bool], Schema]] = {
    **dict.fromkeys(("and", "or"), _joined),
    "!": _negated,
    "!!": _filled,
    "answered": _answered,
    **dict.fromkeys(("==", "!="), _equal),
    **dict.fromkeys(("<", "<=", ">", ">="), _ordered),
    **dict.fromkeys(("in", "contains"), _member),
    **dict.fromkeys(("starts_with", "ends_with"), _edge),
}

"""A rule as plain lists, which the page's script reads: the same tree, with what its types decided."""

from __future__ import annotations

from typing import Any

from formdefs.expressions.nodes import Call, Literal, Node, Over, Parsed, Scale, Var

_OF_LISTS = {"min": "least", "max": "most"}
_OF_NOTHING = {"==": "nothing", "!=": "something"}


def tree(expression: Parsed) -> list[Any]:
    """The rule as lists of an operator and its arguments, constants standing after "is"."""
    return _written(expression.node)


def _written(node: Node) -> list[Any]:
    if isinstance(node, Literal):
        return ["is", list(node.value) if isinstance(node.value, tuple) else node.value]
    if isinstance(node, Var):
        return ["root", list(node.path), node.type.kind] if node.root else ["var", node.up, list(node.path)]
    if isinstance(node, Scale):
        return ["scale", _written(node.number), node.by]
    if isinstance(node, Over):
        return [node.operator, _written(node.items), _written(node.body)]
    return _call(node)


def _call(node: Call) -> list[Any]:
    operator, arguments = node.operator, node.arguments
    written = [_written(each) for each in arguments]
    if operator in _OF_NOTHING and any(
        isinstance(each, Literal) and each.value is None for each in arguments
    ):
        return [_OF_NOTHING[operator], *written]
    if operator in _OF_LISTS and len(arguments) == 1 and arguments[0].type.kind == "list":
        return [_OF_LISTS[operator], *written]
    if operator == "/":
        return [operator, *written, *(each.type.places or 0 for each in arguments)]
    if operator == "average":
        item = arguments[0].type.item
        return [operator, *written, (item.places if item else 0) or 0]
    if operator == "round":
        inner = arguments[0].type
        before = None if inner.kind == "quotient" else inner.places or 0
        return [operator, written[0], before, node.type.places]
    return [operator, *written]

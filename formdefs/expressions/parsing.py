"""From the JSON of a rule to its tree, with every name and type checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from formdefs.definition import ValueType
from formdefs.expressions.names import OUTER, Names
from formdefs.expressions.nodes import LARGEST, Call, ExpressionFlaw, Literal, Node, Over, Parsed, Var

DEEPEST = 32
LARGEST_RULE = 500
BOOLEAN, NUMBER, TEXT, NULL = ValueType("boolean"), ValueType("number"), ValueType("text"), ValueType("null")
KINDS = {
    "boolean": "un oui ou non",
    "number": "un nombre",
    "text": "un texte",
    "date": "une date",
    "list": "une liste",
    "row": "un objet",
    "null": "rien",
}


def parse(rule: Any, names: Names, *, wants: str = "boolean") -> Parsed:
    """The rule, read against `names`; raises ExpressionFlaw at the first thing that is wrong."""
    reader = _Reader()
    node = reader.read(rule, names, "", 0)
    if node.type.kind not in (wants, "null"):
        raise ExpressionFlaw(
            "", "expression.type", f"Cette règle donne {KINDS[node.type.kind]} ; il faut {KINDS[wants]}."
        )
    return Parsed(rule, node, frozenset(reader.reads))


class _Reader:
    """One reading: counts the nodes and notes the names."""

    def __init__(self) -> None:
        self.reads: set[tuple[int, str]] = set()
        self.count = 0

    def read(self, rule: Any, names: Names, pointer: str, depth: int) -> Node:
        self.count += 1
        if depth > DEEPEST or self.count > LARGEST_RULE:
            raise ExpressionFlaw(
                pointer, "expression.large", "Cette règle est trop longue ou trop imbriquée."
            )
        if not isinstance(rule, Mapping):
            return _literal(rule, pointer)
        if len(rule) != 1:
            raise ExpressionFlaw(
                pointer, "expression.shape", "Une règle est un objet d’une seule clé, son opérateur."
            )
        operator, given = next(iter(rule.items()))
        arguments = given if isinstance(given, list | tuple) else [given]
        if operator == "var":
            return self._var(arguments, names, f"{pointer}/var")
        if operator in _OVER:
            return self._over(operator, arguments, names, f"{pointer}/{operator}", depth)
        if operator not in _SIGNATURES:
            known = ", ".join(sorted([*_SIGNATURES, *_OVER, "var"]))
            raise ExpressionFlaw(
                f"{pointer}/{_escaped(operator)}",
                "expression.operator",
                f"L’opérateur « {operator} » n’existe pas. Les opérateurs possibles : {known}.",
            )
        return self._call(operator, arguments, names, f"{pointer}/{operator}", depth)

    def _call(self, operator: str, arguments: Any, names: Names, pointer: str, depth: int) -> Node:
        fewest, most, check = _SIGNATURES[operator]
        if not fewest <= len(arguments) <= most:
            raise ExpressionFlaw(
                pointer, "expression.arguments", f"« {operator} » n’accepte pas {len(arguments)} valeur(s)."
            )
        nodes = tuple(
            self.read(argument, names, f"{pointer}/{index}", depth + 1)
            for index, argument in enumerate(arguments)
        )
        return Call(operator, nodes, check(operator, nodes, pointer))

    def _over(self, operator: str, arguments: Any, names: Names, pointer: str, depth: int) -> Node:
        if len(arguments) != 2:
            raise ExpressionFlaw(
                pointer, "expression.arguments", f"« {operator} » attend une liste et une règle."
            )
        items = self.read(arguments[0], names, f"{pointer}/0", depth + 1)
        if items.type.kind != "list" or items.type.item is None:
            raise ExpressionFlaw(
                f"{pointer}/0",
                "expression.type",
                f"« {operator} » attend une liste, non {KINDS[items.type.kind]}.",
            )
        body = self.read(arguments[1], names.inside(items.type.item), f"{pointer}/1", depth + 1)
        if operator == "map":
            return Over(operator, items, body, ValueType("list", item=body.type))
        _expect((body,), ("boolean",), operator, f"{pointer}/1", first=1)
        return Over(operator, items, body, items.type if operator == "filter" else BOOLEAN)

    def _var(self, arguments: Any, names: Names, pointer: str) -> Node:
        if len(arguments) != 1 or not isinstance(arguments[0], str):
            raise ExpressionFlaw(
                pointer, "expression.var", '« var » attend un seul nom, par exemple {"var": "nom"}.'
            )
        path = arguments[0].split(".") if arguments[0] else []
        if path and path[0] in OUTER:
            return Var(tuple(path), _down(OUTER[path[0]], path[1:], pointer, arguments[0]), root=True)
        here, up = names, 0
        while path and path[0] == "parent":
            if here.parent is None:
                raise ExpressionFlaw(pointer, "expression.name", "« parent » ne se lit que dans une ligne.")
            here, up, path = here.parent, up + 1, path[1:]
        if path and path[0] == "row" and here.parent is not None:
            path = path[1:]
        if not path:
            if here.item is None:
                raise ExpressionFlaw(pointer, "expression.name", "Nommez la question à lire.")
            return Var((), here.item, up=up)
        kind = _down(ValueType("row", columns=here.columns), path, pointer, arguments[0])
        self.reads.add((here.level, path[0]))
        return Var(tuple(path), kind, up=up)


def _down(kind: ValueType, path: list[str], pointer: str, written: str) -> ValueType:
    for name in path:
        if name not in kind.columns:
            known = ", ".join(sorted(kind.columns)[:12])
            hint = f" Les noms possibles ici : {known}." if known else ""
            raise ExpressionFlaw(pointer, "expression.name", f"« {written} » n’existe pas ici.{hint}")
        kind = kind.columns[name]
    return kind


def _literal(value: Any, pointer: str) -> Literal:
    if value is None:
        return Literal(None, NULL)
    if isinstance(value, bool):
        return Literal(value, BOOLEAN)
    if isinstance(value, int) and abs(value) <= LARGEST:
        return Literal(value, NUMBER)
    if isinstance(value, str):
        return Literal(value, ValueType("text", values=frozenset({value})))
    if isinstance(value, list | tuple):
        items = [_literal(item, f"{pointer}/{index}") for index, item in enumerate(value)]
        kinds = {item.type.kind for item in items}
        if len(kinds) > 1:
            raise ExpressionFlaw(
                pointer, "expression.type", "Les valeurs d’une liste sont toutes du même type."
            )
        if kinds == {"text"}:
            text = ValueType("text", values=frozenset(item.value for item in items))
            return Literal(tuple(value), ValueType("list", item=text))
        return Literal(tuple(value), ValueType("list", item=items[0].type if items else NULL))
    raise ExpressionFlaw(
        pointer, "expression.number", "Les nombres d’une règle sont entiers (les montants, en centimes)."
    )


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _expect(
    nodes: tuple[Node, ...], kinds: tuple[str, ...], operator: str, pointer: str, *, first: int | None = None
) -> None:
    for index, node in enumerate(nodes):
        if node.type.kind not in (*kinds, "null"):
            wanted = " ou ".join(KINDS[kind] for kind in kinds)
            place = pointer if first is not None else f"{pointer}/{index}"
            raise ExpressionFlaw(
                place, "expression.type", f"« {operator} » attend {wanted}, non {KINDS[node.type.kind]}."
            )


def _condition(operator: str, nodes: tuple[Node, ...], pointer: str) -> ValueType:
    _expect(nodes, ("boolean",), operator, pointer)
    return BOOLEAN


def _anything(operator: str, nodes: tuple[Node, ...], pointer: str) -> ValueType:
    return BOOLEAN


def _number(operator: str, nodes: tuple[Node, ...], pointer: str) -> ValueType:
    _expect(nodes, ("number",), operator, pointer)
    return NUMBER


def _ordered(operator: str, nodes: tuple[Node, ...], pointer: str) -> ValueType:
    if any(node.type.kind == "date" for node in nodes):
        _check_dates(nodes, pointer)
        return BOOLEAN
    _expect(nodes, ("number", "date"), operator, pointer)
    return BOOLEAN


def _equal(operator: str, nodes: tuple[Node, ...], pointer: str) -> ValueType:
    kinds = {node.type.kind for node in nodes} - {"null"}
    if kinds == {"date", "text"}:
        _check_dates(nodes, pointer)
        return BOOLEAN
    if len(kinds) > 1 or (kinds & {"list", "row"} and not any(node.type.kind == "null" for node in nodes)):
        shown = " et ".join(KINDS[node.type.kind] for node in nodes)
        raise ExpressionFlaw(pointer, "expression.type", f"« {operator} » ne compare pas {shown}.")
    _check_values(nodes[0].type, nodes[1].type, pointer)
    return BOOLEAN


def _member(operator: str, nodes: tuple[Node, ...], pointer: str) -> ValueType:
    needle, haystack = nodes
    if haystack.type.kind == "list" and haystack.type.item is not None:
        kinds = {needle.type.kind, haystack.type.item.kind} - {"null"}
        if len(kinds) > 1:
            raise ExpressionFlaw(
                pointer,
                "expression.type",
                f"« in » cherche {KINDS[needle.type.kind]} dans une liste qui n’en contient pas.",
            )
        _check_values(needle.type, haystack.type.item, pointer, every=isinstance(haystack, Literal))
        return BOOLEAN
    _expect((needle,), ("text",), operator, pointer)
    _expect((haystack,), ("text", "list"), operator, f"{pointer}/1", first=1)
    return BOOLEAN


def _aggregate(operator: str, nodes: tuple[Node, ...], pointer: str) -> ValueType:
    _expect(nodes, ("list",), operator, pointer)
    item = nodes[0].type.item
    if operator == "sum" and item is not None and item.kind not in ("number", "null"):
        raise ExpressionFlaw(
            pointer, "expression.type", f"« sum » additionne des nombres, non {KINDS[item.kind]}."
        )
    return NUMBER


def _check_values(one: ValueType, other: ValueType, pointer: str, *, every: bool = False) -> None:
    """Refuse a comparison with a text that a choice question cannot give, or with `every` one listed."""
    if one.values is None or other.values is None:
        return
    impossible = other.values - one.values if every else frozenset()
    if one.values & other.values and not impossible:
        return
    raise ExpressionFlaw(
        pointer,
        "expression.value",
        f"{_listed(impossible or other.values)} ne peut pas égaler {_listed(one.values)} : vérifiez les "
        "valeurs.",
    )


def _listed(values: frozenset[str]) -> str:
    return ", ".join(f"« {value} »" for value in sorted(values)[:6])


def _check_dates(nodes: tuple[Node, ...], pointer: str) -> None:
    for index, node in enumerate(nodes):
        if node.type.kind in ("date", "null"):
            continue
        if not (isinstance(node, Literal) and _is_day(node.value)):
            raise ExpressionFlaw(
                f"{pointer}/{index}",
                "expression.date",
                'Une date se compare à une date, par exemple "2026-03-27".',
            )


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_Check = Callable[[str, tuple[Node, ...], str], ValueType]
_SIGNATURES: Mapping[str, tuple[int, int, _Check]] = {
    "and": (1, 100, _condition),
    "or": (1, 100, _condition),
    "!": (1, 1, _condition),
    "!!": (1, 1, _anything),
    "==": (2, 2, _equal),
    "!=": (2, 2, _equal),
    "<": (2, 2, _ordered),
    "<=": (2, 2, _ordered),
    ">": (2, 2, _ordered),
    ">=": (2, 2, _ordered),
    "in": (2, 2, _member),
    "+": (1, 100, _number),
    "-": (1, 2, _number),
    "*": (1, 100, _number),
    "sum": (1, 1, _aggregate),
    "count": (1, 1, _aggregate),
}
_OVER = ("map", "filter", "some", "all")

"""From the JSON of a rule to its tree, with every name and type checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.definition import ValueType
from formdefs.expressions.arithmetic import LARGEST
from formdefs.expressions.names import OUTER, Names
from formdefs.expressions.nodes import Call, ExpressionFlaw, Literal, Node, Over, Parsed, Var
from formdefs.expressions.operators import COLLECTORS, CONSTANTS, OPERATORS
from formdefs.expressions.signatures import BOOLEAN, KINDS, NULL, expect, in_unit

DEEPEST = 32
LARGEST_RULE = 500
CONSTANT = ValueType("number", places=None)
MOST_DECIMALS = 6


def parse(rule: Any, names: Names, *, wants: str = "boolean") -> Parsed:
    """The rule, read against `names`; raises ExpressionFlaw at the first thing that is wrong."""
    return parse_as(rule, names, ValueType(wants))


def parse_as(rule: Any, names: Names, wanted: ValueType) -> Parsed:
    """The rule, which must give a value of that type, a number in that unit."""
    found = read(rule, names)
    node = found.node
    if node.type.kind not in (wanted.kind, "null"):
        raise ExpressionFlaw(
            "",
            "expression.type",
            f"Cette règle donne {KINDS[node.type.kind]} ; il faut {KINDS[wanted.kind]}.",
        )
    if node.type.kind == "number":
        node = _in_unit(node, wanted)
    if node.type.kind == "text":
        _check_possible(node.type, wanted)
    return Parsed(rule, node, found.reads)


def read(rule: Any, names: Names) -> Parsed:
    """The rule, whatever it gives; raises ExpressionFlaw."""
    reader = _Reader()
    return Parsed(rule, reader.read(rule, names, "", 0), frozenset(reader.reads))


def _in_unit(node: Node, wanted: ValueType) -> Node:
    if node.type.places is None:
        return in_unit(node, wanted)
    if node.type.money != wanted.money:
        given, asked = ("un montant", "un nombre") if node.type.money else ("un nombre", "un montant")
        raise ExpressionFlaw(
            "",
            "expression.money",
            f'Cette règle donne {given} ; il faut {asked}. Un montant fixe s’écrit {{"money": 1250}}.',
        )
    if node.type.places > (wanted.places or 0):
        raise ExpressionFlaw(
            "",
            "expression.places",
            f"Cette règle donne {node.type.places} décimales ; il en faut au plus {wanted.places} : "
            "arrondissez-la par « round ».",
        )
    return in_unit(node, wanted)


def _check_possible(given: ValueType, wanted: ValueType) -> None:
    if wanted.values is None or (given.values is not None and given.values <= wanted.values):
        return
    known = ", ".join(f"« {value} »" for value in sorted(wanted.values)[:6])
    raise ExpressionFlaw("", "expression.value", f"Cette règle ne peut donner que : {known}.")


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
        arguments = list(given) if isinstance(given, list | tuple) else [given]
        here = f"{pointer}/{_escaped(operator)}"
        if operator == "var":
            return self._var(arguments, names, here)
        if operator in CONSTANTS:
            return _constant(operator, arguments, here)
        if operator in COLLECTORS:
            return self._over(operator, arguments, names, here, depth)
        if operator not in OPERATORS:
            known = ", ".join(sorted([*OPERATORS, *COLLECTORS, *CONSTANTS, "var"]))
            raise ExpressionFlaw(
                here,
                "expression.operator",
                f"L’opérateur « {operator} » n’existe pas. Les opérateurs possibles : {known}.",
            )
        return self._call(operator, arguments, names, here, depth)

    def _call(self, operator: str, arguments: list[Any], names: Names, pointer: str, depth: int) -> Node:
        described = OPERATORS[operator]
        if operator == "age" and len(arguments) == 1:
            arguments = [*arguments, {"var": "today"}]
        if not described.least <= len(arguments) <= described.most:
            raise ExpressionFlaw(
                pointer, "expression.arguments", f"« {operator} » n’accepte pas {len(arguments)} valeur(s)."
            )
        nodes = tuple(
            self.read(argument, names, f"{pointer}/{index}", depth + 1)
            for index, argument in enumerate(arguments)
        )
        typed = described.signature(operator, nodes, pointer)
        return Call(operator, typed.nodes, typed.type, typed.run or described.run)

    def _over(self, operator: str, arguments: list[Any], names: Names, pointer: str, depth: int) -> Node:
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
            if body.type.kind == "quotient":
                expect((body,), ("number",), operator, f"{pointer}/1", first=1)
            return Over(operator, items, body, ValueType("list", item=body.type))
        expect((body,), ("boolean",), operator, f"{pointer}/1", first=1)
        return Over(operator, items, body, items.type if operator == "filter" else BOOLEAN)

    def _var(self, arguments: list[Any], names: Names, pointer: str) -> Node:
        if len(arguments) != 1 or not isinstance(arguments[0], str):
            raise ExpressionFlaw(
                pointer, "expression.var", '« var » attend un seul nom, par exemple {"var": "nom"}.'
            )
        written = arguments[0]
        path = written.split(".") if written else []
        if path and path[0] in OUTER:
            return Var(tuple(path), _down(OUTER[path[0]], path[1:], pointer, written), root=True)
        here, up, path = _level(names, path, pointer, written)
        if not path:
            if here.item is None:
                raise ExpressionFlaw(pointer, "expression.name", "Nommez la question à lire.")
            return Var((), here.item, up=up)
        kind = _down(ValueType("row", columns=here.columns), path, pointer, written)
        self.reads.add((here.level, path[0]))
        return Var(tuple(path), kind, up=up)


def _level(names: Names, path: list[str], pointer: str, written: str) -> tuple[Names, int, list[str]]:
    """The level that a path is read at, how far above it is, and what is left of the path."""
    here, up = names, 0
    if path and path[0] == "phases":
        while here.parent is not None:
            here, up = here.parent, up + 1
        if len(path) < 3 or path[1] != here.phase:
            raise ExpressionFlaw(
                pointer,
                "expression.name",
                f"« {written} » n’existe pas ici. On écrit phases, l’identifiant de la phase, la question.",
            )
        return here, up, path[2:]
    while path and path[0] == "parent":
        if here.parent is None:
            raise ExpressionFlaw(pointer, "expression.name", "« parent » ne se lit que dans une ligne.")
        here, up, path = here.parent, up + 1, path[1:]
    if path and path[0] == "row" and here.parent is not None:
        path = path[1:]
    return here, up, path


def _down(kind: ValueType, path: list[str], pointer: str, written: str) -> ValueType:
    for name in path:
        if name not in kind.columns:
            known = ", ".join(sorted(kind.columns)[:12])
            hint = f" Les noms possibles ici : {known}." if known else ""
            raise ExpressionFlaw(pointer, "expression.name", f"« {written} » n’existe pas ici.{hint}")
        kind = kind.columns[name]
    return kind


def _constant(operator: str, arguments: list[Any], pointer: str) -> Literal:
    """An amount in cents, or a number in units of its last place: {"decimal": [125, 2]} is 1,25."""
    number, *more = arguments or [None]
    if not _is_number(number):
        raise ExpressionFlaw(pointer, "expression.number", f"« {operator} » s’écrit avec un nombre entier.")
    if operator == "money" and not more:
        return Literal(number, ValueType("number", places=2, money=True))
    if operator == "decimal" and len(more) == 1 and _is_number(more[0]) and 0 <= more[0] <= MOST_DECIMALS:
        return Literal(number, ValueType("number", places=more[0]))
    example = '{"money": 1250}' if operator == "money" else '{"decimal": [125, 2]}'
    raise ExpressionFlaw(pointer, "expression.number", f"Une constante s’écrit ainsi : {example}.")


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST


def _literal(value: Any, pointer: str) -> Literal:
    if value is None:
        return Literal(None, NULL)
    if isinstance(value, bool):
        return Literal(value, BOOLEAN)
    if _is_number(value):
        return Literal(value, CONSTANT)
    if isinstance(value, str):
        return Literal(value, ValueType("text", values=frozenset({value})))
    if isinstance(value, list | tuple):
        return _list(value, pointer)
    raise ExpressionFlaw(
        pointer, "expression.number", "Les nombres d’une règle sont entiers (les montants, en centimes)."
    )


def _list(values: list[Any] | tuple[Any, ...], pointer: str) -> Literal:
    items = [_literal(item, f"{pointer}/{index}") for index, item in enumerate(values)]
    kinds = {item.type.kind for item in items}
    if len(kinds) > 1 or "list" in kinds:
        raise ExpressionFlaw(pointer, "expression.type", "Les valeurs d’une liste sont toutes du même type.")
    if kinds == {"text"}:
        text = ValueType("text", values=frozenset(item.value for item in items))
        return Literal(tuple(values), ValueType("list", item=text))
    return Literal(tuple(values), ValueType("list", item=items[0].type if items else NULL))


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")

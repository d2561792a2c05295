"""What each operator accepts and what it gives; constants take the unit of what they are put beside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from formdefs.definition import ValueType
from formdefs.expressions import arithmetic, collecting, logic
from formdefs.expressions.days import is_day
from formdefs.expressions.nodes import Call, ExpressionFlaw, Function, Literal, Node, Scale

MOST_PLACES = 12
BOOLEAN, TEXT, DATE, NULL = ValueType("boolean"), ValueType("text"), ValueType("date"), ValueType("null")
WHOLE = ValueType("number")
KINDS = {
    "boolean": "un oui ou non",
    "number": "un nombre",
    "quotient": "un quotient, à arrondir par « round »",
    "text": "un texte",
    "date": "une date",
    "list": "une liste",
    "row": "un objet",
    "null": "rien",
}
Nodes = tuple[Node, ...]


class Typed(NamedTuple):
    """What an operator gives, its arguments in their units, and how it runs when that depends on them."""

    type: ValueType
    nodes: Nodes
    run: Function | None = None


Signature = Callable[[str, Nodes, str], Typed]


def conditions(operator: str, nodes: Nodes, pointer: str) -> Typed:
    expect(nodes, ("boolean",), operator, pointer)
    return Typed(BOOLEAN, nodes)


def anything(operator: str, nodes: Nodes, pointer: str) -> Typed:
    for index, node in enumerate(nodes):
        if node.type.kind == "quotient":
            raise _mismatch(operator, "une valeur", node, f"{pointer}/{index}")
    return Typed(BOOLEAN, nodes)


def equal(operator: str, nodes: Nodes, pointer: str) -> Typed:
    """Two values of one type; against a literal null, whether there is an answer."""
    nothing = any(isinstance(node, Literal) and node.value is None for node in nodes)
    wanted = operator == "=="
    if nothing:
        anything(operator, nodes, pointer)
        return Typed(BOOLEAN, nodes, logic.nothingness(wanted))
    nodes = _same(operator, nodes, pointer)[1]
    _check_values(nodes[0].type, nodes[1].type, pointer)
    return Typed(BOOLEAN, nodes, logic.equality(wanted))


def ordered(operator: str, nodes: Nodes, pointer: str) -> Typed:
    if any(node.type.kind == "date" for node in nodes):
        return Typed(BOOLEAN, _days(nodes, pointer))
    expect(nodes, ("number", "date"), operator, pointer)
    return Typed(BOOLEAN, aligned(nodes, pointer)[1])


def member(operator: str, nodes: Nodes, pointer: str) -> Typed:
    needle, haystack = nodes
    return Typed(BOOLEAN, _member(operator, needle, haystack, pointer))


def holder(operator: str, nodes: Nodes, pointer: str) -> Typed:
    haystack, needle = nodes
    needle, haystack = _member(operator, needle, haystack, pointer)
    return Typed(BOOLEAN, (haystack, needle))


def _member(operator: str, needle: Node, haystack: Node, pointer: str) -> tuple[Node, Node]:
    item = haystack.type.item
    if haystack.type.kind != "list" or item is None:
        expect((needle, haystack), ("text",), operator, pointer)
        return needle, haystack
    if needle.type.kind == "date" and isinstance(haystack, Literal) and all(map(is_day, haystack.value)):
        return needle, replace(haystack, type=ValueType("list", item=DATE))
    if item.kind == "date" and isinstance(needle, Literal) and is_day(needle.value):
        return Literal(needle.value, DATE), haystack
    kinds = {needle.type.kind, item.kind} - {"null"}
    if len(kinds) > 1 or kinds & {"list", "row", "quotient"}:
        raise ExpressionFlaw(
            pointer,
            "expression.type",
            f"« {operator} » cherche {KINDS[needle.type.kind]} dans une liste qui n’en contient pas.",
        )
    if kinds == {"number"}:
        return _number_in(needle, haystack, item, pointer)
    _check_values(needle.type, item, pointer, every=isinstance(haystack, Literal))
    return needle, haystack


def _number_in(needle: Node, haystack: Node, item: ValueType, pointer: str) -> tuple[Node, Node]:
    if needle.type.places is None:
        return in_unit(needle, item), haystack
    if item.places is None and isinstance(haystack, Literal):
        unit = ValueType("number", places=needle.type.places, money=needle.type.money)
        return needle, replace(haystack, type=ValueType("list", item=unit))
    if (needle.type.places, needle.type.money) != (item.places, item.money):
        raise ExpressionFlaw(
            pointer, "expression.places", "Ce nombre et ceux de la liste n’ont pas la même unité."
        )
    return needle, haystack


def numbers(operator: str, nodes: Nodes, pointer: str) -> Typed:
    """Numbers put in one unit."""
    expect(nodes, ("number",), operator, pointer)
    return Typed(*aligned(nodes, pointer))


def product(operator: str, nodes: Nodes, pointer: str) -> Typed:
    """The places of a product are those of all its factors; at most one of them is an amount."""
    expect(nodes, ("number",), operator, pointer)
    amounts = sum(node.type.money for node in nodes)
    if amounts > 1:
        raise ExpressionFlaw(pointer, "expression.money", "Deux montants ne se multiplient pas.")
    places = sum(node.type.places or 0 for node in nodes)
    _check_places(places, pointer)
    factors = tuple(in_unit(node, WHOLE) if node.type.places is None else node for node in nodes)
    return Typed(ValueType("number", places=places, money=bool(amounts)), factors)


def quotient(operator: str, nodes: Nodes, pointer: str) -> Typed:
    expect(nodes, ("number",), operator, pointer)
    above, below = (in_unit(node, WHOLE) if node.type.places is None else node for node in nodes)
    if below.type.money and not above.type.money:
        raise ExpressionFlaw(
            pointer, "expression.money", "Un nombre ne se divise pas par un montant, seulement l’inverse."
        )
    money = above.type.money and not below.type.money
    run = arithmetic.divide(above.type.places or 0, below.type.places or 0)
    return Typed(ValueType("quotient", money=money), (above, below), run)


def rounded(operator: str, nodes: Nodes, pointer: str) -> Typed:
    """A quotient or a number, to so many places, none when it is not said."""
    inner = nodes[0]
    expect((inner,), ("number", "quotient"), operator, f"{pointer}/0", first=1)
    places = _constant_places(nodes[1:], pointer)
    before = inner.type.places or 0
    run = (
        arithmetic.rounding(places)
        if inner.type.kind == "quotient"
        else arithmetic.rounding_number(before, places)
    )
    digits = Literal(places, WHOLE)
    return Typed(ValueType("number", places=places, money=inner.type.money), (inner, digits), run)


def _constant_places(nodes: Nodes, pointer: str) -> int:
    if not nodes:
        return 0
    given = nodes[0].value if isinstance(nodes[0], Literal) else None
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= 6:
        raise ExpressionFlaw(
            f"{pointer}/1", "expression.places", "Le nombre de décimales d’un arrondi s’écrit de 0 à 6."
        )
    return given


def listed(operator: str, nodes: Nodes, pointer: str) -> Typed:
    """How many there are in a list."""
    expect(nodes, ("list",), operator, pointer)
    return Typed(WHOLE, nodes)


def totalled(operator: str, nodes: Nodes, pointer: str) -> Typed:
    return Typed(_item_of(operator, nodes, pointer, ("number",)), nodes)


def averaged(operator: str, nodes: Nodes, pointer: str) -> Typed:
    item = _item_of(operator, nodes, pointer, ("number",))
    return Typed(ValueType("quotient", money=item.money), nodes, collecting.average(item.places or 0))


def extreme(operator: str, nodes: Nodes, pointer: str) -> Typed:
    """The least or the most of a list, or of several values."""
    if len(nodes) == 1 and nodes[0].type.kind == "list":
        item = _item_of(operator, nodes, pointer, ("number", "date"))
        return Typed(item, nodes, collecting.least if operator == "min" else collecting.most)
    run = arithmetic.least if operator == "min" else arithmetic.most
    if any(node.type.kind == "date" for node in nodes):
        return Typed(DATE, _days(nodes, pointer), run)
    expect(nodes, ("number", "date"), operator, pointer)
    return Typed(*aligned(nodes, pointer), run)


def _item_of(operator: str, nodes: Nodes, pointer: str, kinds: tuple[str, ...]) -> ValueType:
    expect(nodes, ("list",), operator, pointer)
    item = nodes[0].type.item or NULL
    if item.kind not in (*kinds, "null"):
        wanted = " ou ".join(KINDS[kind] for kind in kinds)
        raise ExpressionFlaw(
            pointer,
            "expression.type",
            f"« {operator} » porte sur une liste dont chaque élément est {wanted}, non {KINDS[item.kind]}.",
        )
    return item if item.kind != "null" else WHOLE


def chosen(operator: str, nodes: Nodes, pointer: str) -> Typed:
    """Conditions and values in turn, then perhaps the value when none of them holds."""
    outcomes = [*range(1, len(nodes), 2), *([len(nodes) - 1] if len(nodes) % 2 else [])]
    tests = tuple(node for index, node in enumerate(nodes) if index not in outcomes)
    expect(tests, ("boolean",), operator, pointer)
    type_, values = _same(operator, tuple(nodes[index] for index in outcomes), pointer)
    settled = list(nodes)
    for index, value in zip(outcomes, values, strict=True):
        settled[index] = value
    return Typed(type_, tuple(settled))


def alternatives(operator: str, nodes: Nodes, pointer: str) -> Typed:
    return Typed(*_same(operator, nodes, pointer))


def texts(gives: ValueType) -> Signature:
    """Texts, and `gives` of them."""

    def signature(operator: str, nodes: Nodes, pointer: str) -> Typed:
        expect(nodes, ("text",), operator, pointer)
        return Typed(gives, nodes)

    return signature


def concatenated(operator: str, nodes: Nodes, pointer: str) -> Typed:
    expect(nodes, ("text", "number"), operator, pointer)
    return Typed(TEXT, tuple(_whole(node, operator, pointer) for node in nodes))


def part(operator: str, nodes: Nodes, pointer: str) -> Typed:
    text, *places = nodes
    expect((text,), ("text",), operator, f"{pointer}/0", first=1)
    expect(tuple(places), ("number",), operator, pointer)
    return Typed(TEXT, (text, *(_whole(place, operator, pointer) for place in places)))


def dates(operator: str, nodes: Nodes, pointer: str) -> Typed:
    return Typed(WHOLE, _days(nodes, pointer))


def shifted(operator: str, nodes: Nodes, pointer: str) -> Typed:
    day, number = nodes
    expect((number,), ("number",), operator, f"{pointer}/1", first=1)
    return Typed(DATE, (*_days((day,), pointer), _whole(number, operator, pointer)))


def expect(
    nodes: Nodes, kinds: tuple[str, ...], operator: str, pointer: str, *, first: int | None = None
) -> None:
    """Raise ExpressionFlaw on the first node that is of none of these kinds."""
    for index, node in enumerate(nodes):
        if node.type.kind not in (*kinds, "null"):
            wanted = " ou ".join(KINDS[kind] for kind in kinds)
            raise _mismatch(operator, wanted, node, pointer if first is not None else f"{pointer}/{index}")


def _mismatch(operator: str, wanted: str, node: Node, pointer: str) -> ExpressionFlaw:
    return ExpressionFlaw(
        pointer, "expression.type", f"« {operator} » attend {wanted}, non {KINDS[node.type.kind]}."
    )


def aligned(nodes: Nodes, pointer: str) -> tuple[ValueType, Nodes]:
    """Numbers put in the finest of their units, and that unit; an amount and a number have none."""
    units = {(node.type.places, node.type.money) for node in nodes if _has_unit(node)}
    if not units:
        return ValueType("number", places=None), nodes
    if len({money for _, money in units}) > 1:
        raise ExpressionFlaw(
            pointer,
            "expression.money",
            'Un montant et un nombre ne vont pas ensemble : écrivez un montant fixe {"money": 1250} (en '
            "centimes).",
        )
    constant = any(node.type.kind == "number" and node.type.places is None for node in nodes)
    if len(units) > 1 and constant:
        raise ExpressionFlaw(
            pointer,
            "expression.places",
            'Ces nombres n’ont pas tous les mêmes décimales : écrivez la constante {"decimal": [125, 2]}, '
            "qui vaut 1,25.",
        )
    places = max(each or 0 for each, _ in units)
    unit = ValueType("number", places=places, money=units.pop()[1])
    return unit, tuple(in_unit(node, unit) for node in nodes)


def _has_unit(node: Node) -> bool:
    return node.type.kind == "number" and node.type.places is not None


def in_unit(node: Node, unit: ValueType) -> Node:
    """A number in the unit wanted, which is as fine as its own; a constant is read in that unit."""
    if node.type.kind != "number" or (node.type.places, node.type.money) == (unit.places, unit.money):
        return node
    if node.type.places is not None:
        return Scale(node, (unit.places or 0) - node.type.places, unit)
    if isinstance(node, Literal):
        return Literal(node.value, unit)
    if isinstance(node, Call):
        return replace(node, arguments=tuple(in_unit(each, unit) for each in node.arguments), type=unit)
    return node


def _same(operator: str, nodes: Nodes, pointer: str) -> tuple[ValueType, Nodes]:
    """Values of one type, and that type."""
    kinds = {node.type.kind for node in nodes} - {"null"}
    if kinds == {"date", "text"} or kinds == {"date"}:
        return DATE, _days(nodes, pointer)
    if len(kinds) > 1 or kinds & {"list", "row", "quotient"}:
        shown = " et ".join(dict.fromkeys(KINDS[node.type.kind] for node in nodes))
        raise ExpressionFlaw(pointer, "expression.type", f"« {operator} » ne met pas ensemble {shown}.")
    if kinds == {"number"}:
        return aligned(nodes, pointer)
    if kinds == {"text"}:
        return ValueType("text", values=_values_of(nodes)), nodes
    return (BOOLEAN if kinds else NULL), nodes


def _values_of(nodes: Nodes) -> frozenset[str] | None:
    found = [node.type.values for node in nodes if node.type.kind == "text"]
    return None if None in found else frozenset().union(*(each for each in found if each is not None))


def _check_places(places: int, pointer: str) -> None:
    if places > MOST_PLACES:
        raise ExpressionFlaw(
            pointer,
            "expression.places",
            f"Ce produit a plus de {MOST_PLACES} décimales : arrondissez ses facteurs par « round ».",
        )


def _whole(node: Node, operator: str, pointer: str) -> Node:
    """A number without decimals, and no amount; any other node as it is."""
    if node.type.kind != "number":
        return node
    if node.type.places or node.type.money:
        raise ExpressionFlaw(
            pointer, "expression.places", f"« {operator} » attend un nombre entier : arrondissez-le."
        )
    return in_unit(node, WHOLE)


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


def _days(nodes: Nodes, pointer: str) -> Nodes:
    """Dates, those written as texts taken for what they are."""
    read: list[Any] = []
    for index, node in enumerate(nodes):
        if isinstance(node, Literal) and node.type.kind == "text" and is_day(node.value):
            read.append(Literal(node.value, DATE))
        elif node.type.kind in ("date", "null"):
            read.append(node)
        else:
            raise ExpressionFlaw(
                f"{pointer}/{index}",
                "expression.date",
                f'Il faut ici une date, par exemple "2026-03-27", non {KINDS[node.type.kind]}.',
            )
    return tuple(read)

"""A rule as a formula of a spreadsheet, in the English names that workbook files hold.

Nothing is an empty cell or an empty text: what cannot be known shows as "", as null does elsewhere. So a
condition is written twice over, when it holds and when it fails, and both are false of what is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from formdefs.definition import Expression
from formdefs.expressions.nodes import Call, ExpressionFlaw, Literal, Node, Over, Scale, Var

LONGEST = 8_000
YES, NO = "Oui", "Non"


@dataclass(frozen=True)
class Cell:
    """Where a name stands: a cell, or the range of a column; `labels` are what its values show as."""

    address: str
    labels: Mapping[str, str] = field(default_factory=dict)


def formula(expression: Expression, refs: Mapping[str, Cell]) -> str:
    """The formula of a rule, with its equals sign; raises ExpressionFlaw where a spreadsheet has none.

    `refs` are keyed by the names as the rule writes them: `prix` (the cell of the same row),
    `parent.plafond`, `organisation.region`; for a list of rows `frais` is a column that is filled in every
    row, and `frais.montant` the range of a column. Numbers and amounts stand in cells as they are said
    (12,50 is 12.5), dates as dates, yes and no as Oui and Non or as TRUE and FALSE.
    """
    written = _Writer(refs).value(expression.node)
    if len(written) > LONGEST:
        raise ExpressionFlaw("", "excel.long", "Cette règle est trop longue pour une formule de tableur.")
    return f"={written}"


class _Writer:
    """Writes the formulas of one level; `prefix` is that of the names of its rows in `refs`."""

    def __init__(self, refs: Mapping[str, Cell], prefix: str = "") -> None:
        self.refs, self.prefix = refs, prefix

    def value(self, node: Node) -> str:
        """A whole value: "" when it is not known."""
        if node.type.kind == "boolean" and not isinstance(node, Literal):
            return f'IF({self.holds(node)},TRUE,IF({self.fails(node)},FALSE,""))'
        if isinstance(node, Literal) or self._settled(node):
            return self.bare(node)
        known = self.known(node)
        return f'IF({known},{self._rounded(node)},"")' if known else self._rounded(node)

    def _rounded(self, node: Node) -> str:
        """Decimals of a sum or a product are binary in a cell: rounded, they are those of the rule."""
        written = self.bare(node)
        inner = node.number if isinstance(node, Scale) else node
        if isinstance(inner, Call) and inner.operator in ("+", "-", "*") and node.type.places:
            return f"ROUND({written},{node.type.places})"
        return written

    def _settled(self, node: Node) -> bool:
        """Whether a part says by itself "" when it is not known."""
        return isinstance(node, Call) and node.operator in ("if", "??", "min", "max")

    # -- What is known ---------------------------------------------------------------------------

    def known(self, node: Node) -> str:
        """The condition that all that a value needs is there; "" when it needs nothing."""
        tests = list(dict.fromkeys(self._needs(node)))
        return "" if not tests else tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"

    def _needs(self, node: Node) -> list[str]:
        if isinstance(node, Literal):
            return [] if node.value is not None else ["FALSE"]
        if isinstance(node, Scale):
            return self._needs(node.number)
        if isinstance(node, Var):
            return [] if node.path == ("today",) or node.type.kind == "list" else [f'{self.bare(node)}<>""']
        if self._settled(node):
            return [f'{self.bare(node)}<>""']
        if isinstance(node, Over) or node.operator in ("sum", "count"):
            return []
        if node.operator == "average":
            return [f"COUNT({self._range(node.arguments[0])})>0"]
        tests = [test for each in node.arguments for test in self._needs(each)]
        if node.operator in ("/", "%") and not (
            isinstance(node.arguments[1], Literal) and node.arguments[1].value
        ):
            tests.append(f"{self.bare(node.arguments[1])}<>0")
        return tests

    # -- Conditions ------------------------------------------------------------------------------

    def holds(self, node: Node) -> str:
        """True where the condition is true."""
        return self._condition(node, wanted=True)

    def fails(self, node: Node) -> str:
        """True where the condition is false."""
        return self._condition(node, wanted=False)

    def _condition(self, node: Node, *, wanted: bool) -> str:
        if isinstance(node, Literal):
            return "TRUE" if node.value is wanted else "FALSE"
        if isinstance(node, Var):
            cell, says = self.bare(node), YES if wanted else NO
            return f'AND({cell}<>"",OR({cell}={str(wanted).upper()},{cell}="{says}"))'
        if isinstance(node, Over):
            return self._quantified(node, wanted=wanted)
        if isinstance(node, Scale):
            raise _no_formula(node)
        if node.operator in ("and", "or"):
            every = (node.operator == "and") is wanted
            parts = ",".join(self._condition(each, wanted=wanted) for each in node.arguments)
            return f"{'AND' if every else 'OR'}({parts})"
        if node.operator == "!":
            return self._condition(node.arguments[0], wanted=not wanted)
        if node.operator in ("if", "??"):
            return f"{self.bare(node)}={str(wanted).upper()}"
        if node.operator in _PRESENCE or self._is_presence(node):
            test = self._presence(node)
            return test if wanted else f"NOT({test})"
        test = self._test(node)
        known = self.known(node)
        test = test if wanted else f"NOT({test})"
        return f"AND({known},{test})" if known else test

    def _is_presence(self, node: Call) -> bool:
        return node.operator in ("==", "!=") and any(
            isinstance(each, Literal) and each.value is None for each in node.arguments
        )

    def _presence(self, node: Call) -> str:
        if node.operator == "answered":
            return f"AND({','.join(self._there(each) for each in node.arguments)})"
        if node.operator == "!!":
            (inner,) = node.arguments
            if inner.type.kind == "boolean":
                return self.holds(inner)
            if inner.type.kind == "number":
                return f"AND({self._there(inner)},{self.bare(inner)}<>0)"
            return self._there(inner)
        left, right = node.arguments
        given = self._there(right if isinstance(left, Literal) and left.value is None else left)
        return given if node.operator == "!=" else f"NOT({given})"

    def _there(self, node: Node) -> str:
        return self.known(node) or "TRUE"

    def _test(self, node: Call) -> str:
        """The test of a condition whose parts are known."""
        operator, arguments = node.operator, node.arguments
        if operator in ("==", "!="):
            same = self._same(arguments[0], arguments[1])
            return same if operator == "==" else f"NOT({same})"
        if operator in ("<", "<=", ">", ">="):
            values = [self._rounded(each) for each in arguments]
            pairs = [f"{one}{operator}{two}" for one, two in zip(values, values[1:], strict=False)]
            return pairs[0] if len(pairs) == 1 else f"AND({','.join(pairs)})"
        if operator in ("in", "contains"):
            needle, haystack = arguments if operator == "in" else (arguments[1], arguments[0])
            return self._within(needle, haystack)
        if operator in ("starts_with", "ends_with"):
            text, edge = (self.bare(each) for each in arguments)
            side = "LEFT" if operator == "starts_with" else "RIGHT"
            return f"EXACT({side}({text},LEN({edge})),{edge})"
        raise _no_formula(node)

    def _same(self, left: Node, right: Node) -> str:
        if left.type.kind == "boolean":
            return f"({self.holds(left)})=({self.holds(right)})"
        if left.type.kind == "text":
            return f"EXACT({self._labelled(left, right)},{self._labelled(right, left)})"
        return f"{self._rounded(left)}={self._rounded(right)}"

    def _within(self, needle: Node, haystack: Node) -> str:
        if haystack.type.kind == "text":
            return f"ISNUMBER(FIND({self.bare(needle)},{self.bare(haystack)}))"
        if isinstance(haystack, Literal):
            kind = haystack.type.item or haystack.type
            same = ",".join(self._same(needle, Literal(value, kind)) for value in haystack.value)
            return f"OR({same or 'FALSE'})"
        if needle.type.kind == "text":
            return f"SUMPRODUCT(--EXACT({self._range(haystack)},{self.bare(needle)}))>0"
        return f"COUNTIF({self._range(haystack)},{self.bare(needle)})>0"

    def _labelled(self, node: Node, near: Node) -> str:
        """A text as the cell that it is compared with shows it."""
        if isinstance(node, Literal) and isinstance(near, Var):
            return _text(self._cell(near).labels.get(str(node.value), str(node.value)))
        return self.bare(node)

    # -- Rows ------------------------------------------------------------------------------------

    def _quantified(self, node: Over, *, wanted: bool) -> str:
        inside, condition = self._inside(node.items)
        holding = f"SUMPRODUCT({_product(condition, inside.array(node.body, wanted=True))})"
        if node.operator == "all":
            rows = f"SUMPRODUCT({_product(condition, self._rows(node.items))})"
            test = f"AND({rows}>0,{holding}={rows})"
        else:
            test = f"{holding}{'>' if node.operator == 'some' else '='}0"
        return test if wanted else f"NOT({test})"

    def _rows(self, items: Node) -> str:
        return f'({self._range(_source(items))}<>"")'

    def _inside(self, items: Node) -> tuple[_Writer, str]:
        """Who writes of the rows of a list, and the array that says which rows are in it."""
        source = _source(items)
        inside = _Writer(self.refs, f"{_key(source)}.")
        conditions = []
        while isinstance(items, Over):
            if items.operator != "filter":
                raise _no_formula(items)
            conditions.append(inside.array(items.body, wanted=True))
            items = items.items
        return inside, "*".join(conditions)

    def array(self, node: Node, *, wanted: bool) -> str:
        """A condition on the rows of a list: an array of ones where it is true (or false), else zeros."""
        if isinstance(node, Literal):
            return "1" if node.value is wanted else "0"
        if isinstance(node, Call) and node.operator in ("and", "or"):
            parts = [self.array(each, wanted=wanted) for each in node.arguments]
            every = (node.operator == "and") is wanted
            return f"({'*'.join(parts)})" if every else f"(({'+'.join(parts)})>0)"
        if isinstance(node, Call) and node.operator == "!":
            return self.array(node.arguments[0], wanted=not wanted)
        if isinstance(node, Var):
            cell, says = self.bare(node), YES if wanted else NO
            return f'({cell}<>"")*((({cell}={str(wanted).upper()})+({cell}="{says}"))>0)'
        if isinstance(node, Call) and (node.operator in ("!!", "answered") or self._is_presence(node)):
            return self._array_presence(node, wanted=wanted)
        if isinstance(node, Call) and node.operator == "in" and isinstance(node.arguments[1], Literal):
            return self._array_in(node, wanted=wanted)
        if isinstance(node, Call) and node.operator in _COMPARED and len(node.arguments) == 2:
            _check_by_row(node.arguments)
            known = "".join(f"({test})*" for test in dict.fromkeys(self._needs(node)))
            return f"{known}({self._test(node)}={str(wanted).upper()})"
        raise _no_formula(node)

    def _array_in(self, node: Call, *, wanted: bool) -> str:
        needle, haystack = node.arguments
        _check_by_row((needle,))
        kind = haystack.type.item or haystack.type
        values = haystack.value if isinstance(haystack, Literal) else ()
        same = "+".join(f"({self._same(needle, Literal(value, kind))})" for value in values) or "0"
        known = "".join(f"({test})*" for test in dict.fromkeys(self._needs(needle)))
        return f"{known}(({same}){'>' if wanted else '='}0)"

    def _array_presence(self, node: Call, *, wanted: bool) -> str:
        given = [each for each in node.arguments if not (isinstance(each, Literal) and each.value is None)]
        tests = [test for each in given for test in self._needs(each)] or ["TRUE"]
        if node.operator == "!!" and given[0].type.kind in ("number", "boolean"):
            raise _no_formula(node)
        there = "*".join(f"({test})" for test in tests)
        return there if wanted is (node.operator != "==") else f"(1-{there})"

    # -- Values ----------------------------------------------------------------------------------

    def bare(self, node: Node) -> str:
        """A value whose parts are known."""
        if isinstance(node, Literal):
            return _constant(node)
        if isinstance(node, Scale):
            return self.bare(node.number)
        if isinstance(node, Var):
            if node.path == ("today",):
                return "TODAY()"
            return self._cell(node).address
        if isinstance(node, Call) and node.operator in _WRITERS:
            return _WRITERS[node.operator](self, node)
        if isinstance(node, Call) and node.type.kind == "boolean":
            return f"({self.holds(node)})"
        raise _no_formula(node)

    def _cell(self, node: Var) -> Cell:
        key = _key(node)
        key = key if node.root or node.up else self.prefix + key
        key = key.removeprefix("parent.") if self.prefix and not node.root else key
        if key not in self.refs:
            raise ExpressionFlaw("", "excel.name", f"« {key} » n’est dans aucune cellule du classeur.")
        return self.refs[key]

    def _range(self, node: Node) -> str:
        """The range of a list: a column, or one of the columns of rows."""
        if isinstance(node, Over) and node.operator == "map" and isinstance(node.body, Var):
            inside, condition = self._inside(node.items)
            if not condition:
                return inside.bare(node.body)
        if isinstance(node, Var):
            return self.bare(node)
        raise _no_formula(node)

    def computed(self, node: Call) -> str:
        parts = [self._factor(each) for each in node.arguments]
        if node.operator == "-" and len(parts) == 1:
            return f"-{parts[0]}"
        return node.operator.join(parts)

    def _factor(self, node: Node) -> str:
        written = self.bare(node)
        inner = node.number if isinstance(node, Scale) else node
        negative = isinstance(inner, Literal) and written.startswith("-")
        return (
            f"({written})" if negative or (isinstance(inner, Call) and inner.operator in _SIGNS) else written
        )

    def remainder(self, node: Call) -> str:
        divided, divisor = (self._factor(each) for each in node.arguments)
        return f"({divided}-{divisor}*TRUNC({divided}/{divisor}))"

    def rounded(self, node: Call) -> str:
        return f"ROUND({self.bare(node.arguments[0])},{_constant(node.arguments[1])})"

    def summed(self, node: Call) -> str:
        (items,) = node.arguments
        if isinstance(items, Over) and items.operator == "map":
            inside, condition = self._inside(items.items)
            if isinstance(items.body, Var) and not condition:
                return f"SUM({inside.bare(items.body)})"
            factors = [inside.bare(each) for each in _factors(items.body)]
            return f"SUMPRODUCT({','.join([*([f'--({condition})'] if condition else []), *factors])})"
        return f"SUM({self._range(items)})"

    def counted(self, node: Call) -> str:
        (items,) = node.arguments
        if isinstance(items, Over) and items.operator == "filter":
            _, condition = self._inside(items)
            return f"SUMPRODUCT(--({condition}))"
        return f'SUMPRODUCT(--({self._range(items)}<>""))'

    def averaged(self, node: Call) -> str:
        return f"AVERAGE({self._range(node.arguments[0])})"

    def extreme(self, node: Call) -> str:
        name = node.operator.upper()
        if node.arguments[0].type.kind == "list":
            cells = self._range(node.arguments[0])
            return f'IF(COUNT({cells})=0,"",{name}({cells}))'
        known = " ".join(filter(None, [self.known(Call("+", node.arguments, node.type, node.run))]))
        values = f"{name}({','.join(self._rounded(each) for each in node.arguments)})"
        return f'IF({known},{values},"")' if known else values

    def chosen(self, node: Call) -> str:
        arguments = list(node.arguments)
        written = self.value(arguments.pop()) if len(arguments) % 2 else '""'
        while arguments:
            then, test = arguments.pop(), arguments.pop()
            written = f"IF({self.holds(test)},{self.value(then)},{written})"
        return written

    def alternative(self, node: Call) -> str:
        *before, last = node.arguments
        written = self.value(last)
        for each in reversed(before):
            known = self.known(each)
            written = f"IF({known},{self._rounded(each)},{written})" if known else self._rounded(each)
        return written

    def text(self, node: Call) -> str:
        said = [self.bare(each) for each in node.arguments]
        return "&".join(said) if node.operator == "cat" else f"{_NAMES[node.operator]}({said[0]})"

    def part(self, node: Call) -> str:
        numbers: list[Any] = [
            each.value if isinstance(each, Literal) else None for each in node.arguments[1:]
        ]
        text = self.bare(node.arguments[0])
        if any(number is None for number in numbers):
            raise _no_formula(node)
        if numbers[0] < 0 and len(numbers) == 1:
            return f"RIGHT({text},{-numbers[0]})"
        if numbers[0] < 0 or (len(numbers) == 2 and numbers[1] < 0):
            raise _no_formula(node)
        size = str(numbers[1]) if len(numbers) == 2 else f"LEN({text})"
        return f"MID({text},{numbers[0] + 1},{size})"

    def days(self, node: Call) -> str:
        first, *more = (self._factor(each) for each in node.arguments)
        if node.operator == "days_between":
            return f"({more[0]}-{first})"
        if node.operator == "add_days":
            return f"({first}+{more[0]})"
        if node.operator == "add_months":
            return f"EDATE({first},{more[0]})"
        if node.operator == "add_years":
            return f"EDATE({first},12*{more[0]})"
        unit = '"m"' if node.operator == "months_between" else '"y"'
        forward, backward = f"DATEDIF({first},{more[0]},{unit})", f"-DATEDIF({more[0]},{first},{unit})"
        return f"IF({first}<={more[0]},{forward},{backward})"


def _key(node: Node) -> str:
    """A name as the rule writes it."""
    if not isinstance(node, Var):
        raise _no_formula(node)
    return "parent." * node.up + ".".join(node.path)


def _source(items: Node) -> Node:
    while isinstance(items, Over) and items.operator == "filter":
        items = items.items
    return items


def _product(*arrays: str) -> str:
    return "*".join(("1", *filter(None, arrays)))


def _factors(node: Node) -> tuple[Node, ...]:
    """The columns and constants of a product: blank cells count for nothing in it, as null does."""
    if isinstance(node, Scale):
        return _factors(node.number)
    if isinstance(node, Call) and node.operator == "*":
        return tuple(factor for each in node.arguments for factor in _factors(each))
    if isinstance(node, Var) and not node.up and not node.root:
        return (node,)
    raise _no_formula(node)


def _constant(node: Node) -> str:
    if not isinstance(node, Literal) or isinstance(node.value, tuple):
        raise _no_formula(node)
    value = node.value
    if value is None:
        return '""'
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return format(Decimal(value).scaleb(-(node.type.places or 0)), "f")
    if node.type.kind == "date":
        year, month, day = map(int, str(value).split("-"))
        return f"DATE({year},{month},{day})"
    return _text(str(value))


def _text(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def _check_by_row(nodes: tuple[Node, ...]) -> None:
    """Refuse what a spreadsheet would not compute row by row: AND and IF take a whole column at once."""
    for node in nodes:
        inner = node.number if isinstance(node, Scale) else node
        if isinstance(inner, Over) or inner.type.kind == "boolean":
            raise _no_formula(inner)
        if isinstance(inner, Call):
            if inner.operator not in _BY_ROW:
                raise _no_formula(inner)
            _check_by_row(inner.arguments)


def _no_formula(node: Node) -> ExpressionFlaw:
    operator = node.operator if isinstance(node, Call | Over) else "var"
    return ExpressionFlaw(
        "",
        "excel.operator",
        f"« {operator} » n’a pas de formule de tableur écrit ainsi : "
        "calculez cette partie dans une colonne à part.",
    )


_SIGNS = frozenset("+-*/")
_PRESENCE = frozenset({"answered", "!!"})
_COMPARED = frozenset({"==", "!=", "<", "<=", ">", ">="})
_BY_ROW = _SIGNS | {"round", "cat", "lower", "upper", "length", "abs", "year", "month", "days_between"}
_NAMES = {"lower": "LOWER", "upper": "UPPER", "length": "LEN", "abs": "ABS", "year": "YEAR", "month": "MONTH"}
_Write = Callable[[_Writer, Call], str]
_WRITERS: Mapping[str, _Write] = {
    **dict.fromkeys(_SIGNS, _Writer.computed),
    "%": _Writer.remainder,
    "round": _Writer.rounded,
    "sum": _Writer.summed,
    "count": _Writer.counted,
    "average": _Writer.averaged,
    **dict.fromkeys(("min", "max"), _Writer.extreme),
    "if": _Writer.chosen,
    "??": _Writer.alternative,
    **dict.fromkeys(("cat", *_NAMES), _Writer.text),
    "substr": _Writer.part,
    **dict.fromkeys(
        ("days_between", "months_between", "years_between", "age", "add_days", "add_months", "add_years"),
        _Writer.days,
    ),
}

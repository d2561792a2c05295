"""The tree of a rule, and how it runs.

Every node runs to a value and never raises: null gives null, and is false in a condition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from formdefs.definition import ValueType

LARGEST = 2**53 - 1


class ExpressionFlaw(Exception):
    """A rule that cannot be read: the pointer within it, a code, a French sentence."""

    def __init__(self, pointer: str, code: str, message: str) -> None:
        super().__init__(message)
        self.pointer, self.code, self.message = pointer, code, message


class Scope:
    """The values that names stand for: judged answers, what is outside of them, the enclosing level."""

    __slots__ = ("answers", "outer", "parent")

    def __init__(self, answers: Any, outer: Mapping[str, Any], parent: Scope | None = None) -> None:
        self.answers = answers
        self.outer = outer
        self.parent = parent

    def inside(self, item: Any) -> Scope:
        """The scope of one row, or of one item of a list."""
        return Scope(item, self.outer, self)


Run = Callable[[Scope], Any]


@dataclass(frozen=True)
class Literal:
    """A constant."""

    value: Any
    type: ValueType

    def compiled(self) -> Run:
        value = self.value
        return lambda scope: value


@dataclass(frozen=True)
class Var:
    """A name: `up` levels above, in the outer roots when `root`, then down the `path`.

    An empty path is the item itself.
    """

    path: tuple[str, ...]
    type: ValueType
    up: int = 0
    root: bool = False

    def compiled(self) -> Run:
        path, up, root = self.path, self.up, self.root
        if not root and not up and len(path) == 1:
            name = path[0]
            return lambda scope: scope.answers.get(name) if isinstance(scope.answers, Mapping) else None

        def run(scope: Scope) -> Any:
            for _ in range(up):
                if scope.parent is None:
                    return None
                scope = scope.parent
            value: Any = scope.outer if root else scope.answers
            for name in path:
                if not isinstance(value, Mapping):
                    return None
                value = value.get(name)
            return value

        return run


@dataclass(frozen=True)
class Call:
    """An operator on values."""

    operator: str
    arguments: tuple[Node, ...]
    type: ValueType

    def compiled(self) -> Run:
        runs = tuple(argument.compiled() for argument in self.arguments)
        if self.operator in ("==", "!="):
            return _equality(self.operator, self.arguments, runs)
        function = _FUNCTIONS[self.operator]
        return lambda scope: function([run(scope) for run in runs])


@dataclass(frozen=True)
class Over:
    """An operator that runs a body on each item of a list."""

    operator: str
    items: Node
    body: Node
    type: ValueType

    def compiled(self) -> Run:
        items, body = self.items.compiled(), self.body.compiled()
        collect = _COLLECTORS[self.operator]

        def run(scope: Scope) -> Any:
            found = items(scope)
            if not isinstance(found, list | tuple):
                return None
            return collect([(item, body(scope.inside(item))) for item in found])

        return run


Node = Literal | Var | Call | Over


class Parsed:
    """A rule that was read: its tree, its type, and the names it reads as (level, name)."""

    __slots__ = ("_run", "node", "reads", "source", "type")

    def __init__(self, source: Any, node: Node, reads: frozenset[tuple[int, str]]) -> None:
        self.source = source
        self.node = node
        self.type = node.type
        self.reads = reads
        self._run = node.compiled()

    def value(self, scope: Scope) -> Any:
        """The value of the rule, None when something it needs is not known."""
        return self._run(scope)

    def holds(self, scope: Scope) -> bool:
        """Whether the rule is true; what is not known is not true."""
        return self._run(scope) is True


def _equality(operator: str, arguments: tuple[Node, ...], runs: tuple[Run, ...]) -> Run:
    """Equality; written against a literal null it asks whether there is an answer."""
    wanted = operator == "=="
    left, right = runs
    if any(isinstance(node, Literal) and node.value is None for node in arguments):
        return lambda scope: ((left(scope) is None) == (right(scope) is None)) is wanted

    def run(scope: Scope) -> bool | None:
        first, second = left(scope), right(scope)
        return None if first is None or second is None else (first == second) is wanted

    return run


def _and(values: list[Any]) -> bool | None:
    if any(value is False for value in values):
        return False
    return None if None in values else True


def _or(values: list[Any]) -> bool | None:
    if any(value is True for value in values):
        return True
    return None if None in values else False


def _not(values: list[Any]) -> bool | None:
    return None if values[0] is None else not values[0]


def _truthy(values: list[Any]) -> bool:
    return bool(values[0])


def _ordering(compare: Callable[[Any, Any], bool]) -> Callable[[list[Any]], bool | None]:
    return lambda values: None if None in values else compare(values[0], values[1])


def _in(values: list[Any]) -> bool | None:
    needle, haystack = values
    return None if needle is None or haystack is None else needle in haystack


def _bounded(value: int) -> int | None:
    return value if -LARGEST <= value <= LARGEST else None


def _add(values: list[Any]) -> int | None:
    return None if None in values else _bounded(sum(values))


def _subtract(values: list[Any]) -> int | None:
    if None in values:
        return None
    return -values[0] if len(values) == 1 else _bounded(values[0] - values[1])


def _multiply(values: list[Any]) -> int | None:
    product = 1
    for value in values:
        if value is None:
            return None
        product *= value
        if abs(product) > LARGEST:
            return None
    return product


def _sum(values: list[Any]) -> int | None:
    """The sum of what is known, as a spreadsheet sums a column with blanks."""
    return None if values[0] is None else _bounded(sum(value for value in values[0] if value is not None))


def _count(values: list[Any]) -> int | None:
    return None if values[0] is None else sum(value is not None for value in values[0])


_FUNCTIONS: Mapping[str, Callable[[list[Any]], Any]] = {
    "and": _and,
    "or": _or,
    "!": _not,
    "!!": _truthy,
    "<": _ordering(lambda a, b: bool(a < b)),
    "<=": _ordering(lambda a, b: bool(a <= b)),
    ">": _ordering(lambda a, b: bool(a > b)),
    ">=": _ordering(lambda a, b: bool(a >= b)),
    "in": _in,
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "sum": _sum,
    "count": _count,
}
_COLLECTORS: Mapping[str, Callable[[list[tuple[Any, Any]]], Any]] = {
    "map": lambda pairs: [result for _, result in pairs],
    "filter": lambda pairs: [item for item, result in pairs if result is True],
    "some": lambda pairs: any(result is True for _, result in pairs),
    "all": lambda pairs: bool(pairs) and all(result is True for _, result in pairs),
}

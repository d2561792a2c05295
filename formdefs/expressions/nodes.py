"""The tree of a rule, and how it runs.

Every node runs to a value and never raises: null gives null, and is false in a condition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from formdefs.definition import ValueType
from formdefs.expressions import arithmetic, collecting
from formdefs.expressions.days import is_day


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
Function = Callable[[list[Any]], Any]


@dataclass(frozen=True)
class Literal:
    """A constant; a list is a tuple."""

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
        path, up = self.path, self.up
        if self.root:
            return self._outside()
        if not up and len(path) == 1:
            name = path[0]
            return lambda scope: scope.answers.get(name) if isinstance(scope.answers, Mapping) else None

        def run(scope: Scope) -> Any:
            for _ in range(up):
                if scope.parent is None:
                    return None
                scope = scope.parent
            return _below(scope.answers, path)

        return run

    def _outside(self) -> Run:
        """What stands outside of the answers is not judged: it is known only when it is of its type."""
        path, fits = self.path, _FITS[self.type.kind]

        def run(scope: Scope) -> Any:
            value = _below(scope.outer, path)
            return value if fits(value) else None

        return run


def _below(value: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


_FITS: Mapping[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "date": is_day,
    "list": lambda value: isinstance(value, list | tuple),
    "row": lambda value: isinstance(value, Mapping),
}


@dataclass(frozen=True)
class Scale:
    """A number in a finer unit: multiplied by ten as many times as `by` says."""

    number: Node
    by: int
    type: ValueType

    def compiled(self) -> Run:
        run, factor = self.number.compiled(), 10**self.by
        return lambda scope: arithmetic.multiply([run(scope), factor])


@dataclass(frozen=True)
class Call:
    """An operator on values; `run` is what it does."""

    operator: str
    arguments: tuple[Node, ...]
    type: ValueType
    run: Function = field(compare=False)

    def compiled(self) -> Run:
        runs, function = tuple(argument.compiled() for argument in self.arguments), self.run
        if len(runs) == 2:
            left, right = runs
            return lambda scope: function([left(scope), right(scope)])
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
        collect = collecting.COLLECTORS[self.operator]

        def run(scope: Scope) -> Any:
            found = items(scope)
            if not isinstance(found, list | tuple):
                return None
            return collect([(item, body(scope.inside(item))) for item in found])

        return run


Node = Literal | Var | Scale | Call | Over


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

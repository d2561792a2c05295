"""Small, ordered, invertible changes of a definition."""

from __future__ import annotations

import json
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from builder.acts.places import Missing, Path, Place, at, names_in, path_of, place_at, pointer, same, token_of


class _Absent:
    """Nothing at all stands there; a copy of it is itself."""

    def __deepcopy__(self, memo: dict[int, Any]) -> _Absent:
        return self

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Any = _Absent()
HOLDERS = frozenset(
    {"x-field", "required", "within", "words", "opening", "entry_rules"}
    | {"documents", "checks", "totals", "given"}
)
"""Keys that say nothing once they are empty."""


class Changed(Exception):
    """What a change found is no longer what it knew; `op` is the change, `now` what stands there."""

    def __init__(self, op: Op, now: Any) -> None:
        super().__init__(pointer(op.path))
        self.op, self.now = op, now


@dataclass(frozen=True)
class Op:
    """One part that appears, goes or takes another value; `place` is where it appears or went from."""

    path: Path
    before: Any
    after: Any
    place: Place | None = None

    def inverse(self) -> Op:
        """What undoes it."""
        return Op(self.path, self.after, self.before, self.place)


Patch = tuple[Op, ...]


def inverse(patch: Patch) -> Patch:
    """What undoes a patch."""
    return tuple(op.inverse() for op in reversed(patch))


def apply(document: Any, patch: Iterable[Op], *, insist: bool = False) -> Any:
    """The document after a patch; the one given is left as it is.

    Raises Changed where a value is not the one that the patch knew, unless it is to `insist`.
    """
    document = deepcopy(document)
    for op in patch:
        document = _applied(document, op, insist=insist)
    return document


def _applied(document: Any, op: Op, *, insist: bool) -> Any:
    if not op.path:
        if not insist and not same(document, op.before):
            raise Changed(op, document)
        return deepcopy(op.after)
    try:
        parent = at(document, op.path[:-1])
    except Missing as error:
        raise Changed(op, ABSENT) from error
    name, names = op.path[-1], names_in(parent)
    now = at(parent, (name,)) if name in names else ABSENT
    if not insist and not _agree(now, op.before):
        raise Changed(op, now)
    if op.after is ABSENT:
        _take_out(parent, names, name)
    elif now is ABSENT:
        _put_in(parent, names, op)
    else:
        parent[name if isinstance(parent, dict) else names.index(name)] = deepcopy(op.after)
    return document


def _agree(now: Any, known: Any) -> bool:
    if now is ABSENT or known is ABSENT:
        return now is known
    return same(now, known)


def _take_out(parent: Any, names: list[str], name: str) -> None:
    if name in names:
        del parent[name if isinstance(parent, dict) else names.index(name)]


def _put_in(parent: Any, names: list[str], op: Op) -> None:
    index = op.place.among(names) if op.place else len(names)
    value = deepcopy(op.after)
    if isinstance(parent, list):
        parent.insert(index, value)
        return
    following = [(key, parent.pop(key)) for key in names[index:]]
    parent[op.path[-1]] = value
    parent.update(following)


class Edit:
    """A definition being changed, that remembers each change."""

    def __init__(self, document: Any) -> None:
        self.document = deepcopy(document)
        self.ops: list[Op] = []

    @property
    def patch(self) -> Patch:
        """What was done so far."""
        return tuple(self.ops)

    def get(self, path: Path, default: Any = None) -> Any:
        """What stands at a path, or `default`."""
        try:
            return at(self.document, path)
        except Missing:
            return default

    def put(self, path: Path, value: Any, *, index: int | None = None) -> None:
        """Give a part its value; a key that is new comes at `index`, else last. ABSENT takes it out."""
        now = self.get(path, ABSENT)
        if _agree(now, value):
            return
        place = None
        if now is ABSENT or value is ABSENT:
            names = names_in(at(self.document, path[:-1]))
            number = names.index(path[-1]) if path[-1] in names else len(names) if index is None else index
            place = place_at(names, number, taken=path[-1] in names)
        self._do(Op(path, deepcopy(now), deepcopy(value), place))

    def insert(self, path: Path, value: Any, index: int | None = None) -> None:
        """Put an item in the list at `path`, last where no index is told."""
        names = names_in(at(self.document, path))
        number = len(names) if index is None else index
        token = token_of(value)
        name = token if token is not None and token not in names else str(number)
        self._do(Op((*path, name), ABSENT, deepcopy(value), place_at(names, number, taken=False)))

    def remove(self, path: Path) -> None:
        """Take a part out, with what was only written to hold it."""
        self.put(path, ABSENT)
        if len(path) > 1 and path[-2] in HOLDERS and not self.get(path[:-1], True):
            self.put(path[:-1], ABSENT)

    def replay(self, patch: Iterable[Op], *, insist: bool = False) -> None:
        """Do what a patch says. Raises Changed."""
        for op in patch:
            self.document = _applied(self.document, op, insist=insist)
            self.ops.append(op)

    def _do(self, op: Op) -> None:
        self.document = _applied(self.document, op, insist=False)
        self.ops.append(op)


def written(patch: Patch) -> str:
    """A patch as a text: the order of keys is part of it, which a database's JSON would lose."""
    return json.dumps([_as_data(op) for op in patch], ensure_ascii=False)


def read(text: str) -> Patch:
    """The patch that `written` wrote."""
    return tuple(_from_data(each) for each in json.loads(text or "[]"))


def _as_data(op: Op) -> dict[str, Any]:
    data: dict[str, Any] = {"at": pointer(op.path)}
    if op.before is not ABSENT:
        data["before"] = op.before
    if op.after is not ABSENT:
        data["after"] = op.after
    if op.place is not None:
        data["place"] = [op.place.index, op.place.previous, op.place.following]
    return data


def _from_data(data: dict[str, Any]) -> Op:
    place = Place(*data["place"]) if "place" in data else None
    return Op(path_of(data["at"]), data.get("before", ABSENT), data.get("after", ABSENT), place)

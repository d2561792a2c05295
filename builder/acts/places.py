"""Where a part of a definition stands: pointers whose list steps name an item rather than count to it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

IDENTITIES = ("id", "page", "const")
Path = tuple[str, ...]


class Missing(Exception):
    """There is nothing at this path."""


@dataclass(frozen=True)
class Place:
    """A position among the keys of an object or the items of a list: its number and its neighbours."""

    index: int
    previous: str | None = None
    following: str | None = None

    def among(self, names: Sequence[str]) -> int:
        """The position in `names`, which may have changed since: by the neighbours that are left."""
        if self.following in names:
            return names.index(self.following)
        if self.previous in names:
            return names.index(self.previous) + 1
        return min(self.index, len(names))


def place_at(names: Sequence[str], index: int, *, taken: bool) -> Place:
    """The place number `index` of `names`; `taken` when a name stands there and is about to leave it."""
    following = index + 1 if taken else index
    return Place(
        index,
        names[index - 1] if index > 0 else None,
        names[following] if following < len(names) else None,
    )


def token_of(item: Any) -> str | None:
    """How a list's item is named: by its identity, or by itself when it is a text; None when by neither."""
    if isinstance(item, Mapping):
        for key in IDENTITIES:
            if isinstance(item.get(key), str):
                return f"[{key}={item[key]}]"
        return None
    return f"[={item}]" if isinstance(item, str) else None


def names_in(parent: Any) -> list[str]:
    """The steps that lead from an object or a list to each of its parts, in order."""
    if isinstance(parent, dict):
        return list(parent)
    tokens = [token_of(item) for item in parent]
    return [
        token if token is not None and tokens.count(token) == 1 else str(number)
        for number, token in enumerate(tokens)
    ]


def step(parent: Any, name: str) -> Any:
    """One step down. Raises Missing."""
    if isinstance(parent, dict):
        if name not in parent:
            raise Missing(name)
        return parent[name]
    if isinstance(parent, list):
        names = names_in(parent)
        if name in names:
            return parent[names.index(name)]
    raise Missing(name)


def at(document: Any, path: Path) -> Any:
    """What stands at a path. Raises Missing."""
    for name in path:
        document = step(document, name)
    return document


def pointer(path: Path) -> str:
    """The path as one text."""
    return "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in path)


def path_of(text: str) -> Path:
    """The path that `pointer` wrote."""
    return tuple(name.replace("~1", "/").replace("~0", "~") for name in text.split("/")[1:])


def overlap(one: str, other: str) -> bool:
    """Whether two pointers speak of the same part, or one of a part of the other's."""
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def same(one: Any, other: Any) -> bool:
    """Whether two values are written alike, the order of keys included."""
    return json.dumps(one, ensure_ascii=False) == json.dumps(other, ensure_ascii=False)

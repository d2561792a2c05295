"""What differs between two definitions, or between any two JSON documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from formdefs.metaschema import escaped

# What names an item of a list, so that moving it does not make every item after it look changed.
_IDENTITIES = ("id", "page", "const")


@dataclass(frozen=True)
class Change:
    """One difference: "added", "removed" or "changed", at a JSON pointer.

    The pointer is of the new document, and of the old one for what was removed.
    """

    kind: str
    pointer: str
    before: Any = None
    after: Any = None


def changes(old: Any, new: Any) -> tuple[Change, ...]:
    """Every difference, in the order of the new document.

    Items of a list are matched by their id where they have one; a list whose matched items only
    changed places is one change.
    """
    return tuple(_changes(old, new, ""))


def _changes(old: Any, new: Any, pointer: str) -> Iterator[Change]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _members(old, new, pointer)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _items(old, new, pointer)
    elif type(old) is not type(new) or old != new:
        yield Change("changed", pointer, old, new)


def _members(old: Mapping[str, Any], new: Mapping[str, Any], pointer: str) -> Iterator[Change]:
    for key, value in new.items():
        place = f"{pointer}/{escaped(key)}"
        if key in old:
            yield from _changes(old[key], value, place)
        else:
            yield Change("added", place, after=value)
    for key, value in old.items():
        if key not in new:
            yield Change("removed", f"{pointer}/{escaped(key)}", before=value)


def _items(old: list[Any], new: list[Any], pointer: str) -> Iterator[Change]:
    before, after = _named(old), _named(new)
    if before is None or after is None:
        if old != new:
            yield Change("changed", pointer, old, new)
        return
    places = {name: index for index, name in enumerate(after)}
    for name, value in after.items():
        place = f"{pointer}/{places[name]}"
        if name in before:
            yield from _changes(before[name], value, place)
        else:
            yield Change("added", place, after=value)
    for index, (name, value) in enumerate(before.items()):
        if name not in after:
            yield Change("removed", f"{pointer}/{index}", before=value)
    kept = [name for name in before if name in after]
    if kept != [name for name in after if name in before]:
        yield Change("changed", pointer, list(before), list(after))


def _named(items: list[Any]) -> dict[str, Any] | None:
    """The items by what names them, None when one of them has no name of its own."""
    named: dict[str, Any] = {}
    for item in items:
        name = item if isinstance(item, str) else _identity(item)
        if name is None or name in named:
            return None
        named[name] = item
    return named


def _identity(item: Any) -> str | None:
    if not isinstance(item, Mapping):
        return None
    return next((str(item[key]) for key in _IDENTITIES if key in item), None)

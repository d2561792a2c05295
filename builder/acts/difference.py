"""The patch that leads from one definition to another, as small as their shapes allow."""

from __future__ import annotations

from typing import Any

from builder.acts.patches import ABSENT, Edit, Op, Patch, apply
from builder.acts.places import Path, names_in, same


def difference(old: Any, new: Any) -> Patch:
    """The patch from `old` to `new`, the order of keys included."""
    edit = Edit(old)
    _reconcile(edit, (), old, new)
    if same(apply(old, edit.patch), new):
        return edit.patch
    return (Op((), old, new),)


def _reconcile(edit: Edit, path: Path, old: Any, new: Any) -> None:
    if same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        _objects(edit, path, old, new)
    elif _named(old) and _named(new):
        _lists(edit, path, old, new)
    elif path:
        edit.put(path, new)
    else:
        edit.replay((Op((), old, new),))


def _named(value: Any) -> bool:
    """Whether every item of a list is known by its identity."""
    return isinstance(value, list) and not any(name.isdecimal() for name in names_in(value))


def _objects(edit: Edit, path: Path, old: dict[str, Any], new: dict[str, Any]) -> None:
    kept = [key for key in old if key in new]
    if path and kept != [key for key in new if key in old]:
        edit.put(path, new)
        return
    for key in old:
        if key not in new:
            edit.put((*path, key), ABSENT)
    for index, (key, value) in enumerate(new.items()):
        if key in old:
            _reconcile(edit, (*path, key), old[key], value)
        else:
            edit.put((*path, key), value, index=index)


def _lists(edit: Edit, path: Path, old: list[Any], new: list[Any]) -> None:
    before, after = dict(zip(names_in(old), old, strict=True)), dict(zip(names_in(new), new, strict=True))
    for name in before:
        if name not in after:
            edit.put((*path, name), ABSENT)
    for index, (name, value) in enumerate(after.items()):
        names = names_in(edit.get(path))
        if name in names and names[index] != name:
            edit.put((*path, name), ABSENT)
            edit.insert(path, value, index)
        elif name in names:
            _reconcile(edit, (*path, name), before[name], value)
        else:
            edit.insert(path, value, index)

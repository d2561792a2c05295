"""What the buttons and keys of the rule builder do to its groups and lines, each thing said in French."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from builder.ruling.conditions import ALL, ANY, Condition, Group

Item = Condition | Group
Path = tuple[int, ...]


@dataclass(frozen=True)
class Pressed:
    """The group after a button: where the hand then is, and what was done."""

    group: Group
    focus: str = ""
    said: str = ""


class Nowhere(Exception):
    """There is no such line, or it cannot go there."""


def pressed(group: Group, go: str, picked: Sequence[str], first: Condition) -> Pressed:
    """The group after « add: », « group:.1 », « gather », « remove:.0 », « up:.2 », « place:.0:.2:after »…

    What has no path is about the conditions that are `picked`.
    """
    act, _colon, rest = go.partition(":")
    parts = rest.split(":")
    paths = [path_of(each) for each in (parts[0].split(",") if rest else picked)]
    try:
        if act in ("add", "group"):
            return _added(group, path_of(rest), act, first)
        if act in ("up", "down"):
            return _moved(group, paths[0], 1 if act == "down" else -1)
        if act == "place":
            return _placed(group, paths[0], path_of(parts[1]), after=parts[2:] == ["after"])
        if act in ACTS and paths:
            return ACTS[act](group, paths)
    except (Nowhere, IndexError):
        return Pressed(group)
    return Pressed(group)


def path_of(text: str) -> Path:
    """The places that lead to a line: « .1.0 » is the first one of the second group."""
    return tuple(int(each) for each in text.split(".") if each.isdecimal())


def named(path: Path) -> str:
    """The path as inputs name it."""
    return "".join(f".{place}" for place in path)


def items_of(node: Item) -> tuple[Item, ...]:
    """The lines of a group, or those on the rows that a condition is about. Raises Nowhere."""
    if isinstance(node, Group):
        return node.items
    if node.rows is None:
        raise Nowhere
    return node.rows.items


def found_at(group: Group, path: Path) -> Item:
    """The line at a path. Raises Nowhere."""
    node: Item = group
    for place in path:
        if place >= len(items_of(node)):
            raise Nowhere
        node = items_of(node)[place]
    return node


def _changed(node: Item, path: Path, change: Callable[[tuple[Item, ...]], tuple[Item, ...]]) -> Item:
    """The same with the lines of the group at a path changed."""
    items = items_of(node)
    if path:
        if path[0] >= len(items):
            raise Nowhere
        inner = _changed(items[path[0]], path[1:], change)
        items = (*items[: path[0]], inner, *items[path[0] + 1 :])
    else:
        items = change(items)
    if isinstance(node, Group):
        return replace(node, items=items)
    return replace(node, rows=replace(node.rows or Group(), items=items))


def _with(group: Group, path: Path, change: Callable[[tuple[Item, ...]], tuple[Item, ...]]) -> Group:
    changed = _changed(group, path, change)
    return changed if isinstance(changed, Group) else group


def _put(group: Group, path: Path, item: Item) -> Group:
    place = path[-1]
    return _with(group, path[:-1], lambda items: (*items[:place], item, *items[place:]))


def _take(group: Group, path: Path) -> Group:
    """Without a line, nor the groups that held nothing else."""
    group = _with(group, path[:-1], lambda items: (*items[: path[-1]], *items[path[-1] + 1 :]))
    holder = found_at(group, path[:-1])
    if path[:-1] and isinstance(holder, Group) and not holder.items:
        return _take(group, path[:-1])
    return group


def _added(group: Group, path: Path, act: str, first: Condition) -> Pressed:
    """One more condition or group at the end of a group; on rows it is yet to be chosen."""
    node = found_at(group, path)
    line = Condition() if _scope(group, (*path, 0)) else first
    item: Item = line if act == "add" else Group(_opposite(node), (line,))
    here = (*path, len(items_of(node)))
    said = _("Condition ajoutée") if act == "add" else said_group(item)
    return Pressed(_put(group, here, item), named(here if act == "add" else (*here, 0)), said)


def _opposite(node: Item) -> str:
    how = node.how if isinstance(node, Group) else (node.rows or Group()).how
    return ANY if how == ALL else ALL


def said_group(item: Item) -> str:
    """« Groupe, au moins une, 2 conditions »."""
    count = len(items_of(item))
    how = _("au moins une") if isinstance(item, Group) and item.how == ANY else _("toutes")
    return ngettext("Groupe, {how}, {count} condition", "Groupe, {how}, {count} conditions", count).format(
        how=how, count=count
    )


def _gathered(group: Group, paths: list[Path]) -> Pressed:
    """The chosen conditions of one group, put together in a group of their own where the first one was."""
    holder = paths[0][:-1]
    if not paths[0] or any(path[:-1] != holder for path in paths):
        return Pressed(group, said=_("Choisissez des conditions d’un même groupe."))
    places = sorted({path[-1] for path in paths})
    items = [found_at(group, (*holder, place)) for place in places]
    made = Group(_opposite(found_at(group, holder)), tuple(items))
    rest = _with(group, holder, lambda found: tuple(each for n, each in enumerate(found) if n not in places))
    here = (*holder, places[0])
    return Pressed(_put(rest, here, made), named((*here, 0)), said_group(made))


def _removed(group: Group, paths: list[Path]) -> Pressed:
    scope = _scope(group, min(paths))
    for path in sorted(paths, reverse=True):
        if path:
            found_at(group, path)
            group = _take(group, path)
    first = min(paths)
    said = ngettext("Condition retirée", "{count} conditions retirées", len(paths)).format(count=len(paths))
    return Pressed(group, _nearest(group, first, scope), said)


def _nearest(group: Group, path: Path, scope: Path) -> str:
    """Where the hand goes once a line has gone: the next one, else the one before, on the same rows."""
    while path:
        try:
            count = len(items_of(found_at(group, path[:-1])))
            here = (*path[:-1], min(path[-1], count - 1))
            if count and _scope(group, here) == scope:
                return named(here)
        except Nowhere:
            pass
        path = path[:-1]
    return ""


def _dissolved(group: Group, paths: list[Path]) -> Pressed:
    path = paths[0]
    item = found_at(group, path)
    if not path or not isinstance(item, Group):
        raise Nowhere
    place = path[-1]
    group = _with(group, path[:-1], lambda items: (*items[:place], *item.items, *items[place + 1 :]))
    return Pressed(group, _nearest(group, path, _scope(group, path)), _("Groupe dissous"))


ACTS: dict[str, Callable[[Group, list[Path]], Pressed]] = {
    "gather": _gathered,
    "remove": _removed,
    "dissolve": _dissolved,
}


def _moved(group: Group, path: Path, by: int) -> Pressed:
    """One place up or down: into the group beside, or out of its own at its edge."""
    item, holder, place = found_at(group, path), path[:-1], path[-1]
    siblings = items_of(found_at(group, holder))
    beside = place + by
    if 0 <= beside < len(siblings):
        there = siblings[beside]
        if isinstance(there, Group) and isinstance(item, Condition):
            target = (*holder, beside, 0 if by > 0 else len(there.items))
            return _carried(group, path, target)
        return _carried(group, path, (*holder, beside + (by > 0)))
    if holder and isinstance(found_at(group, holder), Group):
        return _carried(group, path, (*holder[:-1], holder[-1] + (by > 0)))
    return Pressed(group, named(path), _("Cette condition est déjà au bord."))


def _placed(group: Group, path: Path, beside: Path, *, after: bool) -> Pressed:
    """Before or after another line."""
    found_at(group, beside)
    return _carried(group, path, (*beside[:-1], beside[-1] + after))


def _carried(group: Group, path: Path, target: Path) -> Pressed:
    """A line from one place to another, counted before it leaves its own."""
    item = found_at(group, path)
    if target[: len(path)] == path and len(target) > len(path):
        raise Nowhere
    if _scope(group, path) != _scope(group, target):
        return Pressed(group, named(path), _("Une condition sur des lignes reste avec elles."))
    moved = replace(item)
    group = _put(group, target, moved)
    # What is put in before the line, in its own group or in one around, moves it one place further.
    level = len(target) - 1
    if len(path) > level and path[:level] == target[:level] and path[level] >= target[level]:
        path = (*path[:level], path[level] + 1, *path[level + 1 :])
    group = _take(group, path)
    here = _where(group, moved)
    count = len(items_of(found_at(group, here[:-1])))
    said = _("Condition {place} sur {count}").format(place=here[-1] + 1, count=count)
    return Pressed(group, named(here), said)


def _where(node: Item, wanted: Item) -> Path:
    """Where this very line is. Raises Nowhere."""
    if isinstance(node, Condition) and node.rows is None:
        raise Nowhere
    for place, item in enumerate(items_of(node)):
        if item is wanted:
            return (place,)
        try:
            return (place, *_where(item, wanted))
        except Nowhere:
            continue
    raise Nowhere


def _scope(group: Group, path: Path) -> Path:
    """The condition on rows that a line is one of, () when it is one of none."""
    for length in range(len(path) - 1, 0, -1):
        if isinstance(found_at(group, path[:length]), Condition):
            return path[:length]
    return ()

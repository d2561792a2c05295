"""Whether somebody else changed the property that an act gives a value to."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from builder.acts import ABSENT, Asked, Op, read
from builder.acts.documents import Impossible, path_to, target_of
from builder.acts.places import Missing, Path, overlap, path_of, pointer, same
from builder.acts.places import at as standing_at
from builder.journal.outcomes import Clash, Conflict
from builder.journal.selectors import RENAMING
from runtime.dates import hour_in_full
from runtime.procedures.models import DraftAct

SETTING = frozenset({"set", "retitle", "type"})
"""Acts on a property, which two people may give two values."""


def look_for_conflict(document: Any, asked: Asked, since: list[DraftAct]) -> None:
    """Raise Conflict where an act gives a property that others changed `since` another value than theirs."""
    if asked.act not in SETTING or not since:
        return
    wanted = _wanted(document, asked)
    for path, other in reversed(_changes(since)):
        for place, value in wanted.items():
            if overlap(pointer(path), place) and not _same_value(document, place, value):
                raise Conflict(_clash(document, asked, place, value, other))


def _changes(since: Iterable[DraftAct]) -> list[tuple[Path, DraftAct]]:
    """What acts changed, in order, each path as it now is; a new name alone changes nothing."""
    found: list[tuple[Path, DraftAct]] = []
    for each in since:
        ops = read(each.patch)
        old, new = _renamed(ops, each)
        found += [(op.path, each) for op in ops if not old or op.path not in (old, new)]
        if old:
            found = [
                (new + path[len(old) :] if path[: len(old)] == old else path, who) for path, who in found
            ]
    return found


def _renamed(ops: Iterable[Op], act: DraftAct) -> tuple[Path, Path]:
    """Where the question that an act renamed stood, and where it stands; () for another act."""
    tails = [("properties", target_of(each).id.rpartition(".")[2]) for each in (act.at, act.then)]
    if act.at == act.then or act.name not in RENAMING:
        return (), ()
    gone = [op.path for op in ops if op.after is ABSENT and op.path[-2:] == tails[0]]
    came = [op.path for op in ops if op.before is ABSENT and op.path[-2:] == tails[1]]
    return (gone[0], came[0]) if gone and came else ((), ())


def _wanted(document: Any, asked: Asked) -> dict[str, Any]:
    """The properties that an act gives values to, by their pointers."""
    try:
        base = path_to(document, asked.at)
    except Impossible:
        return {}
    if asked.act == "retitle":
        return {pointer((*base, "title")): asked.args.get("title", "")}
    if asked.act == "type":
        return {pointer((*base, "x-field", "type")): asked.args.get("kind", "")}
    return {pointer((*base, *path)): value for path, value in asked.args["values"].items()}


def _value_at(document: Any, place: str) -> Any:
    try:
        return standing_at(document, path_of(place))
    except Missing:
        return ABSENT


def _same_value(document: Any, place: str, value: Any) -> bool:
    now = _value_at(document, place)
    return (now is value) if ABSENT in (now, value) else same(now, value)


def _clash(document: Any, asked: Asked, place: str, value: Any, other: DraftAct) -> Clash:
    theirs = _value_at(document, place)
    return Clash(
        label=str(asked.args.get("label") or _("l’intitulé")),
        mine=None if value is ABSENT else value,
        theirs=None if theirs is ABSENT else theirs,
        by=str(other.by),
        at=hour_in_full(other.time),
    )

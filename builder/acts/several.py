"""One act on several parts at once: they go, are copied or move together, in the order of the form."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from builder.acts.documents import (
    PAGE,
    QUESTION,
    SECTION,
    Impossible,
    Target,
    all_sections,
    pages,
    path_to,
    questions,
)
from builder.acts.parts import move_part
from builder.acts.patches import Edit
from builder.acts.questions import Done, move_question
from builder.acts.requirement import names_under
from formdefs.errors import gettext_noop

One = Callable[[Target], Done]
"""The act on one part."""
SAID = {
    "delete": {
        QUESTION: gettext_noop("{count} questions supprimées"),
        SECTION: gettext_noop("{count} sections supprimées"),
        "": gettext_noop("{count} éléments supprimés"),
    },
    "duplicate": {
        QUESTION: gettext_noop("copies de {count} questions ajoutées après"),
        SECTION: gettext_noop("copies de {count} sections ajoutées après"),
    },
    "move": {
        QUESTION: gettext_noop("{count} questions déplacées"),
        SECTION: gettext_noop("{count} sections déplacées"),
        PAGE: gettext_noop("{count} pages déplacées"),
    },
}


def together(document: Any, targets: Collection[Target]) -> tuple[Target, ...]:
    """The parts that an act on several is about: in the order of the form, none inside another one."""
    for target in targets:
        path_to(document, target)
    inside = {under for target in targets for under in _under(document, target)}
    return tuple(
        each
        for each in _order(document)
        if each in targets and each not in inside and not _in_a_group(each, targets)
    )


def _order(document: Any) -> Iterable[Target]:
    names = [name for name, _ in questions(document)]
    for path, page in pages(document):
        yield Target(PAGE, page["page"])
        for section_path, section in all_sections(document):
            if section_path[: len(path)] != path:
                continue
            yield Target(SECTION, section["id"])
            for field in section.get("fields", ()):
                yield from (Target(QUESTION, name) for name in names if name.partition(".")[0] == field)


def _under(document: Any, target: Target) -> Iterable[Target]:
    if target.kind not in (PAGE, SECTION):
        return
    part = Edit(document).get(path_to(document, target))
    yield from (Target(SECTION, section["id"]) for section in part.get("sections", ()))
    for name in names_under(part):
        yield from (
            Target(QUESTION, each) for each, _ in questions(document) if each.partition(".")[0] == name
        )


def _in_a_group(target: Target, chosen: Collection[Target]) -> bool:
    steps = target.id.split(".")
    return target.kind == QUESTION and any(
        Target(QUESTION, ".".join(steps[:count])) in chosen for count in range(1, len(steps))
    )


def delete_several(targets: tuple[Target, ...], one: One) -> Done:
    """Take them all out."""
    done = [one(target) for target in targets][-1]
    return Done(done.select, *_said("delete", targets))


def duplicate_several(edit: Edit, targets: tuple[Target, ...], one: One) -> Done:
    """Add their copies one after the other, after the last of them."""
    _of_one_kind(targets)
    after, first = targets[-1], None
    for target in targets:
        copy = one(target).select
        first = first or copy
        _move(edit, copy, after)
        after = copy
    return Done(first or after, *_said("duplicate", targets))


def move_several(
    edit: Edit,
    targets: tuple[Target, ...],
    *,
    by: int = 0,
    to: Target | None = None,
    before: bool = False,
    select: Target,
) -> Done:
    """Move them all one place, or one after the other after (or before) a part. `select` stays selected."""
    _of_one_kind(targets)
    if to is not None and _holds(edit.document, targets, to):
        raise Impossible(gettext_noop("Choisissez une place hors de ce que vous déplacez."))
    if to is None:
        for target in targets if by < 0 else reversed(targets):
            _move(edit, target, by=by)
    else:
        beside = to.kind == targets[0].kind
        for target in targets:
            _move(edit, target, to, before=before)
            if beside or (target.kind != QUESTION and to.kind == QUESTION):
                beside, before, to = True, False, target
    return Done(select if select in targets else targets[0], *_said("move", targets))


def _move(edit: Edit, at: Target, to: Target | None = None, *, by: int = 0, before: bool = False) -> None:
    move = move_question if at.kind == QUESTION else move_part
    move(edit, at, by=by, to=to, before=before)


def _holds(document: Any, targets: tuple[Target, ...], to: Target) -> bool:
    return (
        to in targets or _in_a_group(to, targets) or any(to in _under(document, target) for target in targets)
    )


def _of_one_kind(targets: tuple[Target, ...]) -> None:
    if len({(target.kind, target.id.rpartition(".")[0]) for target in targets}) > 1:
        raise Impossible(
            gettext_noop("Choisissez des questions d’un même bloc, ou seulement des sections, ou des pages.")
        )


def _said(act: str, targets: tuple[Target, ...]) -> tuple[str, dict[str, Any]]:
    kinds = {target.kind for target in targets}
    return SAID[act].get(kinds.pop() if len(kinds) == 1 else "", SAID[act].get("", "")), {
        "count": len(targets)
    }

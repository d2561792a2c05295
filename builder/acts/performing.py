"""One act by its name: the new document, the patch that leads to it, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from builder.acts import (
    checks,
    columns,
    decimals,
    given_rows,
    lists,
    parts,
    process,
    questions,
    several,
    workbooks,
)
from builder.acts.documents import (
    CELLS,
    CHECKS,
    ENTRY,
    OF_WORKBOOKS,
    PAGE,
    QUESTION,
    ROLE,
    SECTION,
    SHEET,
    STEP,
    Impossible,
    Target,
    complete,
    path_to,
    target_of,
)
from builder.acts.patches import Edit, Patch
from builder.acts.places import Path
from builder.acts.questions import Done
from builder.acts.requirement import require
from builder.acts.settings import put_choices, put_property, set_other
from formdefs.errors import gettext_noop

LONGEST_TITLE = 500


@dataclass(frozen=True)
class Asked:
    """An act as it is asked: its name, what it is about, its arguments; `frozen` are published identities.

    `several` are the parts that it is about where it is about more than `at`.
    """

    act: str
    at: Target
    args: Mapping[str, Any] = field(default_factory=dict)
    frozen: Collection[str] = ()
    slug: str = "demarche"
    several: tuple[Target, ...] = ()

    @property
    def title(self) -> str:
        """The title that is asked for. Raises Impossible without one."""
        title = " ".join(str(self.args.get("title", "")).split())[:LONGEST_TITLE]
        if not title:
            raise Impossible(gettext_noop("Donnez un intitulé."))
        return title

    @property
    def to(self) -> Target | None:
        """Where to move."""
        return target_of(str(self.args["to"])) if self.args.get("to") else None

    @property
    def by(self) -> int:
        """How many places to move."""
        return {"up": -1, "down": 1}.get(str(self.args.get("by", "")), 0)


@dataclass(frozen=True)
class Performed:
    """What an act gives."""

    document: Any
    patch: Patch
    done: Done


def perform(document: Any, asked: Asked) -> Performed:
    """Do one act on a document, which is left as it is. Raises Impossible."""
    if asked.act not in ACTS:
        raise Impossible(gettext_noop("Cet acte n’existe pas."))
    edit = Edit(document)
    complete(edit, asked.slug)
    done = _together(edit, asked) if len(asked.several) > 1 else ACTS[asked.act](edit, asked)
    return Performed(edit.document, edit.patch, done)


def _together(edit: Edit, asked: Asked) -> Done:
    """An act on several parts; on one where the others are inside it."""
    targets = several.together(edit.document, asked.several)

    def one(at: Target) -> Done:
        return ACTS[asked.act](edit, replace(asked, at=at, several=()))

    if len(targets) == 1:
        return one(targets[0])
    if asked.act == "delete" and targets:
        return several.delete_several(targets, one)
    if asked.act == "duplicate" and targets:
        return several.duplicate_several(edit, targets, one)
    if asked.act == "move" and targets:
        before = asked.args.get("place") == "before"
        return several.move_several(edit, targets, by=asked.by, to=asked.to, before=before, select=asked.at)
    raise Impossible(gettext_noop("Ceci ne se fait pas à plusieurs éléments."))


def _add(edit: Edit, asked: Asked) -> Done:
    kind = str(asked.args.get("kind", "text"))
    if kind == SECTIONS:
        return parts.add_section(edit, asked.at, title=asked.title)
    if kind == PAGES:
        return parts.add_page(edit, asked.at, title=asked.title)
    inside = bool(asked.args.get("inside"))
    done = questions.add_question(
        edit, asked.at, title=asked.title, kind=kind, frozen=asked.frozen, inside=inside
    )
    if asked.args.get("choices"):
        put_choices(edit, done.select, asked.args["choices"])
    if asked.args.get("optional"):
        require(edit, done.select.id, False)
    return done


SECTIONS, PAGES = "section", "page"


def _duplicate(edit: Edit, asked: Asked) -> Done:
    if asked.at.kind == QUESTION:
        return questions.duplicate_question(edit, asked.at, frozen=asked.frozen)
    if asked.at.kind == SECTION:
        return parts.duplicate_section(edit, asked.at, frozen=asked.frozen)
    raise Impossible(gettext_noop("Seules une question ou une section se dupliquent."))


def _delete(edit: Edit, asked: Asked) -> Done:
    if asked.at.kind == QUESTION:
        return questions.delete_question(edit, asked.at)
    if asked.at.kind in (SECTION, PAGE):
        return parts.delete_part(edit, asked.at)
    if asked.at.kind in CHECKS:
        return checks.delete_check(edit, asked.at)
    if asked.at.kind in (STEP, ROLE, ENTRY):
        return process.delete_listed(edit, asked.at)
    if asked.at.kind in OF_WORKBOOKS:
        return workbooks.delete_part(edit, asked.at)
    raise Impossible(gettext_noop("La démarche ne se supprime pas ici."))


def _move(edit: Edit, asked: Asked) -> Done:
    before = asked.args.get("place") == "before"
    if asked.at.kind == QUESTION:
        return questions.move_question(edit, asked.at, by=asked.by, to=asked.to, before=before)
    if asked.at.kind in (SECTION, PAGE):
        return parts.move_part(edit, asked.at, by=asked.by, to=asked.to, before=before)
    if asked.at.kind in CELLS:
        return workbooks.move_cell(edit, asked.at, by=asked.by)
    return process.move_listed(edit, asked.at, by=asked.by)


def _retitle(edit: Edit, asked: Asked) -> Done:
    if asked.at.kind == QUESTION:
        return questions.retitle(edit, asked.at, title=asked.title, frozen=asked.frozen)
    put_property(edit, asked.at, ("title",), asked.title)
    return Done(asked.at, gettext_noop("intitulé de « {title} »"), {"title": asked.title})


def _set(edit: Edit, asked: Asked) -> Done:
    """Give properties their values; each of `values` is a path below the target, with its value."""
    values: Mapping[Path, Any] = asked.args["values"]
    at, rounded = asked.at, False
    # Bounds sent along with the decimals were typed for those that there were.
    for path, value in sorted(values.items(), key=lambda each: each[0] == decimals.PLACES):
        if path == decimals.PLACES:
            rounded = decimals.set_places(edit, at, value)
        else:
            at = _set_one(edit, at, path, value, asked)
    if rounded:
        said = gettext_noop("{label} de « {title} » ; ses bornes sont arrondies")
        return Done(at, said, _said_of(edit, at, asked))
    return Done(at, gettext_noop("{label} de « {title} »"), _said_of(edit, at, asked))


def _set_one(edit: Edit, at: Target, path: Path, value: Any, asked: Asked) -> Target:
    if at.kind == QUESTION and path == ("title",):
        return questions.retitle(edit, at, title=str(value), frozen=asked.frozen).select
    if at.kind in CELLS and path in OF_CELLS:
        OF_CELLS[path](edit, at, value)
        return at
    if at.kind == SHEET and path == ("table", "each"):
        given_rows.set_rows(edit, at, value)
        return at
    if at.kind == SECTION and path == ("contact",):
        parts.set_contact(edit, at, bool(value))
        return at
    if at.kind in CHECKS and path == ("that",):
        checks.write_rule(edit, at, value)
        return at
    if at.kind == SHEET and path == ("title",):
        workbooks.check_sheet_title(str(value))
    if at.kind == QUESTION and path == ("required",):
        require(edit, at.id, bool(value))
    elif path[-1] == "when" and at.kind in (QUESTION, PAGE, SECTION):
        _condition(edit, at, value)
    elif at.kind == QUESTION and path[-1] == "compute":
        # What is computed is never asked.
        require(edit, at.id, False)
        put_property(edit, at, path, value)
    elif path == ("choices",):
        put_choices(edit, at, value)
    elif path == ("x-field", "other"):
        set_other(edit, at, value is True)
    else:
        put_property(edit, at, path, value)
    return at


OF_CELLS: Mapping[Path, Callable[[Edit, Target, Any], None]] = {
    ("kind",): lambda edit, at, value: workbooks.convert_cell(edit, at, kind=str(value)),
    ("required",): lambda edit, at, value: workbooks.require_cell(edit, at, bool(value)),
    ("given",): given_rows.set_given,
    ("total",): lambda edit, at, value: workbooks.set_total(edit, at, bool(value)),
    ("total_title",): workbooks.name_total,
    ("x-field", "compute"): workbooks.compute_cell,
}
"""What a column or a line is told that is not written below it alone."""


def _condition(edit: Edit, at: Target, rule: Any) -> None:
    path_to(edit.document, at)
    if at.kind == QUESTION:
        questions.set_condition(edit, at.id, rule)
    else:
        parts.set_part_condition(edit, at, rule)


def _said_of(edit: Edit, at: Target, asked: Asked) -> dict[str, str]:
    found = edit.get(path_to(edit.document, at), {})
    return {"label": str(asked.args.get("label", "réglage")), "title": process.said(found)}


def _cell_kind(asked: Asked) -> str:
    kind = str(asked.args.get("kind", "text"))
    return columns.head_of(asked.title).kind if kind == columns.GUESSED else kind


ACTS: Mapping[str, Callable[[Edit, Asked], Done]] = {
    "add": _add,
    "duplicate": _duplicate,
    "delete": _delete,
    "move": _move,
    "retitle": _retitle,
    "set": _set,
    "type": lambda edit, asked: questions.change_type(edit, asked.at, kind=str(asked.args.get("kind", ""))),
    "paste": lambda edit, asked: lists.add_list(
        edit, asked.at, proposed=asked.args["proposed"], frozen=asked.frozen
    ),
    "preset": lambda edit, asked: process.use_preset(edit, preset=str(asked.args.get("preset", ""))),
    "add_step": lambda edit, asked: process.add_step(edit, asked.at, title=asked.title),
    "add_role": lambda edit, asked: process.add_role(edit, title=asked.title),
    "add_check": lambda edit, asked: checks.add_check(edit, asked.at, message=asked.title),
    "add_row_check": lambda edit, asked: checks.add_row_check(edit, asked.at, message=asked.title),
    "paste_columns": lambda edit, asked: columns.add_columns(edit, asked.at, heads=asked.args["heads"]),
    "add_workbook": lambda edit, asked: workbooks.add_workbook(edit, title=asked.title),
    "add_sheet": lambda edit, asked: workbooks.add_sheet(edit, asked.at, title=asked.title),
    "add_column": lambda edit, asked: workbooks.add_column(
        edit, asked.at, title=asked.title, kind=_cell_kind(asked)
    ),
    "add_line": lambda edit, asked: workbooks.add_line(
        edit, asked.at, title=asked.title, kind=_cell_kind(asked)
    ),
    "add_entry_rule": lambda edit, asked: process.add_entry_rule(edit, message=asked.title),
}

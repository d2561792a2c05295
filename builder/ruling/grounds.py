"""Where a rule stands: what it may name there, and how it is said in French."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.acts.documents import (
    CELLS,
    CHECK,
    CHECKS,
    COLUMN,
    ENTRY,
    PROCEDURE,
    QUESTION,
    ROW_CHECK,
    Target,
    is_row_check,
    path_to,
)
from builder.acts.documents import workbook_of as workbook_target
from builder.acts.patches import Edit
from formdefs import Definition, Phase, Question
from formdefs.expressions import ExpressionFlaw, Names, Parsed, Titles, phase_names, read, say
from formdefs.expressions.names import OUTER


@dataclass(frozen=True)
class Ground:
    """The names that a rule may read where it stands, those of its own level first.

    `phase` is the form that it is tried in, `groups` those whose rows it stands in.
    """

    names: Names
    titles: Titles
    around: Mapping[str, Question]
    phase: Phase
    groups: tuple[str, ...] = ()

    def inside(self, name: str) -> "Ground":
        """Where the rules of a group's rows stand."""
        group = self.titles.questions[name]
        inner = phase_names(group.rows)
        return Ground(
            Names(inner.columns, parent=self.names),
            self.titles.inside(group),
            self.titles.questions,
            self.phase,
            (*self.groups, name),
        )

    def said(self, rule: Any) -> str:
        """The rule in French, or as it is written where it cannot be read."""
        try:
            return say(self.read(rule), self.titles)
        except ExpressionFlaw:
            return json.dumps(rule, ensure_ascii=False)

    def read(self, rule: Any) -> Parsed:
        """The rule, checked, whatever it gives. Raises ExpressionFlaw."""
        return read(rule, self.names)

    def readable(self) -> dict[str, Question]:
        """Every question that a rule may name, by the name it writes: a row's own before those around it."""
        own = dict(self.titles.questions)
        if self.titles.parent is None:
            return own
        return {**own, **{f"parent.{name}": each for name, each in self.around.items()}}


def ground_of(
    definition: Definition, target: Target, facts: Mapping[str, Mapping[str, str]] | None = None
) -> Ground:
    """Where the rules of a part stand; an entry rule stands where there are no answers yet.

    `facts` says the values of what is known besides answers, by its name.
    """
    facts = facts or {}
    phase = _form_of(definition, target)
    if target.kind == ENTRY:
        return Ground(Names(), Titles(facts=facts), {}, phase)
    known = dict(phase.questions)
    ground = Ground(phase_names(known.values(), phase.id), Titles(known, facts=facts), {}, phase)
    for name in _groups_of(target):
        if name not in ground.titles.questions:
            break
        ground = ground.inside(name)
    return ground


def _form_of(definition: Definition, target: Target) -> Phase:
    """The form whose names a part's rules read: that of its workbook, else the démarche’s."""
    within = target.kind in CELLS or (target.kind == CHECK and "." in target.id)
    book = definition.workbooks.get(workbook_target(target).id) if within else None
    return book.form if book is not None else definition.first_phase


def _groups_of(target: Target) -> list[str]:
    """The groups whose rows a part stands in: the table of a sheet is one, named as the sheet."""
    steps = target.id.split(".")
    if target.kind == COLUMN or is_row_check(target):
        return steps[1:2]
    return steps[:-1] if target.kind in (QUESTION, ROW_CHECK) else []


def written_rule(document: Any, target: Target, key: str = "when") -> Any:
    """The rule of a part as it is written, None where it has none."""
    if target.kind == PROCEDURE:
        return None
    part = Edit(document).get(path_to(document, target), {})
    for step in rule_path(target, key)[:-1]:
        part = part.get(step, {})
    return part.get(rule_path(target, key)[-1])


def rule_path(target: Target, key: str = "when") -> tuple[str, ...]:
    """Where the rule of a part is written, below it."""
    if target.kind in CHECKS:
        return ("that",)
    return ("x-field", key) if target.kind in (QUESTION, *CELLS) else (key,)


OUTSIDE = {
    f"{root}.{name}": kind
    for root, whole in OUTER.items()
    for name, kind in whole.columns.items()
    if kind.kind in ("text", "date", "number", "boolean")
} | {root: kind for root, kind in OUTER.items() if kind.kind == "date"}
"""What a rule may read besides answers, with its type."""

"""Where a rule stands: what it may name there, and how it is said in French."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.acts.documents import ENTRY, PROCEDURE, QUESTION, Target, path_to
from builder.acts.patches import Edit
from formdefs import Definition, Question
from formdefs.expressions import ExpressionFlaw, Names, Parsed, Titles, phase_names, read, say
from formdefs.expressions.names import OUTER


@dataclass(frozen=True)
class Ground:
    """The names that a rule may read where it stands, those of its own level first."""

    names: Names
    titles: Titles
    around: Mapping[str, Question]

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


def ground_of(definition: Definition, target: Target) -> Ground:
    """Where the rules of a part stand; an entry rule stands where there are no answers yet."""
    if target.kind == ENTRY:
        return Ground(Names(), Titles(), {})
    known = dict(definition.first_phase.questions)
    names = phase_names(known.values(), definition.first_phase.id)
    ground = Ground(names, Titles(known), {})
    for name in target.id.split(".")[:-1] if target.kind == QUESTION else ():
        group = ground.titles.questions.get(name)
        if group is None:
            break
        inner = phase_names(group.rows)
        ground = Ground(
            Names(inner.columns, parent=ground.names), ground.titles.inside(group), ground.titles.questions
        )
    return ground


def written_rule(document: Any, target: Target, key: str = "when") -> Any:
    """The rule of a part as it is written, None where it has none."""
    if target.kind == PROCEDURE:
        return None
    part = Edit(document).get(path_to(document, target), {})
    return (part.get("x-field", {}) if target.kind == QUESTION else part).get(key)


def rule_path(target: Target, key: str = "when") -> tuple[str, ...]:
    """Where the rule of a part is written, below it."""
    return ("x-field", key) if target.kind == QUESTION else (key,)


OUTSIDE = {
    f"{root}.{name}": kind
    for root, whole in OUTER.items()
    for name, kind in whole.columns.items()
    if kind.kind in ("text", "date", "number", "boolean")
} | {root: kind for root, kind in OUTER.items() if kind.kind == "date"}
"""What a rule may read besides answers, with its type."""

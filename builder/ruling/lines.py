"""A rule's groups and conditions as the builder draws them, each with whether it holds in the trial."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from builder.ruling.conditions import Condition, Group, written
from builder.ruling.grounds import OUTSIDE, Ground
from builder.ruling.subjects import COMPARISONS, COUNT, Subject
from builder.ruling.trying import Trial
from builder.ruling.values import Unfinished


@dataclass(frozen=True)
class Line:
    """A condition or a group as the builder draws it; `path` names its inputs."""

    path: str
    place: int
    condition: Condition | None = None
    subject: Subject | None = None
    verdict: bool | None = None
    group: Group | None = None
    lines: tuple["Line", ...] = ()
    inside: bool = False
    subjects: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    picked: bool = False

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The values that the condition may be given, where they are listed."""
        if self.subject is None or self.condition is None:
            return ()
        return self.subject.offered(*(self.condition.values or (self.condition.value,)))


def attempted(group: Group, known: Mapping[str, Subject]) -> tuple[Any, str]:
    """The expression of a group, or what keeps it from being written."""
    try:
        return written(group, known), ""
    except Unfinished as error:
        return None, str(error)


def _parted(
    known: Mapping[str, Subject], *, in_rows: bool
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """What a condition may be about, with titles: of its own row, of the form, and what is known besides."""
    row, form, facts = _("Cette ligne"), _("Le formulaire"), _("Ce qui est connu")
    found: dict[str, list[tuple[str, str]]] = {row: [], form: [], facts: []}
    for each in known.values():
        around = each.name.removeprefix(COUNT).startswith("parent.")
        part = facts if each.name in OUTSIDE else row if in_rows and not around else form
        found[part].append((each.name, each.title))
    return tuple((part, tuple(listed)) for part, listed in found.items() if listed)


def _others(
    item: Condition, subject: Subject | None, known: Mapping[str, Subject]
) -> tuple[tuple[str, str], ...]:
    """What a condition may be compared with besides a value."""
    if subject is None or item.operator not in COMPARISONS:
        return ()
    return tuple(subject.compared(known).items())


def group_line(
    group: Group,
    at: Line,
    ground: Ground,
    known: Mapping[str, Subject],
    trial: Trial | None,
    picked: frozenset[str],
) -> Line:
    """A group with its lines, `at` being what stands there already; conditions on rows are not tried."""
    lines = []
    titles = _parted(known, in_rows=bool(ground.groups) or at.condition is not None)
    for number, item in enumerate(group.items):
        here = Line(f"{at.path}.{number}", number, subjects=titles, inside=True)
        if isinstance(item, Group):
            lines.append(group_line(item, here, ground, known, trial, picked))
            continue
        found, problem = attempted(Group("all", (item,)), known)
        verdict = None if problem or trial is None else trial.holds(found, ground)
        subject = known.get(item.subject)
        line = replace(
            here,
            condition=item,
            subject=subject,
            verdict=verdict,
            picked=here.path in picked,
            others=_others(item, subject, known),
        )
        if item.rows is not None and subject is not None:
            line = group_line(item.rows, line, ground, subject.inside, None, picked)
        lines.append(line)
    return replace(at, group=group, lines=tuple(lines))

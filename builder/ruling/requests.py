"""From the rule builder's form to its groups and lines."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import QueryDict

from builder.ruling.conditions import ALL, ANY, TIMES, Condition, Group
from builder.ruling.grounds import OUTSIDE
from builder.ruling.subjects import BY_KIND, Subject

DEEPEST, MOST = 4, 40


def group_sent(data: QueryDict, path: str = "") -> Group:
    """The group that the form describes at a path."""
    items: list[Condition | Group] = []
    for place in data.getlist(f"items{path}")[:MOST]:
        inner = f"{path}.{place}" if place.isdecimal() else ""
        if not inner or inner.count(".") > DEEPEST:
            continue
        below = group_sent(data, inner) if f"how{inner}" in data else None
        if below is not None and f"q{inner}" not in data:
            items.append(below)
        else:
            items.append(_condition_sent(data, inner, below))
    return Group(ANY if data.get(f"how{path}") == ANY else ALL, tuple(items))


def _condition_sent(data: QueryDict, path: str, rows: Group | None) -> Condition:
    """The condition at a path; a value given to another question, for which it was drawn, is not its own."""
    subject, operator = data.get(f"q{path}", ""), data.get(f"o{path}", "")
    other = data.get(f"w{path}", "")
    if data.get(f"of{path}", subject) != subject:
        return Condition(subject, operator, rows=rows, other=other)
    return Condition(
        subject, operator, data.get(f"v{path}", ""), tuple(data.getlist(f"vs{path}")), rows, other
    )


def likely(subjects: Mapping[str, Subject], order: list[str], name: str) -> Condition:
    """The condition that one is likeliest to want: the nearest earlier yes/no or choice."""
    earlier = order[: order.index(name)] if name in order else order
    for candidate in reversed(earlier):
        subject = subjects.get(candidate)
        if subject is not None and subject.kind in ("boolean", "choice"):
            return _on(subject)
    return Condition()


def first_of(subjects: Mapping[str, Subject]) -> Condition:
    """The condition that begins a list on rows: on their first yes/no or choice, else on what comes first."""
    listed = sorted(
        subjects.values(), key=lambda each: (each.name in OUTSIDE, each.kind not in ("boolean", "choice"))
    )
    return suited_line(_on(listed[0]), subjects) if listed else Condition()


def _on(subject: Subject) -> Condition:
    """The condition that a subject begins with."""
    first = subject.choices[0][0] if subject.kind == "choice" and subject.choices else ""
    return Condition(subject.name, BY_KIND[subject.kind][0], first)


def suited(group: Group, subjects: Mapping[str, Subject], *, rows: bool = False) -> Group:
    """The group with comparisons that suit their subjects, which may just have been changed.

    Of conditions on `rows`, one that is about nothing yet is given something.
    """
    items: list[Condition | Group] = []
    for item in group.items:
        if isinstance(item, Group):
            items.append(suited(item, subjects, rows=rows))
        elif rows and item.subject not in subjects:
            items.append(first_of(subjects))
        else:
            items.append(suited_line(item, subjects))
    return replace(group, items=tuple(items))


def suited_line(item: Condition, subjects: Mapping[str, Subject]) -> Condition:
    """A condition whose comparison suits its subject."""
    subject = subjects.get(item.subject)
    if subject is None:
        return replace(item, rows=None, other="")
    if item.other not in subject.compared(subjects):
        item = replace(item, other="")
    if item.operator not in BY_KIND[subject.kind]:
        item = Condition(item.subject, BY_KIND[subject.kind][0], rows=item.rows)
    if subject.kind != "group":
        return replace(_one_or_several(item, subject), rows=None)
    if item.operator in TIMES and not item.value:
        item = replace(item, value="1")
    rows = item.rows if item.rows is not None else Group(ALL, (first_of(subject.inside),))
    return replace(item, rows=suited(rows, subject.inside, rows=True))


def _one_or_several(item: Condition, subject: Subject) -> Condition:
    """The value chosen stays so when « est » becomes « est parmi », and back."""
    if subject.kind != "choice" or not subject.choices:
        return item
    if item.operator == "among":
        return item if item.values or not item.value else replace(item, value="", values=(item.value,))
    return replace(item, value=item.values[0], values=()) if item.values and not item.value else item

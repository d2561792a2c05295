"""Rules as people compose them: groups of (question, comparison, value), and what they are written as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from builder.acts.places import same
from builder.ruling.subjects import BY_KIND, COMPARISONS, COUNT, OVER_ROWS, SIGNS, UNARY, Subject
from builder.ruling.values import Unfinished, literal, typed

ALL, ANY = "all", "any"
TIMES = {"at_least": ">=", "at_most": "<="}
"""Comparisons of how many rows are such that a condition holds."""


@dataclass(frozen=True)
class Condition:
    """One line: what, how, and the value as it is typed.

    `rows` is what must hold of rows; `other` is what it is compared with instead of a value.
    """

    subject: str = ""
    operator: str = ""
    value: str = ""
    values: tuple[str, ...] = ()
    rows: Group | None = None
    other: str = ""


@dataclass(frozen=True)
class Group:
    """Lines of which all must hold, or one."""

    how: str = ALL
    items: tuple[Condition | Group, ...] = field(default_factory=tuple)


def written(group: Group, known: Mapping[str, Subject]) -> Any:
    """The expression of a group. Raises Unfinished."""
    parts = [
        written(item, known) if isinstance(item, Group) else _written_condition(item, known)
        for item in group.items
    ]
    if not parts:
        raise Unfinished(_("Ajoutez au moins une condition."))
    if len(parts) == 1:
        return parts[0]
    return {"and" if group.how == ALL else "or": parts}


def _written_condition(condition: Condition, known: Mapping[str, Subject]) -> Any:
    subject = known.get(condition.subject)
    if subject is None:
        raise Unfinished(_("Choisissez une question."))
    operator = condition.operator
    if operator not in BY_KIND[subject.kind]:
        raise Unfinished(_("Choisissez une comparaison pour « {title} ».").format(title=subject.title))
    name = {"var": subject.name.removeprefix(COUNT)}
    if operator in OVER_ROWS:
        return _written_rows(condition, subject, name)
    if operator in UNARY:
        return {
            "yes": name,
            "no": {"!": name},
            "known": {"!=": [name, None]},
            "unknown": {"==": [name, None]},
        }[operator]
    if operator == "among":
        values = [each for each in condition.values or condition.value.split(",") if each.strip()]
        if not values:
            raise Unfinished(_("Choisissez une valeur pour « {title} ».").format(title=subject.title))
        return {"in": [name, [literal(each.strip(), subject) for each in values]]}
    if condition.other in subject.compared(known) and operator in COMPARISONS:
        return {COMPARISONS[operator]: [name, {"var": condition.other}]}
    value = literal(condition.value, subject)
    if operator in ("has", "has_not"):
        found = {"in": [value, name]}
        return found if operator == "has" else {"!": found}
    if subject.kind == "rows":
        return {SIGNS[operator]: [{"count": name}, value]}
    return {COMPARISONS[operator]: [name, value]}


def _written_rows(condition: Condition, subject: Subject, name: Any) -> Any:
    """What must hold of some rows of a group, of all, of none or of so many."""
    holding = [name, written(condition.rows or Group(), subject.inside)]
    if condition.operator not in TIMES:
        return {condition.operator: holding}
    text = condition.value.strip()
    if not (text.isdecimal() and text.isascii() and len(text) < LONGEST_COUNT):
        raise Unfinished(_("Donnez un nombre de lignes à « {title} ».").format(title=subject.title))
    return {TIMES[condition.operator]: [{"count": {"filter": holding}}, int(text)]}


LONGEST_COUNT = 6


def read_group(rule: Any, known: Mapping[str, Subject]) -> Group | None:
    """The group that an expression stands for, None where lines cannot say it exactly."""
    if rule is None or rule is True:
        return Group()
    rule = _plain(rule)
    found = _read(rule, known)
    if found is None:
        return None
    group = found if isinstance(found, Group) else Group(ALL, (found,))
    try:
        return group if same(written(group, known), rule) else None
    except Unfinished:
        return None


def _plain(rule: Any) -> Any:
    """The same rule, whose operators on one value have it without a list around it."""
    if isinstance(rule, list):
        return [_plain(each) for each in rule]
    if not isinstance(rule, Mapping):
        return rule
    return {
        operator: _plain(given[0]) if operator in ONE and isinstance(given, list) and len(given) == 1
        else _plain(given)
        for operator, given in rule.items()
    }  # fmt: skip


ONE = ("!", "count", "var")
"""Operators that lines write with one value."""


def _read(rule: Any, known: Mapping[str, Subject]) -> Condition | Group | None:
    if not isinstance(rule, Mapping) or len(rule) != 1:
        return None
    operator, given = next(iter(rule.items()))
    arguments = given if isinstance(given, list) else [given]
    if operator in ("and", "or"):
        items = [_read(each, known) for each in arguments]
        if any(item is None for item in items):
            return None
        return Group(ALL if operator == "and" else ANY, tuple(item for item in items if item is not None))
    if operator == "var":
        return Condition(str(arguments[0]), "yes")
    if operator == "!" and isinstance(arguments[0], Mapping):
        inner = _read(arguments[0], known)
        opposite = {"yes": "no", "has": "has_not"}
        if isinstance(inner, Condition) and inner.operator in opposite:
            return Condition(inner.subject, opposite[inner.operator], inner.value)
        return None
    if len(arguments) != 2:
        return None
    if operator in OVER_ROWS:
        return _read_rows(operator, arguments, known)
    return _read_comparison(operator, arguments, known)


def _read_rows(
    operator: str, arguments: list[Any], known: Mapping[str, Subject], times: Any = ""
) -> Condition | None:
    name = arguments[0].get("var") if isinstance(arguments[0], Mapping) else None
    subject = known.get(str(name))
    if subject is None or subject.kind != "group":
        return None
    found = _read(arguments[1], subject.inside)
    if found is None:
        return None
    rows = found if isinstance(found, Group) else Group(ALL, (found,))
    return Condition(subject.name, operator, str(times), rows=rows)


def _read_times(operator: str, left: Any, right: Any, known: Mapping[str, Subject]) -> Condition | None:
    """So many rows such that a condition holds, None where it is something else that is compared."""
    counted = left.get("count") if isinstance(left, Mapping) else None
    filtered = counted.get("filter") if isinstance(counted, Mapping) else None
    if not isinstance(filtered, list) or len(filtered) != 2 or operator not in TIMES.values():
        return None
    return _read_rows({sign: name for name, sign in TIMES.items()}[operator], filtered, known, right)


def _read_comparison(operator: str, arguments: list[Any], known: Mapping[str, Subject]) -> Condition | None:
    left, right = arguments
    if (counted := _read_times(operator, left, right, known)) is not None:
        return counted
    if operator == "in" and isinstance(right, Mapping):
        subject = known.get(str(right.get("var")))
        return Condition(subject.name, "has", str(left)) if subject else None
    name = left.get("var") if isinstance(left, Mapping) else None
    if isinstance(left, Mapping) and isinstance(left.get("count"), Mapping):
        name = f"{COUNT}{left['count'].get('var')}"
    subject = known.get(str(name))
    if subject is None:
        return None
    if right is None:
        return Condition(subject.name, {"==": "unknown", "!=": "known"}.get(operator, ""))
    if operator == "in" and isinstance(right, list):
        return Condition(subject.name, "among", ", ".join(map(str, right)), tuple(map(str, right)))
    for each in BY_KIND[subject.kind]:
        if COMPARISONS.get(each) == operator:
            other = right.get("var") if isinstance(right, Mapping) else None
            if isinstance(other, str):
                return Condition(subject.name, each, other=other)
            return Condition(subject.name, each, typed(right, subject))
    return None

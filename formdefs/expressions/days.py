"""Days of the calendar, written 2026-03-27, from year 1 to year 9999; elsewhere nothing is known."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date
from typing import Any

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


def day_of(value: Any) -> date | None:
    """The day that a text writes, None when it writes none."""
    if not isinstance(value, str) or not _DAY.match(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def is_day(value: Any) -> bool:
    """Whether a value is a text that writes a day."""
    return day_of(value) is not None


def days_between(values: list[Any]) -> int | None:
    first, last = map(day_of, values)
    return None if first is None or last is None else last.toordinal() - first.toordinal()


def months_between(values: list[Any]) -> int | None:
    """Whole months elapsed, negative where the second day comes first."""
    first, last = map(day_of, values)
    if first is None or last is None:
        return None
    return -_months(last, first) if last < first else _months(first, last)


def years_between(values: list[Any]) -> int | None:
    """Whole years elapsed: a birthday on 29 February is reached on 1 March of the other years."""
    months = months_between(values)
    return None if months is None else (months // 12 if months >= 0 else -(-months // 12))


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def add_days(values: list[Any]) -> str | None:
    day, number = day_of(values[0]), values[1]
    if (
        day is None
        or number is None
        or not 1 <= (ordinal := day.toordinal() + number) <= date.max.toordinal()
    ):
        return None
    return date.fromordinal(ordinal).isoformat()


def add_months(values: list[Any]) -> str | None:
    """The same day of a later month, or the last of that month where it has no such day."""
    day, number = day_of(values[0]), values[1]
    if day is None or number is None:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])).isoformat()


def add_years(values: list[Any]) -> str | None:
    return add_months([values[0], None if values[1] is None else values[1] * 12])


def year(values: list[Any]) -> int | None:
    day = day_of(values[0])
    return None if day is None else day.year


def month(values: list[Any]) -> int | None:
    day = day_of(values[0])
    return None if day is None else day.month

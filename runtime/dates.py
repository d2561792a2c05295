"""Dates as they are written to people.

A limit given to the minute ends when that minute ends: it is kept as that instant (23:59 as 24:00), and said
as `last_minute`.
"""

from datetime import date, datetime, timedelta
from typing import overload
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def date_in_full(value: date | datetime, zone: str | None = None) -> str:
    """« 31 janvier 2027 »."""
    if isinstance(value, datetime):
        value = timezone.localtime(value, ZoneInfo(zone) if zone else None)
    return date_format(value, "j F Y").replace(" ", "\N{NO-BREAK SPACE}")


def moment_in_full(value: datetime, zone: str | None = None) -> str:
    """« 31 janvier 2027 à 23 h 59 »."""
    local = timezone.localtime(value, ZoneInfo(zone) if zone else None)
    hour = date_format(local, "G\N{NO-BREAK SPACE}\\h\N{NO-BREAK SPACE}i")
    return _("{day} à {hour}").format(day=date_in_full(value, zone), hour=hour)


@overload
def last_minute(limit: datetime) -> datetime: ...
@overload
def last_minute(limit: None) -> None: ...
def last_minute(limit: datetime | None) -> datetime | None:
    """The last minute that a kept limit lets in, which is the one people are told."""
    return limit - timedelta(minutes=1) if limit else None


def limit_after(minute: datetime) -> datetime:
    """The limit to keep so that all of `minute` is let in."""
    return minute + timedelta(minutes=1)

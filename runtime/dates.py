"""Dates as they are written to people.

A limit given to the minute ends when that minute ends: it is kept as that instant (23:59 as 24:00), and said
as `last_minute`.
"""

from datetime import date, datetime, timedelta
from typing import overload
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

NBSP = "\N{NO-BREAK SPACE}"


def date_in_full(value: date | datetime, zone: str | None = None) -> str:
    """« 31 janvier 2027 », « 1er avril 2027 »."""
    local = _local(value, zone) if isinstance(value, datetime) else value
    first = local.day == 1 and (get_language() or "fr").startswith("fr")
    return f"{'1er' if first else local.day}{NBSP}{date_format(local, 'F Y').replace(' ', NBSP)}"


def hour_in_full(value: datetime, zone: str | None = None) -> str:
    """« 23 h 59 »."""
    return date_format(_local(value, zone), f"G{NBSP}\\h{NBSP}i")


def moment_in_full(value: datetime, zone: str | None = None) -> str:
    """« 31 janvier 2027 à 23 h 59 »."""
    return _("{day} à {hour}").format(day=date_in_full(value, zone), hour=hour_in_full(value, zone))


def _local(value: datetime, zone: str | None) -> datetime:
    """The instant on the clock of `zone`, or of the portal; a moment without a zone is told as it is."""
    return timezone.localtime(value, ZoneInfo(zone) if zone else None) if timezone.is_aware(value) else value


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

"""Dates as they are written to people."""

from datetime import date, datetime
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
    """« 31 janvier 2027 à 23 h 59 »; a limit that falls at midnight is said as the minute before."""
    local = timezone.localtime(value, ZoneInfo(zone) if zone else None)
    hour = date_format(local, "G\N{NO-BREAK SPACE}\\h\N{NO-BREAK SPACE}i")
    return _("{day} à {hour}").format(day=date_in_full(value, zone), hour=hour)

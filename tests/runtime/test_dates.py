"""Dates are written to people as French is written."""

from datetime import UTC, date, datetime

from django.utils.translation import override

from runtime.dates import date_in_full, hour_in_full, moment_in_full
from themes.templatetags.socle import dateheure, datejour, heure

NBSP = "\N{NO-BREAK SPACE}"


def test_the_first_of_a_month_is_an_ordinal_in_french_only() -> None:
    assert date_in_full(date(2027, 4, 1)) == f"1er{NBSP}avril{NBSP}2027"
    assert date_in_full(date(2027, 4, 2)) == f"2{NBSP}avril{NBSP}2027"
    with override("en"):
        assert date_in_full(date(2027, 4, 1)) == f"1{NBSP}April{NBSP}2027"


def test_a_moment_is_told_on_the_portal_s_clock_and_never_broken() -> None:
    at = datetime(2027, 3, 31, 22, 5, tzinfo=UTC)
    assert moment_in_full(at) == f"1er{NBSP}avril{NBSP}2027 à 0{NBSP}h{NBSP}05"
    assert hour_in_full(at, "UTC") == f"22{NBSP}h{NBSP}05"


def test_the_theme_says_dates_as_the_runtime_does() -> None:
    at = datetime(2027, 3, 31, 22, 5, tzinfo=UTC)
    assert (dateheure(at), datejour(at), heure(at)) == (
        moment_in_full(at),
        date_in_full(at),
        hour_in_full(at),
    )
    assert (dateheure(None), datejour(None), heure(None)) == ("", "", "")

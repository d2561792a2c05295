"""A pattern is run on what people type: those that could hang are refused."""

from __future__ import annotations

import pytest

from formdefs.patterns import flaw

SAFE = [
    "^[0-9]{5}$",
    "^[A-Z]{2}-[0-9]{3}$",
    "^[A-Z]+-[0-9]+$",
    r"^\d{2}( \d{2}){4}$",
    "^(?:oui|non)$",
    "^W[0-9]{9}$",
    r"^[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}$",
    "x",
]
DANGEROUS = [
    "^(a+)+$",
    "^(a*)*$",
    "(a|aa)+$",
    "^(a|a?)+$",
    "(.*a){20}",
    "^a*a*a*a*a*$",
    ".*.*.*x",
    r"(\w+\s?)*$",
    r"\p{L}",
    "(?=a)a",
    r"(a)\1",
    "[",
    "a" * 201,
    None,
    5,
]


@pytest.mark.parametrize("pattern", SAFE)
def test_an_ordinary_pattern_is_accepted(pattern: str) -> None:
    assert flaw(pattern) is None


@pytest.mark.parametrize("pattern", DANGEROUS, ids=repr)
def test_a_pattern_that_could_hang_or_be_read_otherwise_is_refused(pattern: object) -> None:
    assert flaw(pattern)

"""Addresses of dossiers, composed once: every page has several, and Django's way to each is long."""

import re
from functools import cache

from django.urls import get_script_prefix, reverse

PLAIN = re.compile(r"[A-Za-z0-9_-]+")
PLACE = "place-of-a-value"


def address(name: str, *values: str) -> str:
    """What `reverse` gives for an address with these values in its path."""
    if not all(map(PLAIN.fullmatch, values)):
        return reverse(name, args=values)
    begins, *texts = _texts(get_script_prefix(), name, len(values))
    return begins + "".join(value + text for value, text in zip(values, texts, strict=True))


@cache
def _texts(_prefix: str, name: str, values: int) -> list[str]:
    """What stands around the values."""
    return reverse(name, args=[PLACE] * values).split(PLACE)

"""The size of a file, as it is written to people."""

from math import ceil

from django.utils.translation import gettext as _

KILOBYTE, MEGABYTE = 1024, 1024 * 1024


def file_size(size: int) -> str:
    """« 77 octets », « 860 Ko », « 3,2 Mo »."""
    if size < KILOBYTE:
        return _("{size} octets").format(size=size)
    if size < MEGABYTE:
        return _("{size} Ko").format(size=round(size / KILOBYTE))
    return _("{size} Mo").format(size=decimal(size / MEGABYTE))


def excess(size: int) -> str:
    """How many megabytes a file that is too large weighs: never rounded down to the limit it passes."""
    return decimal(ceil(size / MEGABYTE * 10) / 10)


def decimal(number: float) -> str:
    """« 3,2 », « 5 »."""
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")

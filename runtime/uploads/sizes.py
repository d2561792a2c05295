"""The size of a file, as it is written to people."""

from django.utils.translation import gettext as _


def file_size(size: int) -> str:
    """« 860 Ko », « 3,2 Mo »."""
    if size < 1024 * 1024:
        return _("{size} Ko").format(size=max(1, round(size / 1024)))
    return _("{size} Mo").format(size=f"{size / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ","))

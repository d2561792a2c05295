"""Definitions written in an earlier version of the language, read in the present one.

A version is followed by one module, `from_<n>.py`, whose `upgrade` turns a document of version n into one of
version n + 1. Published texts stay as they are: only what is read of them changes.
"""

from __future__ import annotations

import copy
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from typing import Any

CURRENT = 1
"""The version of the language that the loader reads."""
Upgrade = Callable[[dict[str, Any]], dict[str, Any]]


def steps() -> dict[int, Upgrade]:
    """What turns each earlier version into the next."""
    return {
        int(each.name.removeprefix("from_")): importlib.import_module(f"{__name__}.{each.name}").upgrade
        for each in pkgutil.iter_modules(__path__)
    }


def version_of(document: Mapping[str, Any]) -> int | None:
    """The version that a document says it is written in, None where it says none that is a number."""
    version = document.get("definition")
    return version if isinstance(version, int) and not isinstance(version, bool) else None


def upgraded(
    document: dict[str, Any], *, current: int = CURRENT, known: Mapping[int, Upgrade] | None = None
) -> dict[str, Any]:
    """The document in the present version; itself where it is already, or of a version that nothing turns."""
    known = steps() if known is None else known
    version = version_of(document)
    while version is not None and version < current and version in known:
        document = known[version](copy.deepcopy(document))
        version = version_of(document)
    return document

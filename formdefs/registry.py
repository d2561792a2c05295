"""The field types that exist: whatever `formdefs/fields/` holds."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from formdefs import fields
from formdefs.fields.base import FieldType


def _found() -> dict[str, FieldType]:
    types: dict[str, FieldType] = {}
    for module_info in pkgutil.iter_modules(fields.__path__):
        module = importlib.import_module(f"{fields.__name__}.{module_info.name}")
        for thing in vars(module).values():
            if (
                isinstance(thing, type)
                and issubclass(thing, FieldType)
                and thing.__module__ == module.__name__
                # What several types share has no name of its own.
                and "slug" in vars(thing)
            ):
                types[thing.slug] = thing()
    return types


TYPES: Mapping[str, FieldType] = MappingProxyType(_found())
_BY_RANK = tuple(sorted(TYPES.values(), key=lambda each: (-each.rank, each.slug)))


def infer(schema: Mapping[str, Any]) -> FieldType | None:
    """The type of a schema that does not name one, None when nothing tells."""
    return next((each for each in _BY_RANK if each.infer(schema)), None)

"""Published definitions, loaded once per process and known by their hash."""

from functools import lru_cache

from formdefs import Definition, load
from runtime.procedures.models import ProcedureVersion

_loaded: dict[str, Definition] = {}
KEPT = 500
"""Definitions kept in a process at the most; the oldest leaves first."""


def definition_of(version: ProcedureVersion) -> Definition:
    """The definition of a published version (its text is read only when this process has not loaded it)."""
    definition = _loaded.get(version.sha256)
    if definition is None:
        definition = load(version.text)
        if len(_loaded) >= KEPT:
            _loaded.pop(next(iter(_loaded)))
        _loaded[version.sha256] = definition
    return definition


@lru_cache(maxsize=32)
def draft_definition(text: str) -> Definition:
    """The definition in a draft's text. Raises DefinitionError."""
    return load(text)

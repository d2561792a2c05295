"""What is surely mended in a definition that does not load, problem by problem."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from formdefs import DefinitionProblem
from formdefs.errors import gettext_noop

JOINING = ("and", "or")
CONDITION = "when"


@dataclass(frozen=True)
class Mend:
    """A sure mend: what it does, in French, and the document after it."""

    said: str
    document: Any


def mend_of(document: Any, problem: DefinitionProblem) -> Mend | None:
    """The mend of a problem, None where there is none that is sure."""
    known = MENDS.get(problem.code)
    steps = [each.replace("~1", "/").replace("~0", "~") for each in problem.pointer.split("/")[1:]]
    if known is None or not steps:
        return None
    said, change = known
    mended = deepcopy(document)
    try:
        done = change(mended, steps)
    except (KeyError, IndexError, ValueError, TypeError):
        return None
    return Mend(said, mended) if done else None


def _at(document: Any, steps: list[str]) -> Any:
    for step in steps:
        document = document[int(step)] if isinstance(document, list) else document[step]
    return document


def _remove(document: Any, steps: list[str]) -> bool:
    holder = _at(document, steps[:-1])
    del holder[int(steps[-1]) if isinstance(holder, list) else steps[-1]]
    return True


def _forget(document: Any, steps: list[str]) -> bool:
    """One name less in a list, and no list where none is left."""
    _remove(document, steps)
    if not _at(document, steps[:-1]) and steps[-2] != "fields":
        _remove(document, steps[:-1])
    return True


def _drop_condition(document: Any, steps: list[str]) -> bool:
    """Take out the condition that reads what is there no longer; the whole rule where it is the only one."""
    if CONDITION not in steps:
        return False
    root = len(steps) - 1 - steps[::-1].index(CONDITION)
    for length in range(len(steps), root + 1, -1):
        if steps[length - 2] not in JOINING:
            continue
        holder = _at(document, steps[: length - 1])
        if not isinstance(holder, list):
            continue
        del holder[int(steps[length - 1])]
        if len(holder) == 1:
            _put(document, steps[: length - 2], holder[0])
        return True
    return _remove(document, steps[: root + 1])


def _put(document: Any, steps: list[str], value: Any) -> None:
    holder = _at(document, steps[:-1])
    holder[int(steps[-1]) if isinstance(holder, list) else steps[-1]] = value


def _new_identity(document: Any, steps: list[str]) -> bool:
    """Another identity for the second of two parts that have the same."""
    taken = set(_identities(document, steps[-1]))
    name, number = str(_at(document, steps)), 2
    while f"{name}-{number}" in taken:
        number += 1
    _put(document, steps, f"{name}-{number}")
    return True


def _identities(document: Any, key: str) -> list[str]:
    if isinstance(document, list):
        return [found for each in document for found in _identities(each, key)]
    if not isinstance(document, Mapping):
        return []
    own = [document[key]] if isinstance(document.get(key), str) else []
    return own + [found for each in document.values() for found in _identities(each, key)]


def _place_all(document: Any, steps: list[str]) -> bool:
    """The questions that are placed nowhere go to the end of the last section."""
    phase = _at(document, steps[:-1])
    sections = [section for page in phase["layout"] for section in page["sections"]]
    placed = {name for section in sections for name in section["fields"]}
    missing = [name for name in phase["answers"]["properties"] if name not in placed]
    sections[-1]["fields"].extend(missing)
    return bool(missing)


MENDS: Mapping[str, tuple[str, Callable[[Any, list[str]], bool]]] = {
    "expression.name": (gettext_noop("retirer cette condition"), _drop_condition),
    "layout_unknown": (gettext_noop("retirer ce nom de la section"), _forget),
    "layout_twice": (gettext_noop("ne la garder qu’à sa première place"), _forget),
    "layout_missing": (gettext_noop("la placer à la fin du formulaire"), _place_all),
    "required_unknown": (gettext_noop("retirer ce nom des obligatoires"), _forget),
    "contact_unknown": (gettext_noop("retirer ce nom"), _forget),
    "duplicate_id": (gettext_noop("lui donner un autre identifiant"), _new_identity),
}

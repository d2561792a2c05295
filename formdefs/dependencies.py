"""In which order the parts of a phase can be judged."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from formdefs.definition import Page, Question


def cycle(pages: tuple[Page, ...]) -> tuple[str, ...]:
    """The names of questions that wait for each other, () when there are none."""
    try:
        TopologicalSorter(waits(pages)).prepare()
    except CycleError as error:
        return tuple(dict.fromkeys(error.args[1]))
    return ()


def order(pages: tuple[Page, ...]) -> tuple[str, ...]:
    """The names of the questions, each after those that its visibility reads."""
    return tuple(TopologicalSorter(waits(pages)).static_order())


def row_cycle(group: Question) -> tuple[str, ...]:
    """The names of questions of a row that wait for each other."""
    try:
        TopologicalSorter(_row_waits(group)).prepare()
    except CycleError as error:
        return tuple(dict.fromkeys(error.args[1]))
    return ()


def row_order(group: Question) -> tuple[str, ...]:
    """The names of the questions of a row, each after those that its visibility reads."""
    return tuple(TopologicalSorter(_row_waits(group)).static_order())


def waits(pages: tuple[Page, ...]) -> Mapping[str, set[str]]:
    """For each question the names that must be judged before it."""
    found: dict[str, set[str]] = {}
    for page in pages:
        for section in page.sections:
            around = _reads(page.when, 0) | _reads(section.when, 0)
            for question in section.questions:
                found[question.name] = around | _reads(question.when, 0)
                for inner in question.rows:
                    found[question.name] |= _reads(inner.when, 0)
    return found


def _row_waits(group: Question) -> Mapping[str, set[str]]:
    return {inner.name: _reads(inner.when, 1) for inner in group.rows}


def _reads(when: object, level: int) -> set[str]:
    return {name for at, name in getattr(when, "reads", ()) if at == level}

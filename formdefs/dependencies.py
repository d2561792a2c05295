"""In which order the parts of a phase can be judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from formdefs.definition import Page, Question


def cycle(pages: tuple[Page, ...]) -> tuple[str, ...]:
    """The names of questions that wait for each other, () when there are none."""
    return _cycle(waits(pages))


def order(pages: tuple[Page, ...]) -> tuple[str, ...]:
    """The names of the questions, each after those that its visibility or its value reads."""
    return tuple(TopologicalSorter(waits(pages)).static_order())


def row_cycle(group: Question, level: int) -> tuple[str, ...]:
    """The names of questions of a row that wait for each other; `level` is that of the rows, from 1."""
    return _cycle(_row_waits(group, level))


def row_order(group: Question, level: int) -> tuple[str, ...]:
    """The names of the questions of a row, each after those that its visibility or its value reads."""
    return tuple(TopologicalSorter(_row_waits(group, level)).static_order())


def waits(pages: tuple[Page, ...]) -> Mapping[str, set[str]]:
    """For each question the names that must be judged before it."""
    found: dict[str, set[str]] = {}
    for page in pages:
        for section in page.sections:
            around = _reads((page.when, section.when), 0)
            for question in section.questions:
                found[question.name] = around | _read_by(question, 0)
    return found


def _row_waits(group: Question, level: int) -> Mapping[str, set[str]]:
    return {inner.name: _read_by(inner, level) for inner in group.rows}


def _read_by(question: Question, level: int) -> set[str]:
    """The names of a level that a question waits for, on account of its rows as well."""
    found = _reads((question.when, question.compute), level)
    for inner in question.rows:
        found |= _read_by(inner, level)
    return found


def _reads(rules: Iterable[object], level: int) -> set[str]:
    return {name for rule in rules for at, name in getattr(rule, "reads", ()) if at == level}


def _cycle(waiting: Mapping[str, set[str]]) -> tuple[str, ...]:
    try:
        # In order, so that the same document always gives the same sentence.
        TopologicalSorter({name: sorted(before) for name, before in waiting.items()}).prepare()
    except CycleError as error:
        return tuple(dict.fromkeys(error.args[1]))
    return ()

"""Who reads a question: the rules that would break without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from builder.acts.documents import CHECK, PAGE, QUESTION, ROW_CHECK, SECTION, STEP, Target
from formdefs import Definition, Question

RULES = ("when", "compute")


@dataclass(frozen=True)
class Reader:
    """A part whose rule reads a question; `reads` says which one where several were asked about."""

    target: Target
    title: str
    reads: str = field(default="", compare=False)


def readers_of(
    definition: Definition, names: frozenset[str], *, leaving: frozenset[Target] = frozenset()
) -> tuple[Reader, ...]:
    """The parts, other than those named or leaving, whose rules read one of these questions.

    Questions are told by their dotted names; `reads` is then the one that is read.
    """
    found = dict.fromkeys(
        replace(reader, reads=name)
        for name, reader in _all(definition)
        if name in names and reader.target not in leaving and not _goes(reader.target, names)
    )
    return tuple(found)


def _goes(target: Target, names: frozenset[str]) -> bool:
    """Whether a part goes with one of these questions: it is one of them, or a check of its rows."""
    name = target.id.rpartition(".")[0] if target.kind == ROW_CHECK else target.id
    return target.kind in (QUESTION, ROW_CHECK) and name in names


def readings(definition: Definition) -> dict[str, tuple[Reader, ...]]:
    """Every question that some rule reads, with the parts that read it."""
    found: dict[str, list[Reader]] = {}
    for name, reader in _all(definition):
        listed = found.setdefault(name, [])
        if reader not in listed:
            listed.append(reader)
    return {name: tuple(listed) for name, listed in found.items()}


def _all(definition: Definition) -> Iterator[tuple[str, Reader]]:
    for page in definition.first_phase.pages:
        for name in _read(page.when):
            yield name, Reader(Target(PAGE, page.id), page.title)
        for section in page.sections:
            for name in _read(section.when):
                yield name, Reader(Target(SECTION, section.id), section.title)
            for question in section.questions:
                yield from _of_question(question, question.name, "")
    for check in definition.first_phase.checks:
        for name in _read(check.that) | {check.at}:
            yield name, Reader(Target(CHECK, check.id), check.message)
    for review in definition.first_phase.reviews:
        for name in _read(review.when):
            yield name, Reader(Target(STEP, review.id), review.title)


def _of_question(question: Question, path: str, group: str) -> Iterator[tuple[str, Reader]]:
    reader = Reader(Target(QUESTION, path), question.title)
    for rule in RULES:
        for level, name in getattr(getattr(question, rule, None), "reads", ()):
            yield _dotted(level, name, group), reader
    for check in question.checks:
        reader = Reader(Target(ROW_CHECK, f"{path}.{check.id}"), check.message)
        yield f"{path}.{check.at}", reader
        for level, name in check.that.reads:
            yield _dotted(level, name, f"{path}."), reader
    for row in question.rows:
        yield from _of_question(row, f"{path}.{row.name}", f"{path}.")


def _dotted(level: int, name: str, group: str) -> str:
    """The dotted name of what a rule reads; `group` are those whose rows it stands in, with a dot after."""
    return ".".join([*group.split(".")[:level], name]) if level and group else name


def _read(rule: Any) -> frozenset[str]:
    return frozenset(name for level, name in getattr(rule, "reads", ()) if not level)


def read_too_early(definition: Definition) -> frozenset[tuple[str, str]]:
    """The pairs of a question and another one placed later that its condition reads."""
    order = list(definition.first_phase.questions)
    return frozenset(
        (question.name, name)
        for question in definition.first_phase.questions.values()
        for name in _read(question.when)
        if name in order and order.index(name) > order.index(question.name)
    )

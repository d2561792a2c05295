"""Answers as ordered lines, read alike by page, PDF, Excel and mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from formdefs.context import Context, FileFacts
from formdefs.definition import Phase, Question, Section
from formdefs.evaluate import reread, row_paths
from formdefs.fields.entity_statuses import EntityStatuses

_LABELS = {"organisation.type": "organisation.type_label", "organisation.region": "organisation.region_label"}


@dataclass(frozen=True)
class PresentedRow:
    """One row of a repeatable group, numbered: « Dépense 2 »."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Line:
    """One question and its answer; `kind` is text, files, table or rows."""

    path: str
    title: str
    kind: str
    text: str = ""
    files: tuple[FileFacts, ...] = ()
    table: tuple[tuple[str, str], ...] = ()
    rows: tuple[PresentedRow, ...] = ()
    answered: bool = False
    required: bool = False


@dataclass(frozen=True)
class PresentedSection:
    """One visible section, with the page it is on and where it stands."""

    id: str
    title: str
    page: str
    lines: tuple[Line, ...]
    state: str


@dataclass(frozen=True)
class _Seen:
    """What every line needs: which paths are visible, and the context."""

    visible: frozenset[str]
    context: Context


def present(phase: Phase, answers: Mapping[str, Any], context: Context) -> tuple[PresentedSection, ...]:
    """The visible sections of a form and their answers; rows are numbered from 1 in their paths."""
    judgement = reread(phase, answers, context)
    seen = _Seen(judgement.visible, context)
    presented = []
    for page in judgement.pages:
        for section in page.sections:
            lines = tuple(
                line
                for each in section.questions
                for line in _lines(
                    phase.questions[each.path],
                    each.path,
                    answers.get(each.path),
                    seen,
                    required=each.required,
                )
            )
            presented.append(PresentedSection(section.id, section.title, page.id, lines, section.state))
    return tuple(presented)


def shown(section: Section, context: Context) -> tuple[tuple[str, str], ...]:
    """The read-only facts of a section, each with its name; those that are not known are left out."""
    return facts_shown(section.show, section.show_titles, context)


def facts_shown(
    paths: tuple[str, ...], titles: tuple[str, ...], context: Context
) -> tuple[tuple[str, str], ...]:
    """What some paths of the context say (« organisation.name »), each with its title."""
    roots = {"organisation": context.organisation, "applicant": context.applicant}
    facts = []
    for path, title in zip(paths, titles, strict=True):
        root, _, name = path.partition(".")
        label = _LABELS.get(path, path).partition(".")[2]
        value = roots[root].get(label) or roots[root].get(name)
        if value:
            facts.append((title, str(value)))
    return tuple(facts)


def _lines(question: Question, path: str, value: Any, seen: _Seen, *, required: bool) -> Iterator[Line]:
    """The lines of one question: none for a text of the form, one more for files among its parts."""
    if question.type.static:
        return
    yield _line(question, path, value, seen, required=required)
    yield from _workbook_lines(question, path, value, seen)
    for part in question.parts:
        if part.control == "document":
            title = f"{question.title} : {part.title.lower()}"
            given = value.get(part.name) if isinstance(value, Mapping) else None
            named = replace(part, title=title)
            yield _line(named, f"{path}.{part.name}", given, seen, required=required)


def _workbook_lines(question: Question, path: str, value: Any, seen: _Seen) -> Iterator[Line]:
    """What a workbook computes: its totals and its computed lines."""
    if question.control != "workbook" or not isinstance(value, Mapping):
        return
    for name, each in question.options["book"].form.questions.items():
        if each.compute is not None and value.get(name) is not None:
            named = replace(each, title=f"{question.title}\u00a0: {each.title}")
            yield _line(named, f"{path}.{name}", value[name], seen, required=False)


def _line(question: Question, path: str, value: Any, seen: _Seen, *, required: bool) -> Line:
    kind, context = question.type, seen.context
    plain = Line(
        path=path,
        title=question.title,
        kind="text",
        text="" if value is None else kind.text(question, value, context),
        answered=value is not None,
        required=required,
    )
    if question.rows:
        return replace(plain, kind="rows", rows=_rows(question, path, value or [], seen))
    if question.control == "document":
        files = tuple(context.files[item] for item in value or () if item in context.files)
        return replace(plain, kind="files", files=files)
    if question.control == "workbook":
        given = str((value or {}).get("file"))
        return replace(plain, kind="files", files=(context.files[given],) if given in context.files else ())
    if isinstance(kind, EntityStatuses):
        return replace(plain, kind="table", table=kind.table(question, value or {}, context))
    return plain


def _rows(group: Question, path: str, rows: list[Mapping[str, Any]], seen: _Seen) -> tuple[PresentedRow, ...]:
    presented = []
    for number, (place, row) in enumerate(zip(row_paths(path, rows), rows, strict=True), 1):
        lines = tuple(
            line
            for each in group.rows
            if f"{place}.{each.name}" in seen.visible
            for line in _lines(each, f"{place}.{each.name}", row.get(each.name), seen, required=each.required)
        )
        presented.append(PresentedRow(f"{group.options['row_title']} {number}", lines))
    return tuple(presented)

"""A form filled in with plausible answers, for previews, demonstrations and tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from formdefs.context import Context, FileFacts
from formdefs.definition import Phase, Question
from formdefs.evaluate import evaluate
from formdefs.fields.document import MEDIA_TYPES, Document
from formdefs.fields.entity_statuses import EntityStatuses
from formdefs.fields.workbook import FILE, MEDIA_TYPE, WorkbookType
from formdefs.findings import mapping


@dataclass(frozen=True)
class Filled:
    """What would have been typed, and the context that knows the files it names."""

    raw: Mapping[str, Any]
    context: Context


def filled(phase: Phase, context: Context) -> Filled:
    """Every question of a phase answered by a sample; what conditions hide is answered too."""
    files = dict(context.files)
    raw: dict[str, Any] = {}
    for question in phase.questions.values():
        if question.compute is not None:
            continue
        value = _value(question, context, files)
        if value is not None:
            raw[question.name] = question.type.raw(question, value)
    known = replace(context, files=files)
    return Filled(_agreed(phase, raw, known), known)


def _agreed(phase: Phase, raw: dict[str, Any], context: Context) -> dict[str, Any]:
    """The sample with the answers that a check wants equal to others."""
    if not phase.checks:
        return raw
    answers = evaluate(phase, raw, context).answers
    for check in phase.checks:
        sides = [_name(side) for side in mapping(check.that.source).get("==", ())]
        if len(sides) == 2 and check.at in sides:
            other = sides[0] if sides[1] == check.at else sides[1]
            value: Any = answers
            for step in other.split("."):
                value = mapping(value).get(step)
            if value is not None:
                question = phase.questions[check.at]
                raw[check.at] = question.type.raw(question, value)
    return raw


def _name(written: Any) -> str:
    return str(mapping(written).get("var", ""))


def _value(question: Question, context: Context, files: dict[str, FileFacts]) -> Any:
    if isinstance(question.type, EntityStatuses):
        return {entity["id"]: question.choices[0].value for entity in context.entities} or None
    value = question.type.sample(question)
    for asked, given in _with_parts(question, value):
        if isinstance(asked.type, Document):
            media_type = MEDIA_TYPES[asked.options["accept"][0]][0]
            for item in given:
                name = f"{item}.{media_type.partition('/')[2]}"
                files[item] = FileFacts(item, name, 1024, media_type, "0" * 64)
    if isinstance(question.type, WorkbookType):
        return _given(question, value, context, files)
    return value


def _given(
    question: Question, value: Mapping[str, Any], context: Context, files: dict[str, FileFacts]
) -> Mapping[str, Any]:
    """A workbook given with the answers of its sample."""
    form = question.options["book"].form
    raw = {
        name: each.type.raw(each, value[name])
        for name, each in form.questions.items()
        if value.get(name) is not None
    }
    answers = evaluate(form, raw, context).answers
    reading = {"answers": answers, "problems": []}
    files[value[FILE]] = FileFacts(value[FILE], "classeur.xlsx", 9_000, MEDIA_TYPE, "0" * 64, reading)
    return {FILE: value[FILE], **answers}


def _with_parts(question: Question, value: Any) -> Iterator[tuple[Question, Any]]:
    """A question and its parts, or those of each row, each with its sample."""
    yield question, value
    for part in question.parts:
        if isinstance(value, Mapping):
            yield part, value[part.name]
    for row in value if question.rows else ():
        for each in question.rows:
            if each.name in row:
                yield from _with_parts(each, row[each.name])

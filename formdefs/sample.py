"""A form filled in with plausible answers, for previews, demonstrations and tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from formdefs.context import Context, FileFacts
from formdefs.definition import Phase, Question
from formdefs.fields.document import MEDIA_TYPES, Document
from formdefs.fields.entity_statuses import EntityStatuses


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
    return Filled(raw, replace(context, files=files))


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
    return value


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

"""A form filled in with plausible answers, for previews, demonstrations and tests."""

from __future__ import annotations

from collections.abc import Mapping
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
    if isinstance(question.type, Document):
        media_type = MEDIA_TYPES[question.options["accept"][0]][0]
        for item in value:
            files[item] = FileFacts(
                item, f"{item}.{media_type.partition('/')[2]}", 1024, media_type, "0" * 64
            )
    return value

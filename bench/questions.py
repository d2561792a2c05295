"""The questions that both sides ask: thirty, or ten times as many. Standard library only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

COUNTS = (30, 300)
"""How many questions a form may have here."""
CHOICES = ("Nord", "Sud", "Est", "Ouest", "Centre")


@dataclass(frozen=True)
class Kind:
    """A kind of question: its name for Wagtail’s forms, its JSON Schema, an answer, how many of thirty."""

    wagtail: str
    schema: dict[str, Any]
    answer: str
    count: int


KINDS = (
    Kind("singleline", {"type": "string", "maxLength": 200}, "18, quai des Tanneurs", 12),
    Kind("multiline", {"type": "string", "maxLength": 2000}, "Une description un peu plus longue.", 4),
    Kind("email", {"type": "string", "format": "email"}, "nadia@exemple.fr", 3),
    Kind("number", {"type": "integer"}, "42", 3),
    Kind("url", {"type": "string", "format": "uri"}, "https://exemple.fr/", 2),
    Kind("dropdown", {"type": "string", "enum": list(CHOICES)}, "Sud", 4),
    Kind("date", {"type": "string", "format": "date"}, "2026-10-01", 2),
)


@dataclass(frozen=True)
class Asked:
    """A question of the form."""

    name: str
    title: str
    kind: Kind


def questions(count: int) -> list[Asked]:
    """The questions in order."""
    return [
        Asked(f"{kind.wagtail}_{number}", f"{kind.wagtail.capitalize()} {number}", kind)
        for kind in KINDS
        for number in range(1, kind.count * count // 30 + 1)
    ]


def slug(count: int) -> str:
    """The form's name in addresses."""
    return f"questions-{count}"


def schema(count: int) -> str:
    """The form as a bare JSON Schema; every other question is required."""
    asked = questions(count)
    properties = {question.name: {"title": question.title, **question.kind.schema} for question in asked}
    required = [question.name for question in asked[::2]]
    described = {
        "title": f"{count} questions",
        "type": "object",
        "properties": properties,
        "required": required,
    }
    return json.dumps(described, ensure_ascii=False)


def answers(count: int) -> dict[str, str]:
    """An answer to each question."""
    return {question.name: question.kind.answer for question in questions(count)}

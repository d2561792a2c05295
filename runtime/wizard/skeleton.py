"""The skeleton of a form page: component templates run once per published version, language and theme."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from formdefs import Definition, Page, Phase, Question, Section
from formdefs.anticipation import has_rules, program
from formdefs.fields.choice import other_of
from runtime.controls.search import search_url
from runtime.wizard.plain import Plain, plain_of
from runtime.wizard.slots import Piece, cut, mark


@dataclass(frozen=True)
class QuestionPiece:
    """A question's HTML; `rows` and `row` are a repeatable group's, `entity` a table of entities'."""

    question: Question
    piece: Piece
    plain: Plain | None
    entity: Piece | None
    rows: tuple["QuestionPiece", ...]
    row: Piece | None


@dataclass(frozen=True)
class SectionPiece:
    """A section's HTML around its questions."""

    section: Section
    piece: Piece
    questions: tuple[QuestionPiece, ...]


@dataclass(frozen=True)
class Skeleton:
    """A page of questions, and the small pieces that fill its slots; `rules` are for its script, if any."""

    page: Page
    sections: tuple[SectionPiece, ...]
    small: Mapping[str, Piece]
    rules: Mapping[str, Any] | None


SMALL = (
    "error",
    "conflict",
    "file",
    "reading_problems",
    "reading_notices",
    "signed",
    "matches",
    "match",
    "prefilled",
    "state_todo",
    "state_doing",
    "state_done",
)
_compiled: dict[tuple[str, str, str, str], Skeleton] = {}
KEPT = 500
"""Skeletons kept in a process at the most, those of previewed drafts among them; the oldest leaves first."""


def skeleton_of(definition: Definition, phase: str, page: Page) -> Skeleton:
    """The skeleton of a page, compiled at its first use in this process and language."""
    key = (definition.sha256, phase, page.id, get_language() or "")
    skeleton = _compiled.get(key)
    if skeleton is None:
        skeleton = _compile(definition.phase(phase), page)
        if len(_compiled) >= KEPT:
            _compiled.pop(next(iter(_compiled)), None)
        _compiled[key] = skeleton
    return skeleton


def dom_id(path: str) -> str:
    """The path as part of an HTML id: a selector may name it without escaping."""
    return path.replace(".", "-")


def _compile(phase: Phase, page: Page) -> Skeleton:
    rules = program(phase, page)
    return Skeleton(
        page=page,
        sections=tuple(_section(section, number) for number, section in enumerate(page.sections, start=1)),
        small={name: cut(f"runtime/controls/{name}.html", {}) for name in SMALL},
        rules=rules if has_rules(rules) else None,
    )


def _section(section: Section, number: int) -> SectionPiece:
    return SectionPiece(
        section=section,
        piece=cut("runtime/controls/section.html", {"section": section, "number": number}),
        questions=tuple(_question(question, question.name) for question in section.questions),
    )


def _question(question: Question, path: str, depth: int = 0, name: str = "") -> QuestionPiece:
    """Compile a question; in a group, the path holds the slots of the rows' identities, `name` does not."""
    name = name or question.name
    context = {
        "q": question,
        "path": mark_safe(dom_id(path)),
        "name": mark_safe(path),
        "id": mark_safe(f"q-{dom_id(path)}"),
        "choices": _choices(question, path, "choice"),
        "parts": [_part(part, path) for part in question.parts],
        "other": other_of(question),
        "search": search_url(question, name),
    }
    row = f"{path}.{mark(f'row{depth}')}"
    piece = cut(f"runtime/controls/{question.control}.html", context)
    return QuestionPiece(
        question=question,
        piece=piece,
        plain=plain_of(question, piece) if depth == 0 else None,
        entity=cut("runtime/controls/entity_row.html", context)
        if question.control == "entity_statuses"
        else None,
        rows=tuple(
            _question(each, f"{row}.{each.name}", depth + 1, f"{name}.{each.name}") for each in question.rows
        ),
        row=cut("runtime/controls/row.html", context) if question.rows else None,
    )


def _part(part: Question, whole: str) -> dict[str, Any]:
    """What the template of a part is given: its slots bear its name."""
    path = f"{whole}.{part.name}"
    slots = {key: mark(f"{key}.{part.name}") for key in ("value", "state", "files")}
    return {
        "q": part,
        "path": mark_safe(dom_id(path)),
        "name": mark_safe(path),
        "id": mark_safe(f"q-{dom_id(path)}"),
        "choices": _choices(part, path, f"choice.{part.name}"),
        **slots,
    }


def _choices(question: Question, path: str, slot: str) -> list[dict[str, Any]]:
    return [
        {
            "value": choice.value,
            "label": choice.label,
            "help": choice.help,
            "id": mark_safe(f"q-{dom_id(path)}-{number}"),
            "slot": mark(f"{slot}.{number}"),
        }
        for number, choice in enumerate(question.choices)
    ]

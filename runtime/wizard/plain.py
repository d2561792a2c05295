"""Questions of which nothing varies but the answer: most of them, on most pages."""

from collections.abc import Callable
from typing import Any

from formdefs import Question
from runtime.wizard.slots import Piece, text

MARKED = {**dict.fromkeys(("radio", "yesno", "checkboxes"), " checked"), "select": " selected"}
CHOSEN = frozenset({"radio", "yesno", "select"})
OTHERWISE = frozenset({"checkbox", "computed", "lookup"})
"""The controls whose value is not what was typed."""
TOLD = frozenset({"error", "state", "tone", "prefilled", "notice"})
"""The slots of what there may be to say besides the answer."""

Plain = Callable[[Any], tuple[str, ...] | None]
"""The HTML for a raw answer, as texts to be joined; None where the answer is no plain one."""


def plain_of(question: Question, piece: Piece) -> Plain | None:
    """How a piece is filled where there is an answer at most; None where its control is not plain."""
    if question.control in CHOSEN:
        return _chosen(question, piece)
    typed = set(piece.names) - TOLD == {"value"} and question.control not in OTHERWISE
    return _written(piece) if typed else None


def choice_text(raw: Any) -> str:
    """The value of the choice that a raw answer is."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return str(raw) if raw is not None else ""


def _written(piece: Piece) -> Plain | None:
    texts, _names = piece.shape(("value",))
    if len(texts) != 2:
        return None
    before, after = texts
    blank = (before + after,)

    def plain(raw: Any) -> tuple[str, ...]:
        value = text(raw)
        return (before, value, after) if value else blank

    return plain


def _chosen(question: Question, piece: Piece) -> Plain:
    slots = {choice.value: f"choice.{number}" for number, choice in enumerate(question.choices)}
    mark = MARKED[question.control]

    def plain(raw: Any) -> tuple[str, ...] | None:
        if isinstance(raw, list | dict):
            return None
        slot = slots.get(choice_text(raw))
        return (piece.fill({slot: mark} if slot else {}),)

    return plain

"""A question of which only the answer varies is filled as any other is, whatever the answer."""

from datetime import date

import pytest
from django.utils import translation

from formdefs import Context, evaluate, load
from runtime.wizard.filling import Filler
from runtime.wizard.plain import CHOSEN
from runtime.wizard.skeleton import QuestionPiece, skeleton_of
from tests.access.test_naughty_strings import strings
from tests.runtime.test_controls import EVERY_TYPE

DEFINITION = load(EVERY_TYPE)
PHASE = DEFINITION.first_phase
NO_TEXT = (None, "", True, False, 0, 12, 1.5, [], ["a"], {}, {"other": "Radio"}, {"a": ["b"]})


@pytest.fixture(scope="module")
def plain() -> list[QuestionPiece]:
    with translation.override("fr"):
        pages = [skeleton_of(DEFINITION, PHASE.id, page) for page in PHASE.pages]
    found = [piece for page in pages for section in page.sections for piece in section.questions]
    return [piece for piece in found if piece.plain is not None]


def filler() -> Filler:
    context = Context(today=date(2026, 11, 22))
    return Filler("ABCDEFGH", {}, evaluate(PHASE, {}, context), context, errors={})


def test_most_types_are_plain(plain: list[QuestionPiece]) -> None:
    assert len({piece.question.type.slug for piece in plain}) > 15
    assert {piece.question.control for piece in plain} > CHOSEN


def test_it_is_filled_as_any_other(plain: list[QuestionPiece]) -> None:
    skeleton = skeleton_of(DEFINITION, PHASE.id, PHASE.pages[0])
    fill = filler().question_at
    for piece in plain:
        choices = [choice.value for choice in piece.question.choices]
        for raw in (*NO_TEXT, *choices, *strings()):
            filled = piece.plain(raw) if piece.plain else None
            if filled is not None:
                assert "".join(filled) == fill(skeleton, piece, piece.question.name, raw, {}), raw


def test_what_is_chosen_in_an_unusual_way_is_left_to_the_others(plain: list[QuestionPiece]) -> None:
    for piece in plain:
        if piece.question.control in CHOSEN and piece.plain:
            assert piece.plain({"other": "Radio"}) is None and piece.plain(["a"]) is None

"""What the judge gives: the answers kept, what is visible, what is wrong, how far one is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class AnswerProblem:
    """One thing wrong with an answer: where, what, and what its sentence needs."""

    path: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class QuestionState:
    """Where one visible question stands."""

    path: str
    title: str
    required: bool
    answered: bool
    invalid: bool


@dataclass(frozen=True)
class SectionState:
    """Where a visible section stands: todo, doing or done; counts are of required questions."""

    id: str
    title: str
    state: str
    required: int
    answered: int
    questions: tuple[QuestionState, ...]


@dataclass(frozen=True)
class PageState:
    """Where a visible page stands."""

    id: str
    title: str
    sections: tuple[SectionState, ...]


@dataclass(frozen=True)
class Judgement:
    """The verdict on what was typed.

    `answers` holds what is valid and visible; `visible` the paths of questions, and
    "section:<id>", "page:<id>"; `problems` are in reading order, "required" ones among them;
    `required` and `answered` count the required questions, and those of them validly answered;
    `computed` has what was computed by path, even where it is not accepted as an answer.
    """

    answers: dict[str, Any]
    visible: frozenset[str]
    problems: tuple[AnswerProblem, ...]
    required: int
    answered: int
    pages: tuple[PageState, ...]
    computed: Mapping[str, Any] = field(default_factory=dict)

    def blocking(self, page_id: str | None = None) -> tuple[AnswerProblem, ...]:
        """The problems that stand between here and the deposit, on one page or on all."""
        if page_id is None:
            return self.problems
        names = {
            question.path
            for page in self.pages
            if page.id == page_id
            for section in page.sections
            for question in section.questions
        }
        return tuple(problem for problem in self.problems if problem.path.partition(".")[0] in names)

    @property
    def format_problems(self) -> tuple[AnswerProblem, ...]:
        """The problems with what was typed, leaving out what is not typed yet."""
        return tuple(problem for problem in self.problems if problem.code != "required")

"""The one judge: from what was typed to answers, visibility, problems and progress."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from formdefs.context import Context
from formdefs.definition import Page, Phase, Question, Section
from formdefs.errors import Invalid
from formdefs.expressions import Scope
from formdefs.fields.group import MANY
from formdefs.judgement import AnswerProblem, Judgement, PageState, QuestionState, SectionState
from formdefs.plans import Asked, Plan, plan_of

ROW = "_row"
_ROW_ID = re.compile(r"[a-z0-9]{1,12}\Z")

# A value, what is wrong with it, and whether it answers only in part.
Settled = tuple[Any, AnswerProblem | None, bool]
Settle = Callable[[Asked, Any, str, Context], Settled]


def evaluate(phase: Phase, raw: Mapping[str, Any], context: Context) -> Judgement:
    """The verdict on what was typed in a phase; never raises, whatever JSON is given."""
    return _Judge(plan_of(phase), raw, context, _typed).judgement()


def reread(phase: Phase, answers: Mapping[str, Any], context: Context) -> Judgement:
    """The verdict on answers already judged: what is visible and complete among them."""
    return _Judge(plan_of(phase), answers, context, _kept).judgement()


def row_paths(name: str, rows: Sequence[Any]) -> list[str]:
    """The path of each row of a group: by its own id, or its number where it has none that serves."""
    paths: list[str] = []
    for number, row in enumerate(rows, 1):
        given = row.get(ROW) if isinstance(row, Mapping) else None
        path = f"{name}.{given}" if isinstance(given, str) and _ROW_ID.match(given) else f"{name}.{number}"
        while path in paths:
            path += "x"
        paths.append(path)
    return paths


def _typed(asked: Asked, raw: Any, path: str, context: Context) -> Settled:
    question = asked.question
    try:
        value = question.type.clean(question, raw, context)
    except Invalid as invalid:
        return None, AnswerProblem(path, invalid.code, invalid.params), False
    if value is None:
        return None, None, False
    if asked.check is not None and (refused := asked.check(value)) is not None:
        return None, AnswerProblem(path, *refused), False
    return value, None, not question.type.complete(question, value, context)


def _kept(asked: Asked, value: Any, path: str, context: Context) -> Settled:
    return value, None, value is not None and not asked.question.type.complete(asked.question, value, context)


@dataclass
class _Verdict:
    """The verdict on one question, its rows included; `given` when anything at all was typed."""

    value: Any
    required: bool
    answered: bool = False
    given: bool = False
    problems: list[AnswerProblem] = field(default_factory=list)


class _Judge:
    """One judging of one form."""

    def __init__(self, plan: Plan, given: Mapping[str, Any], context: Context, settle: Settle) -> None:
        self.plan = plan
        self.given = given if isinstance(given, Mapping) else {}
        self.context = context
        self.settle = settle
        self.answers: dict[str, Any] = {}
        self.visible: set[str] = set()
        self.scope = Scope(self.answers, context.roots)

    def judgement(self) -> Judgement:
        """Judge every question after those it depends on, then put all back in reading order."""
        verdicts: dict[str, _Verdict] = {}
        shown: dict[int, bool] = {}
        for asked in self.plan.asked:
            question = asked.question
            place = shown.get(asked.section)
            if place is None:
                place = shown[asked.section] = self._open(*self.plan.places[asked.section])
            if not place or (question.when is not None and not question.when.holds(self.scope)):
                continue
            self.visible.add(question.name)
            raw = self.given.get(question.name)
            verdict = self._group(asked, raw) if question.rows else self._question(asked, raw)
            verdicts[question.name] = verdict
            if verdict.value is not None:
                self.answers[question.name] = verdict.value
        return self._gathered(verdicts)

    def _open(self, page: Page, section: Section) -> bool:
        return all(part.when is None or part.when.holds(self.scope) for part in (page, section))

    def _question(self, asked: Asked, raw: Any) -> _Verdict:
        question = asked.question
        value, problem, partial = self.settle(asked, raw, question.name, self.context)
        verdict = _Verdict(value, question.required, value is not None and not partial)
        verdict.given = value is not None or problem is not None
        if problem is not None:
            verdict.problems.append(problem)
        elif question.required and not verdict.answered:
            verdict.problems.append(self._missing(question, question.name, value))
        return verdict

    def _missing(self, question: Question, path: str, value: Any) -> AnswerProblem:
        return AnswerProblem(path, "required", question.type.missing(question, value, self.context))

    def _group(self, asked: Asked, raw: Any) -> _Verdict:
        """The verdict on a repeatable group, which counts as one question, whatever its rows."""
        group = asked.question
        rows, problem, _ = self.settle(asked, raw, group.name, self.context)
        verdict = _Verdict(None, group.required or (bool(rows) and asked.needs_rows), given=bool(raw))
        if problem is not None:
            verdict.problems.append(problem)
            # A wrong number of rows does not silence what is wrong inside them.
            wrong_count = problem.code in ("minItems", "maxItems") and isinstance(raw, list | tuple)
            self._rows(asked, raw[:MANY] if wrong_count else (), verdict)
        elif rows:
            verdict.value = self._rows(asked, rows, verdict)
            verdict.answered = not verdict.problems
        elif group.required:
            verdict.problems.append(self._missing(group, group.name, None))
        return verdict

    def _rows(
        self, asked: Asked, rows: Sequence[Mapping[str, Any]], verdict: _Verdict
    ) -> list[dict[str, Any]]:
        judged = []
        for path, row in zip(row_paths(asked.question.name, rows), rows, strict=True):
            answers: dict[str, Any] = {}
            problems = self._row(asked, path, row, answers)
            verdict.problems += [problems[each.name] for each in asked.question.rows if each.name in problems]
            judged.append(
                {each.name: answers[each.name] for each in asked.question.rows if each.name in answers}
            )
        return judged

    def _row(
        self, asked: Asked, path: str, row: Mapping[str, Any], answers: dict[str, Any]
    ) -> dict[str, AnswerProblem]:
        """Fill the answers of one row, in its own scope; give the problems by question."""
        inside = self.scope.inside(answers)
        problems: dict[str, AnswerProblem] = {}
        for each in asked.rows:
            question = each.question
            if question.when is not None and not question.when.holds(inside):
                continue
            place = f"{path}.{question.name}"
            self.visible.add(place)
            value, problem, partial = self.settle(each, row.get(question.name), place, self.context)
            if value is not None:
                answers[question.name] = value
            if problem is None and question.required and (value is None or partial):
                problem = self._missing(question, place, value)
            if problem is not None:
                problems[question.name] = problem
        return problems

    def _gathered(self, verdicts: Mapping[str, _Verdict]) -> Judgement:
        problems: list[AnswerProblem] = []
        answers: dict[str, Any] = {}
        pages: dict[str, tuple[Page, list[SectionState]]] = {}
        for page, section in self.plan.places:
            found = [(each, verdicts[each.name]) for each in section.questions if each.name in verdicts]
            if not found and (section.questions or not self._open(page, section)):
                continue
            for question, verdict in found:
                problems += verdict.problems
                if verdict.value is not None:
                    answers[question.name] = verdict.value
            self.visible |= {f"section:{section.id}", f"page:{page.id}"}
            pages.setdefault(page.id, (page, []))[1].append(_section_state(section, found))
        counted = [verdict for verdict in verdicts.values() if verdict.required]
        return Judgement(
            answers=answers,
            visible=frozenset(self.visible),
            problems=tuple(problems),
            required=len(counted),
            answered=sum(verdict.answered for verdict in counted),
            pages=tuple(PageState(page.id, page.title, tuple(states)) for page, states in pages.values()),
        )


def _section_state(section: Section, found: list[tuple[Question, _Verdict]]) -> SectionState:
    if not any(verdict.problems for _, verdict in found):
        state = "done"
    else:
        state = "doing" if any(verdict.given for _, verdict in found) else "todo"
    return SectionState(
        id=section.id,
        title=section.title,
        state=state,
        required=sum(verdict.required for _, verdict in found),
        answered=sum(verdict.required and verdict.answered for _, verdict in found),
        questions=tuple(
            QuestionState(
                path=question.name,
                title=question.title,
                required=verdict.required,
                answered=verdict.answered,
                invalid=any(problem.code != "required" for problem in verdict.problems),
            )
            for question, verdict in found
        ),
    )

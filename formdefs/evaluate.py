"""The one judge: from what was typed to answers, visibility, problems and progress."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from formdefs.context import Context
from formdefs.definition import Check, Page, Phase, Question, Section
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


NOTHING: Mapping[str, Any] = {}


def evaluate(
    phase: Phase, raw: Mapping[str, Any], context: Context, *, accepted: Mapping[str, Any] = NOTHING
) -> Judgement:
    """The verdict on what was typed in a phase; never raises, whatever JSON is given.

    `accepted` are answers to top-level questions that a judgement of the same raw answers gave before: those
    that last (`FieldType.lasts`) are taken as they are.
    """
    return _Judge(plan_of(phase), raw, context, _typed, accepted).judgement()


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
    return value, None, not (asked.whole or question.type.complete(question, value, context))


def _computed(asked: Asked, value: Any, path: str, context: Context) -> Settled:
    """What becomes of a value that was computed: a number is held to its schema only."""
    if asked.question.compute is not None and asked.question.compute.type.kind != "number":
        return _typed(asked, value, path, context)
    if asked.check is not None and (refused := asked.check(value)) is not None:
        return None, AnswerProblem(path, *refused), False
    return value, None, False


def _kept(asked: Asked, value: Any, path: str, context: Context) -> Settled:
    return value, None, value is not None and not asked.question.type.complete(asked.question, value, context)


@dataclass(slots=True)
class _Verdict:
    """The verdict on one question, its rows included; `given` when anything at all was typed."""

    value: Any
    required: bool
    answered: bool = False
    given: bool = False
    problems: tuple[AnswerProblem, ...] = ()


class _Judge:
    """One judging of one form; `settle` says what becomes of what is given for a question."""

    def __init__(
        self,
        plan: Plan,
        given: Mapping[str, Any],
        context: Context,
        settle: Settle,
        accepted: Mapping[str, Any] = NOTHING,
    ) -> None:
        self.plan = plan
        self.accepted = accepted
        self.given = given if isinstance(given, Mapping) else {}
        self.context = context
        self.settle = settle
        self.computes = settle is _typed
        self.answers: dict[str, Any] = {}
        self.visible: set[str] = set()
        self.computed: dict[str, Any] = {}
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
            name = question.name
            self.visible.add(name)
            if asked.lasting and name in self.accepted:
                verdict = _Verdict(self.accepted[name], question.required, True, True)
            else:
                verdict = self._verdict(asked, self.given.get(name), name, self.scope)
            verdicts[name] = verdict
            if verdict.value is not None:
                self.answers[name] = verdict.value
        self._check(self.plan.checks, "", self.scope, verdicts)
        return self._gathered(verdicts)

    def _open(self, page: Page, section: Section) -> bool:
        return all(part.when is None or part.when.holds(self.scope) for part in (page, section))

    def _verdict(self, asked: Asked, raw: Any, path: str, scope: Scope) -> _Verdict:
        if asked.question.rows:
            return self._group(asked, raw, path, scope)
        if asked.question.compute is not None and self.computes:
            return self._computation(asked, path, scope)
        return self._question(asked, raw, path)

    def _question(self, asked: Asked, raw: Any, path: str) -> _Verdict:
        question = asked.question
        value, problem, partial = self.settle(asked, raw, path, self.context)
        answered = value is not None and not partial
        if problem is None and question.required and not answered:
            return _Verdict(value, True, False, value is not None, (self._missing(question, path, value),))
        given = value is not None or problem is not None
        return _Verdict(value, question.required, answered, given, () if problem is None else (problem,))

    def _computation(self, asked: Asked, path: str, scope: Scope) -> _Verdict:
        """The verdict on a value that nobody types."""
        found = asked.question.compute.value(scope) if asked.question.compute is not None else None
        if found is None:
            return _Verdict(None, False)
        self.computed[path] = found
        value, problem, _ = _computed(asked, found, path, self.context)
        return _Verdict(value, False, problems=() if problem is None else (problem,))

    def _missing(self, question: Question, path: str, value: Any) -> AnswerProblem:
        return AnswerProblem(path, "required", question.type.missing(question, value, self.context))

    def _group(self, asked: Asked, raw: Any, path: str, scope: Scope) -> _Verdict:
        """The verdict on a repeatable group, which counts as one question, whatever its rows."""
        group = asked.question
        rows, problem, _ = self.settle(asked, raw, path, self.context)
        verdict = _Verdict(None, group.required or (bool(rows) and asked.needs_rows), given=bool(raw))
        if problem is not None:
            verdict.problems = (problem,)
            # A wrong number of rows does not silence what is wrong inside them.
            wrong_count = problem.code in ("minItems", "maxItems") and isinstance(raw, list | tuple)
            self._rows(asked, path, raw[:MANY] if wrong_count else (), scope, verdict)
        elif rows:
            verdict.value = self._rows(asked, path, rows, scope, verdict)
            verdict.answered = not verdict.problems
        elif group.required:
            verdict.problems = (self._missing(group, path, None),)
        return verdict

    def _rows(
        self, asked: Asked, path: str, rows: Sequence[Mapping[str, Any]], scope: Scope, verdict: _Verdict
    ) -> list[dict[str, Any]]:
        judged = []
        for place, row in zip(row_paths(path, rows), rows, strict=True):
            found = self._row(asked, place, row, scope)
            in_order = [(each.name, found[each.name]) for each in asked.question.rows if each.name in found]
            verdict.problems += tuple(problem for _, inner in in_order for problem in inner.problems)
            judged.append({name: inner.value for name, inner in in_order if inner.value is not None})
        return judged

    def _row(self, asked: Asked, path: str, row: Mapping[str, Any], scope: Scope) -> dict[str, _Verdict]:
        """The verdicts on the visible questions of one row, by name, in its own scope."""
        answers: dict[str, Any] = {}
        inside = scope.inside(answers)
        verdicts: dict[str, _Verdict] = {}
        for each in asked.rows:
            question = each.question
            if question.when is not None and not question.when.holds(inside):
                continue
            place = f"{path}.{question.name}"
            self.visible.add(place)
            verdict = verdicts[question.name] = self._verdict(each, row.get(question.name), place, inside)
            if verdict.value is not None:
                answers[question.name] = verdict.value
        self._check(asked.question.checks, f"{path}.", inside, verdicts)
        return verdicts

    def _check(
        self, checks: Sequence[Check], prefix: str, scope: Scope, verdicts: Mapping[str, _Verdict]
    ) -> None:
        """Note the checks that are false, where their question is visible; the unknown is not false."""
        for check in checks:
            verdict = verdicts.get(check.at)
            if verdict is not None and check.that.value(scope) is False:
                params = {"id": check.id, "message": check.message}
                verdict.problems += (AnswerProblem(prefix + check.at, "check", params),)
                verdict.answered = False

    def _gathered(self, verdicts: Mapping[str, _Verdict]) -> Judgement:
        problems: list[AnswerProblem] = []
        answers: dict[str, Any] = {}
        pages: dict[str, tuple[Page, list[SectionState]]] = {}
        for page, section in self.plan.places:
            found = [(each, verdicts[each.name]) for each in section.questions if each.name in verdicts]
            if not found and (section.questions or not self._open(page, section)):
                continue
            for question, verdict in found:
                if verdict.problems:
                    problems += verdict.problems
                if verdict.value is not None:
                    answers[question.name] = verdict.value
            self.visible |= {f"section:{section.id}", f"page:{page.id}"}
            pages.setdefault(page.id, (page, []))[1].append(self._section_state(section, found))
        counted = [verdict for verdict in verdicts.values() if verdict.required]
        return Judgement(
            answers=answers,
            visible=frozenset(self.visible),
            problems=tuple(problems),
            required=len(counted),
            answered=sum(verdict.answered for verdict in counted),
            pages=tuple(PageState(page.id, page.title, tuple(states)) for page, states in pages.values()),
            computed=self.computed,
        )

    def _section_state(self, section: Section, found: list[tuple[Question, _Verdict]]) -> SectionState:
        required = answered = 0
        given = wrong = False
        questions = []
        for question, verdict in found:
            invalid = False
            if verdict.problems:
                wrong = True
                invalid = any(problem.code != "required" for problem in verdict.problems)
            if verdict.required:
                required += 1
                answered += verdict.answered
            given = given or verdict.given
            questions.append(self._state(question, verdict.required, verdict.answered, invalid))
        state = ("doing" if given else "todo") if wrong else "done"
        return SectionState(section.id, section.title, state, required, answered, tuple(questions))

    def _state(self, question: Question, required: bool, answered: bool, invalid: bool) -> QuestionState:
        key = (question.name, required, answered, invalid)
        state = self.plan.states.get(key)
        if state is None:
            state = QuestionState(question.name, question.title, required, answered, invalid)
            self.plan.states[key] = state
        return state

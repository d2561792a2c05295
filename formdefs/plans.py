"""A phase made ready to be judged, once: order of dependencies, compiled schemas."""

from __future__ import annotations

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from formdefs import dependencies
from formdefs.definition import Check as Rule
from formdefs.definition import Page, Phase, Question, Section
from formdefs.fields.base import FieldType
from formdefs.fields.keywords import Check, check_of
from formdefs.judgement import QuestionState


@dataclass(frozen=True, eq=False)
class Asked:
    """A question ready to be judged.

    `section` is its place in the plan; `check` says what the schema still refuses of a cleaned
    value, as a code and its parameters; `rows` are in the order of their dependencies; `whole` when any
    answer answers the whole question, `lasting` when one that was accepted need not be judged again.
    """

    question: Question
    section: int
    check: Check | None
    rows: tuple[Asked, ...] = ()
    needs_rows: bool = False
    whole: bool = False
    lasting: bool = False


@dataclass(frozen=True, eq=False)
class Plan:
    """The questions, each after those that its visibility reads, and the sections in reading order.

    `states` keeps every state that a question was seen in: a long form has hundreds, at every page.
    """

    asked: tuple[Asked, ...]
    places: tuple[tuple[Page, Section], ...]
    checks: tuple[Rule, ...] = ()
    states: dict[tuple[str, bool, bool, bool], QuestionState] = field(default_factory=dict)


# Keyed by the phase itself: a definition that is dropped takes its plan away.
_PLANS: WeakKeyDictionary[Phase, Plan] = WeakKeyDictionary()


def plan_of(phase: Phase) -> Plan:
    """The plan of a phase, made at its first use."""
    plan = _PLANS.get(phase)
    return plan if plan is not None else _PLANS.setdefault(phase, _planned(phase))


def _planned(phase: Phase) -> Plan:
    places = tuple((page, section) for page in phase.pages for section in page.sections)
    section_of = {
        question.name: index for index, (_, section) in enumerate(places) for question in section.questions
    }
    order = dependencies.order(phase.pages)
    asked = tuple(_asked(phase.questions[name], section_of[name], 1) for name in order)
    return Plan(asked, places, phase.checks)


def _asked(question: Question, section: int, level: int) -> Asked:
    """A question ready to be judged; `level` would be that of its rows."""
    inner = {each.name: each for each in question.rows}
    order = dependencies.row_order(question, level)
    rows = tuple(_asked(inner[name], section, level + 1) for name in order)
    needs_rows = any(each.question.required or each.needs_rows for each in rows)
    whole = type(question.type).complete is FieldType.complete
    lasting = whole and not rows and question.compute is None and question.type.lasts(question)
    return Asked(question, section, check_of(question), rows, needs_rows, whole, lasting)

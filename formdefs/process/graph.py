"""The states of a dossier and the actions between them, compiled from phases and reviews."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from formdefs.definition import Definition, Phase, Review

APPLICANT = "applicant"
_TITLES = {
    "begin": "Prendre en charge",
    "accept": "Accepter",
    "request_changes": "Demander des modifications",
    "refuse": "Refuser",
    "dismiss": "Classer sans suite",
}
_NEEDS = {
    "request_changes": frozenset({"message", "due"}),
    "refuse": frozenset({"reason"}),
    "dismiss": frozenset({"reason"}),
}


@dataclass(frozen=True)
class State:
    """Where a dossier is: the phase, its status, and the review step while there is one.

    `status` is draft, submitted, under_review, changes_requested, accepted, refused or dismissed.
    """

    phase: str
    status: str
    step: str = ""


@dataclass(frozen=True)
class Action:
    """One thing that a role may do in a state, what it must give, and where it leads."""

    id: str
    title: str
    role: str
    target: State
    needs: frozenset[str] = frozenset()
    decision: str | None = None


@dataclass(frozen=True)
class Process:
    """The whole graph; a state that is not in it allows nothing.

    `following` says, of the state that waits for a step, what comes once the step is over.
    """

    initial: State
    graph: Mapping[State, tuple[Action, ...]] = field(default_factory=dict)
    step_roles: Mapping[str, str] = field(default_factory=dict)
    following: Mapping[State, State] = field(default_factory=dict)

    def landing(self, target: State, skipped: frozenset[str]) -> State:
        """Where an action leads in truth: beyond the steps that are skipped."""
        while target.status == "submitted" and target.step in skipped:
            target = self.following[target]
        return target

    def actions(self, state: State, role: str | None) -> tuple[Action, ...]:
        """What a role may do in a state, in the order of its buttons; None stands for nobody."""
        return tuple(action for action in self.graph.get(state, ()) if action.role == role)


def compile_process(definition: Definition) -> Process:
    """The graph of a definition's first phase and of its reviews, one after the other."""
    phase = definition.first_phase
    initial = State(phase.id, "draft")
    graph: dict[State, tuple[Action, ...]] = {}
    first = State(phase.id, "submitted", phase.reviews[0].id)
    graph[initial] = (Action("submit", definition.words.submit, APPLICANT, first),)
    waiting = [State(phase.id, "submitted", review.id) for review in phase.reviews]
    following = dict(zip(waiting, [*waiting[1:], State(phase.id, "accepted")], strict=True))
    for review, state in zip(phase.reviews, waiting, strict=True):
        graph.update(_step(phase, review, following[state], definition.words.submit))
    return Process(initial, graph, {review.id: review.role for review in phase.reviews}, following)


def _step(
    phase: Phase, review: Review, following: State, submit: str
) -> Iterator[tuple[State, tuple[Action, ...]]]:
    submitted = State(phase.id, "submitted", review.id)
    under_review = State(phase.id, "under_review", review.id)
    waiting = State(phase.id, "changes_requested", review.id)
    targets = {
        "accept": following,
        "request_changes": waiting,
        "refuse": State(phase.id, "refused"),
        "dismiss": State(phase.id, "dismissed"),
    }
    yield submitted, (Action("begin", _TITLES["begin"], review.role, under_review),)
    yield (
        under_review,
        tuple(
            Action(each, _TITLES[each], review.role, targets[each], _NEEDS.get(each, frozenset()), each)
            for each in review.decisions
        ),
    )
    if "request_changes" in review.decisions:
        yield waiting, (Action("resubmit", submit, APPLICANT, submitted),)

"""One step of a process: the new state, and what must follow, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from formdefs.errors import Refused
from formdefs.process.graph import Process, State

_ASKED = {
    "reason": "Indiquez le motif de votre décision.",
    "message": "Écrivez ce que vous demandez de modifier.",
    "due": "Indiquez la date limite pour répondre.",
}
_KNOWN = frozenset({"submit", "resubmit", "begin", "accept", "refuse", "request_changes", "dismiss"})


@dataclass(frozen=True)
class Effect:
    """Something that must follow: freeze, open_to, notify, open_correction or close_correction."""

    kind: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What an action gives."""

    state: State
    effects: tuple[Effect, ...]


def apply(
    process: Process,
    state: State,
    action_id: str,
    *,
    role: str,
    given: Mapping[str, Any],
    now: datetime,
    skipped: frozenset[str] = frozenset(),
) -> Outcome:
    """Carry out an action; raises Refused, with a French sentence, when it is not allowed now.

    `given` may hold reason, message and due (a date, or an aware datetime, later than `now`);
    `skipped` are the steps whose condition does not hold (see `skipped_reviews`).
    """
    action = next((each for each in process.actions(state, role) if each.id == action_id), None)
    if action is None:
        raise _not_allowed(process, state, action_id)
    for need in sorted(action.needs):
        value = given.get(need)
        if value is None or (isinstance(value, str) and not value.strip()):
            raise Refused(need, _ASKED[need])
    if "due" in action.needs:
        _check_due(given["due"], now)
    target = process.landing(action.target, skipped)
    return Outcome(target, tuple(_effects(process, action.id, target, given)))


def _not_allowed(process: Process, state: State, action_id: str) -> Refused:
    if any(each.id == action_id for each in process.graph.get(state, ())):
        return Refused("role", "Votre rôle ne permet pas cette action.")
    if action_id not in _KNOWN:
        return Refused("unknown", "Cette action n’existe pas.")
    return Refused(
        "state", "Cette action n’est plus possible : le dossier a changé d’état. Rechargez la page."
    )


def _check_due(due: Any, now: datetime) -> None:
    if isinstance(due, datetime) and due.tzinfo is not None:
        late = due <= now
    elif isinstance(due, date) and not isinstance(due, datetime):
        late = due <= now.date()
    else:
        raise Refused("due", "Indiquez une date limite, par exemple 27/03/2027.")
    if late:
        raise Refused("due", "La date limite doit être à venir.")


def _effects(process: Process, action: str, target: State, given: Mapping[str, Any]) -> list[Effect]:
    following = _opened(process, target.step) if target.step else [Effect("notify", {"kind": target.status})]
    receipt = Effect("notify", {"kind": "receipt"})
    if action == "submit":
        return [Effect("freeze"), *following, receipt]
    if action == "resubmit":
        return [Effect("freeze"), Effect("close_correction"), *following, receipt]
    if action == "request_changes":
        told = {"message": given["message"], "due": given["due"]}
        return [Effect("open_correction", told), Effect("notify", {"kind": "changes_requested", **told})]
    if action == "accept":
        return following
    if action in ("refuse", "dismiss"):
        return [Effect("notify", {"kind": target.status, "reason": given["reason"]})]
    return []


def _opened(process: Process, step: str) -> list[Effect]:
    """A step begins: its role may see the dossier, and hears of it."""
    begun = {"role": process.step_roles.get(step, ""), "step": step}
    return [Effect("open_to", begun), Effect("notify", {"kind": "submitted_to_reviewers", **begun})]

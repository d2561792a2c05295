"""Carrying out an action of the process on a locked dossier, with what it entails."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from formdefs import (
    Definition,
    FileFacts,
    Outcome,
    Process,
    State,
    apply,
    compile_process,
    skipped_reviews,
)
from runtime.dossiers.facts import context_of, context_of_deposit
from runtime.dossiers.journal import record
from runtime.dossiers.models import REVIEW, CorrectionRequest, Deposit, Dossier, DossierGroupGrant, Event
from runtime.outbox import services as outbox
from runtime.procedures.definitions import definition_of
from runtime.procedures.models import ReviewTeam
from tenants.accounts.models import User
from tenants.permissions.grants import grant

_processes: dict[str, Process] = {}


def process_of(dossier: Dossier) -> Process:
    """The process of the dossier's version, compiled once per process."""
    definition = definition_of(dossier.version)
    if definition.sha256 not in _processes:
        _processes[definition.sha256] = compile_process(definition)
    return _processes[definition.sha256]


def state_of(dossier: Dossier) -> State:
    """Where the dossier stands in its process."""
    return State(phase=dossier.phase, status=dossier.status, step=dossier.step)


def carry_out(
    dossier: Dossier,
    action: str,
    *,
    role: str,
    by: User,
    now: datetime,
    given: Mapping[str, Any],
    files: Iterable[FileFacts] = (),
) -> Event:
    """Apply `action` to a locked dossier: new state, effects, event. Raises Refused.

    What is owed to the outside names only the dossier and its event: the letter is written from them.
    """
    outcome = apply(
        process_of(dossier),
        state_of(dossier),
        action,
        role=role,
        given=given,
        now=now,
        skipped=_skipped(dossier, action, now),
    )
    data = {
        "action": action,
        "role": role,
        "from": dossier.status,
        "to": outcome.state.status,
        **_said(given),
    }
    dossier.phase, dossier.status, dossier.step = (
        outcome.state.phase,
        outcome.state.status,
        outcome.state.step,
    )
    owed = []
    for effect in outcome.effects:
        if effect.kind == "freeze":
            data |= _freeze(dossier, by=by, now=now, files=files)
        elif effect.kind == "open_to":
            data["teams"] = _open_to(dossier, effect.params["role"])
        elif effect.kind == "open_correction":
            _open_correction(dossier, by=by, now=now, given=given)
        elif effect.kind == "close_correction":
            dossier.corrections.filter(answered_at=None).update(answered_at=now)
        else:
            owed.append(effect)
    if outcome.state.status in (Dossier.Status.ACCEPTED, Dossier.Status.REFUSED, Dossier.Status.DISMISSED):
        dossier.decided_at = now
    event = record(dossier, action, at=now, by=by, data=data)
    dossier.save()
    _owe(dossier, outcome, event, owed, now)
    return event


def _skipped(dossier: Dossier, action: str, now: datetime) -> frozenset[str]:
    """The steps of the review that the answers deposited, or being deposited now, make needless."""
    phase = definition_of(dossier.version).phase(dossier.phase)
    if all(review.when is None for review in phase.reviews):
        return frozenset()
    if action in ("submit", "resubmit"):
        return skipped_reviews(phase, dossier.answers, context_of(dossier, (), now))
    deposit = dossier.deposits.order_by("-number").first()
    if deposit is None:
        return frozenset()
    return skipped_reviews(phase, deposit.answers, context_of_deposit(deposit))


def _said(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in given.items()
        if value
    }


def _freeze(dossier: Dossier, *, by: User, now: datetime, files: Iterable[FileFacts]) -> dict[str, Any]:
    """Make the deposit, and drop what was typed in hidden parts."""
    dossier.deposits_count += 1
    dossier.submitted_at = dossier.submitted_at or now
    content = {
        "reference": dossier.reference,
        "version": dossier.version.sha256,
        "answers": dossier.answers,
        "facts": dossier.facts,
        "files": [asdict(file) for file in files],
        "deposited_at": now.isoformat(),
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    deposit = Deposit.objects.create(
        portal_id=dossier.portal_id,
        dossier=dossier,
        number=dossier.deposits_count,
        version_id=dossier.version_id,
        phase=dossier.phase,
        answers=dossier.answers,
        facts=dossier.facts,
        files=content["files"],
        sha256=hashlib.sha256(canonical.encode()).hexdigest(),
        by=by,
        deposited_at=now,
    )
    return {"deposit": deposit.number, "deposit_sha256": deposit.sha256}


def _open_to(dossier: Dossier, role: str) -> list[str]:
    """Grant the dossier to the teams that hold `role` for its scope; gives their names."""
    teams = ReviewTeam.objects.select_related("group").filter(
        procedure_id=dossier.procedure_id,
        role=role,
        scope=scope_value(definition_of(dossier.version), role, dossier),
    )
    names = []
    groups = []
    for team in teams:
        names.append(team.name)
        groups.append(team.group)
    if groups:
        grant(REVIEW, groups, dossier, table=DossierGroupGrant)
    return names


def scope_value(definition: Definition, role: str, dossier: Dossier) -> str:
    """The value that a role's scope (say `organisation.region`) takes for a dossier; "" where it has none."""
    scope = definition.roles[role].scope
    value: Any = dossier.facts
    for part in scope.split(".") if scope else ():
        value = value.get(part, "") if isinstance(value, dict) else ""
    return str(value) if scope else ""


def _open_correction(dossier: Dossier, *, by: User, now: datetime, given: Mapping[str, Any]) -> None:
    CorrectionRequest.objects.create(
        portal_id=dossier.portal_id,
        dossier=dossier,
        message=given["message"],
        due_at=given["due"],
        by=by,
        requested_at=now,
    )


def _owe(dossier: Dossier, outcome: Outcome, event: Event, effects: list[Any], now: datetime) -> None:
    outbox.record(
        [
            outbox.Owed(
                effect.kind, {"letter": effect.params["kind"], "dossier": dossier.pk, "event": event.number}
            )
            for effect in effects
        ],
        portal_id=dossier.portal_id,
        at=now,
    )

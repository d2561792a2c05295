"""The journal of a dossier: events chained by their hashes."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from runtime.dossiers.models import Dossier, Event
from tenants.accounts.models import User


def record(
    dossier: Dossier,
    kind: str,
    *,
    at: datetime,
    by: User | None,
    data: Mapping[str, Any] | None = None,
    before: Mapping[str, Any] | None = None,
) -> Event:
    """Write an event after the last one; the caller holds the lock and saves the dossier afterwards."""
    event = next_event(dossier, kind, at=at, by=by, data=data, before=before)
    event.save(force_insert=True)
    return event


def next_event(
    dossier: Dossier,
    kind: str,
    *,
    at: datetime,
    by: User | None,
    data: Mapping[str, Any] | None = None,
    before: Mapping[str, Any] | None = None,
) -> Event:
    """The event after the last one; the caller holds the lock, and writes both the event and the dossier."""
    data = dict(data or {})
    kept = None
    if before:
        kept = {"salt": secrets.token_hex(16), "values": dict(before)}
        data["before_sha256"] = _digest(kept)
    dossier.events_count += 1
    event = Event(
        portal_id=dossier.portal_id,
        dossier=dossier,
        number=dossier.events_count,
        kind=kind,
        actor=by,
        at=at,
        data=data,
        before=kept,
        previous_hash=dossier.last_event,
    )
    event.hash = event_hash(event)
    dossier.last_event = event.hash
    return event


def event_hash(event: Event) -> str:
    """The SHA-256 of an event's content and of the hash before it."""
    return _digest(
        [
            event.previous_hash,
            event.dossier_id,
            event.number,
            event.kind,
            event.actor_id,
            event.at.astimezone(UTC).isoformat(timespec="microseconds"),
            event.data,
        ]
    )


def chain_is_whole(dossier: Dossier) -> bool:
    """Whether every event of a dossier is there, in order, unaltered, up to the last one it names."""
    previous, number = "", 0
    for event in dossier.events.order_by("number"):
        number += 1
        if event.number != number or event.previous_hash != previous or event.hash != event_hash(event):
            return False
        if event.before is not None and event.data.get("before_sha256") != _digest(event.before):
            return False
        previous = event.hash
    return previous == dossier.last_event and number == dossier.events_count


def _digest(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

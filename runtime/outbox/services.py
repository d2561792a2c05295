"""Owing an effect: written with what causes it, carried out after the commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from django_q.tasks import async_task

from runtime.outbox.models import OutboxEntry


@dataclass(frozen=True)
class Owed:
    """An effect to record: its kind and what it needs to know (keys of rows, never personal data)."""

    kind: str
    params: Mapping[str, Any] = field(default_factory=dict)


def record(effects: Sequence[Owed], *, portal_id: int, at: datetime) -> None:
    """Owe `effects`; the job that carries them out is queued in the same transaction."""
    if not effects:
        return
    entries = OutboxEntry.objects.bulk_create(
        OutboxEntry(
            portal_id=portal_id, key=uuid4(), kind=owed.kind, params=dict(owed.params), next_attempt_at=at
        )
        for owed in effects
    )
    async_task("runtime.jobs.deliver", portal_id, [entry.pk for entry in entries])

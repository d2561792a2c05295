"""The jobs that the worker runs. Their payloads are keys of rows only."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_q.models import Schedule

from runtime.effects.registry import effect_runners
from runtime.outbox.models import OutboxEntry
from runtime.outbox.selectors import backoff, owed_since
from runtime.uploads.services import sweep_orphans
from tenants.portals.current import portal_context
from tenants.portals.models import Portal

log = logging.getLogger(__name__)
GRACE = timedelta(seconds=30)
"""How long an effect may be due before the sweep takes it over from its own job."""
SCHEDULES = (
    ("runtime.jobs.sweep_outbox", Schedule.MINUTES, 1),
    ("runtime.jobs.sweep_files", Schedule.DAILY, None),
)


def deliver(portal_id: int, entries: list[int]) -> None:
    """Carry out effects of a portal, each in its own transaction; what fails is tried again later."""
    with portal_context(portal_id):
        for key in entries:
            _deliver(key)


def _deliver(key: int) -> None:
    with transaction.atomic():
        entry = OutboxEntry.objects.select_for_update(skip_locked=True).filter(pk=key, done_at=None).first()
        if entry is None:
            return
        entry.attempts += 1
        try:
            with transaction.atomic():
                effect_runners()[entry.kind](entry)
        except Exception as error:  # whatever an outside service does, the debt stays and says why
            log.exception("effect failed", extra={"outbox_entry": entry.pk, "attempts": entry.attempts})
            entry.last_error = f"{type(error).__name__}: {error}"[:2000]
            entry.next_attempt_at = timezone.now() + backoff(entry.attempts)
        else:
            entry.done_at, entry.last_error = timezone.now(), ""
        entry.save()


def sweep_outbox() -> None:
    """Carry out what is due on every portal and whose own job was lost or failed."""
    for portal_id in Portal.objects.values_list("pk", flat=True):
        with portal_context(portal_id):
            owed = owed_since(timezone.now() - GRACE)
        deliver(portal_id, owed)


def sweep_files() -> None:
    """Delete the files that interrupted uploads left on every portal."""
    for portal_id in Portal.objects.values_list("pk", flat=True):
        with portal_context(portal_id):
            sweep_orphans(portal_id=portal_id)


def ensure_schedules() -> None:
    """Have the worker run the sweeps."""
    for function, kind, minutes in SCHEDULES:
        Schedule.objects.get_or_create(
            func=function, defaults={"schedule_type": kind, "minutes": minutes, "name": function}
        )

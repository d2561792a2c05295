"""What is still owed."""

from datetime import datetime, timedelta

from runtime.outbox.models import OutboxEntry
from tenants.portals.current import portal_context
from tenants.portals.models import Portal


def oldest_debt() -> datetime | None:
    """Since when the oldest undelivered effect of any portal has been due; None when nothing is owed."""
    dates = []
    for portal_id in Portal.objects.values_list("pk", flat=True):
        with portal_context(portal_id):
            dates.append(
                OutboxEntry.objects.filter(done_at=None)
                .order_by("next_attempt_at")
                .values_list("next_attempt_at", flat=True)
                .first()
            )
    return min((date for date in dates if date), default=None)


def owed_since(moment: datetime) -> list[int]:
    """The undelivered effects of the current portal that were due before `moment`."""
    return list(
        OutboxEntry.objects.filter(done_at=None, next_attempt_at__lt=moment).values_list("pk", flat=True)
    )


def backoff(attempts: int) -> timedelta:
    """How long to wait after a failed attempt: a minute, doubled each time, six hours at the most."""
    return min(timedelta(minutes=2 ** min(attempts, 20)), timedelta(hours=6))

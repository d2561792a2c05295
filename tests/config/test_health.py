"""What the probe of a supervisor is told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from config import health
from runtime.outbox.models import OutboxEntry
from tenants.portals.current import portal_context
from tests.fixtures import House, deposited


def parts() -> tuple[int, dict[str, str]]:
    answer = Client().get(health.ADDRESS)
    return answer.status_code, answer.json()


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that is alive: it is another process."""
    monkeypatch.setattr(health, "worker_is_alive", lambda: True)


def test_nothing_owed_is_healthy(house: House, worker: None) -> None:
    assert parts() == (200, {"status": "ok", "database": "ok", "worker": "ok", "outbox": "ok"})


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (11, 503)])
def test_what_is_owed_on_any_portal_for_more_than_ten_minutes_is_a_failure(
    house: House, elsewhere: House, worker: None, minutes: int, status: int
) -> None:
    with portal_context(elsewhere.portal.pk):
        deposited(elsewhere)
        OutboxEntry.objects.update(next_attempt_at=timezone.now() - timedelta(minutes=minutes))
    found, said = parts()
    assert (found, said["outbox"]) == (status, "ok" if status == 200 else "failing")


def test_what_is_paid_is_no_debt(house: House, worker: None) -> None:
    deposited(house)
    OutboxEntry.objects.update(next_attempt_at=timezone.now() - timedelta(days=1), done_at=timezone.now())
    assert parts()[0] == 200

"""Is the platform able to serve? What a load balancer or a supervisor asks at `/healthz`."""

from collections.abc import Callable
from datetime import timedelta

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

ADDRESS = "/healthz"
LATE = timedelta(minutes=10)
"""How long something may be owed to the outside world (a mail, say) before this is a failure."""


class HealthMiddleware:
    """Answers before hosts, portals and sessions are looked at: a probe knows none of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == ADDRESS and request.method in ("GET", "HEAD"):
            return health()
        return self.get_response(request)


def health() -> HttpResponse:
    """200 when the database answers, a worker is alive and nothing is long overdue, else 503, each by name.

    Shows no version, name or figure of the machine: the address is public.
    """
    database = database_answers()
    parts = {
        "database": database,
        "worker": database and worker_is_alive(),
        "outbox": database and outbox_is_on_time(),
    }
    ok = all(parts.values())
    body = {"status": "ok" if ok else "failing"}
    body |= {part: "ok" if works else "failing" for part, works in parts.items()}
    return JsonResponse(body, status=200 if ok else 503, headers={"Cache-Control": "no-store"})


def database_answers() -> bool:
    """Whether a statement goes through."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except Error:
        return False
    return True


def worker_is_alive() -> bool:
    """Whether a django-q cluster wrote its state in the last seconds (it does so in the shared cache)."""
    from django_q.status import Stat

    try:
        return bool(Stat.get_all())
    except Error:
        return False


def outbox_is_on_time() -> bool:
    """Whether no effect of any portal has been due for longer than `LATE`."""
    from runtime.outbox.selectors import oldest_debt

    try:
        due = oldest_debt()
    except Error:
        return False
    return due is None or timezone.now() - due < LATE

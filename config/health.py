"""Is the platform able to serve? What a load balancer or a supervisor asks at `/healthz`."""

from collections.abc import Callable

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

ADDRESS = "/healthz"


class HealthMiddleware:
    """Answers before hosts, portals and sessions are looked at: a probe knows none of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == ADDRESS and request.method in ("GET", "HEAD"):
            return health()
        return self.get_response(request)


def health() -> HttpResponse:
    """200 when the database answers and a worker is alive, else 503, each said by name.

    Shows no version, name or figure of the machine: the address is public.
    """
    database = database_answers()
    parts = {"database": database, "worker": database and worker_is_alive()}
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

"""Is the platform able to serve? What a load balancer or a supervisor asks."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and a worker is alive, else 503, each said by name.

    Shows no version, name or figure of the machine: the address is public.
    """
    database = database_answers()
    parts = {"database": database, "worker": database and worker_is_alive()}
    ok = all(parts.values())
    body = {"status": "ok" if ok else "failing", **{k: "ok" if v else "failing" for k, v in parts.items()}}
    return JsonResponse(body, status=200 if ok else 503)


def database_answers() -> bool:
    """Whether a statement goes through."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return False
    return True


def worker_is_alive() -> bool:
    """Whether a django-q cluster wrote its state in the last seconds (it does so in the shared cache)."""
    from django_q.status import Stat

    try:
        return bool(Stat.get_all())
    except DatabaseError:
        return False

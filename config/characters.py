"""The one character that PostgreSQL keeps in no text: it reaches no view."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\x00"


class CharactersMiddleware:
    """Refuses an address that holds NUL, which nobody types; takes it out of what was pasted and posted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """After the token was checked, which has read the body."""
        if NUL in request.path_info or _holds_nul(request.GET):
            raise BadRequest("NUL in the address")
        if request.method == "POST" and _holds_nul(request.POST):
            request.POST = _without_nul(request.POST)  # type: ignore[assignment]


def _holds_nul(data: QueryDict) -> bool:
    return any(NUL in name or any(NUL in value for value in values) for name, values in data.lists())


def _without_nul(data: QueryDict) -> QueryDict:
    cleaned = QueryDict(mutable=True)
    for name, values in data.lists():
        cleaned.setlist(name.replace(NUL, ""), [value.replace(NUL, "") for value in values])
    cleaned._mutable = False
    return cleaned

"""Which portal a request is for, by its host."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from tenants.portals.current import portal_context
from tenants.portals.selectors import portal_for_host


class PortalMiddleware:
    """Give the request its `portal` and let the database show that portal's rows only, until the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        portal = portal_for_host(request.get_host())
        if portal is None:
            raise Http404
        request.portal = portal  # type: ignore[attr-defined]
        with portal_context(portal.pk):
            return self.get_response(request)

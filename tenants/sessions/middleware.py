"""Who asks, as their session says."""

from django.contrib.auth import SESSION_KEY, middleware
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tenants.accounts.models import at_hand
from tenants.permissions import Person


class AuthenticationMiddleware(middleware.AuthenticationMiddleware):
    """Django's, which verifies the session; the account was read with it."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _person(request))  # type: ignore[assignment]


def _person(request: HttpRequest) -> Person:
    session = request.session
    # To look into the session is to read it.
    account = session.account if SESSION_KEY in session else None  # type: ignore[attr-defined]
    with at_hand(account):
        return middleware.get_user(request)

"""What a request carries once the middleware has seen it: views say which one they take."""

from django.http import HttpRequest

from tenants.accounts.models import User
from tenants.portals.models import Portal


class PortalRequest(HttpRequest):
    """A request whose portal is known: every one that PortalMiddleware lets through."""

    portal: Portal


class SignedInRequest(PortalRequest):
    """A request of an account: every one that `login_required` lets through."""

    user: User

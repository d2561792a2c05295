"""Sessions, each with its account: read at every page, both by one statement composed once.

What every page must know of the account besides is read with them; a room that needs to know something says
what (`know`).
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db.models import Exists
from django.db.models.functions import Now

from tenants.accounts.models import Session, User
from tenants.portals.current import current_portal_id
from tenants.statements import A_KEY, A_TEXT, Statement

NO_PORTAL = 0
_known: dict[str, Callable[[], Exists]] = {}


def know(name: str, expression: Callable[[], Exists]) -> None:
    """Let `User.known[name]` say whether the expression holds, for whoever is signed in.

    It names the account `OuterRef("account")`, and the portal of the request `A_KEY`.
    """
    _known[name] = expression


@cache
def _by_key() -> Statement[Session]:
    def composed() -> Any:
        found = Session.objects.filter(session_key=A_TEXT, expire_date__gt=Now()).select_related("account")
        return found.annotate(**{f"known_{name}": expression() for name, expression in _known.items()})

    return Statement(composed, key=A_TEXT, portal=A_KEY)


class SessionStore(db.SessionStore):
    """Django's, with its way of writing, expiring and revoking; `account` is known once it was read."""

    account: User | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        made = super().create_model_instance(data)
        if isinstance(made, Session) and (key := data.get(SESSION_KEY)):
            made.account_id = int(key)
        return made

    def _get_session_from_db(self) -> Session | None:
        try:
            found = _by_key().get(key=self.session_key, portal=current_portal_id() or NO_PORTAL)
        except Session.DoesNotExist:
            self._session_key = None
            return None
        self.account = found.account
        if self.account is not None:
            self.account.known = {name: getattr(found, f"known_{name}") for name in _known}
        return found

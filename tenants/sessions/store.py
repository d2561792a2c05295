"""Sessions, in Django's own table: read at every page, by a statement composed once."""

from functools import cache

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models.functions import Now

from tenants.statements import A_TEXT, Statement


@cache
def _by_key() -> Statement[Session]:
    return Statement(lambda: Session.objects.filter(session_key=A_TEXT, expire_date__gt=Now()), key=A_TEXT)


class SessionStore(db.SessionStore):
    """Django's, with its way of writing, expiring and revoking."""

    def _get_session_from_db(self) -> Session | None:
        try:
            return _by_key().get(key=self.session_key)
        except Session.DoesNotExist:
            self._session_key = None
            return None

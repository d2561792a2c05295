"""PostgreSQL whose session always knows the portal that the code works for."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from tenants.portals.current import NOTHING, Scope, current_scope

SYNCHRONISE = "select set_config('app.portal', %s, false), set_config('role', %s, false)"


class DatabaseWrapper(base.DatabaseWrapper):
    """Sets the session's portal before a statement that needs another one than the session holds.

    `held` is what the session was last told, None when that is unknown: PostgreSQL takes a setting back
    when the transaction or savepoint that made it is rolled back.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held: Scope | None = None
        self.own_statement = False
        self.execute_wrappers.append(self._with_the_portal)

    def _with_the_portal(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        wanted = current_scope()
        if wanted != self.held and not self.own_statement:
            self._tell(wanted)
        return execute(sql, params, many, context)

    def _tell(self, wanted: Scope) -> None:
        portal = "" if wanted.portal_id is None else str(wanted.portal_id)
        role = settings.DATABASE_ACROSS_ROLE if wanted.across else "none"
        self.own_statement = True
        try:
            with self.cursor() as cursor:
                cursor.execute(SYNCHRONISE, [portal, role])
        finally:
            self.own_statement = False
        self.held = wanted

    def init_connection_state(self) -> None:
        """A new session shows nothing; one that comes from a pool may have been told anything."""
        self.own_statement = True
        try:
            super().init_connection_state()
        finally:
            self.own_statement = False
        self.held = None if self.pool else NOTHING

    def _commit(self) -> None:
        # PostgreSQL answers the commit of a failed transaction with a rollback, and no error.
        if (
            self.connection is not None
            and self.connection.info.transaction_status == TransactionStatus.INERROR
        ):
            self.held = None
        super()._commit()  # type: ignore[misc]

    def _close(self) -> None:
        self.held = None
        super()._close()  # type: ignore[misc]

    def _rollback(self) -> None:
        self.held = None
        super()._rollback()  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        # In a transaction that has failed only this very statement passes: nothing may come before it.
        self.own_statement = True
        try:
            super()._savepoint_rollback(sid)  # type: ignore[misc]
        finally:
            self.own_statement = False
            self.held = None

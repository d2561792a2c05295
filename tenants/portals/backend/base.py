"""PostgreSQL whose session always knows the portal that the code works for."""

import select
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base, operations
from django.db.backends.postgresql.psycopg_any import register_tzloader
from psycopg.pq import Format, TransactionStatus

from tenants.portals.current import NOTHING, Scope, current_scope

SYNCHRONISE = "select set_config('app.portal', %s, false), set_config('role', %s, false)"


class PreparedCursor(base.ServerBindingCursor):
    """A cursor for statements whose text never changes: PostgreSQL reads and plans them once a session."""

    def execute(self, query: Any, params: Any = None) -> Any:
        return super().execute(query, params, prepare=True)  # type: ignore[misc]


class DatabaseOperations(operations.DatabaseOperations):
    """PostgreSQL's, that can tell a prepared statement as well: by its text, without its values."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> Any:
        return super().last_executed_query(cursor, sql, params) or sql


class DatabaseWrapper(base.DatabaseWrapper):
    """Sets the session's portal before a statement that needs another one than the session holds.

    `held` is what the session was last told, None when that is unknown: PostgreSQL takes a setting back
    when the transaction or savepoint that made it is rolled back.
    """

    ops_class = DatabaseOperations

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

    def get_connection_params(self) -> dict[str, Any]:
        """Lets `prepared_cursor` prepare; the ORM's own cursors bind their values here, and never do."""
        return {**super().get_connection_params(), "prepare_threshold": 0}

    def prepared_cursor(self) -> Any:
        """A cursor for a statement that is asked at every page; it knows the portal like any other."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor = PreparedCursor(self.connection)  # type: ignore[call-arg]
            loader = self.connection.adapters.get_loader(base.TIMESTAMPTZ_OID, Format.TEXT)
            if self.timezone != loader.timezone:
                register_tzloader(self.timezone, cursor)
            return self._prepare_cursor(cursor)  # type: ignore[attr-defined]

    def is_usable(self) -> bool:
        """Whether the connection still serves, asked of PostgreSQL only when it has said something.

        A session that PostgreSQL has ended leaves its farewell to be read; one that is well is silent.
        """
        if self.connection is None or self.connection.closed:
            return False
        heard = select.poll()
        heard.register(self.connection.fileno(), select.POLLIN)
        return super().is_usable() if heard.poll(0) else True

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

"""The portal that the present request or job works for; the database shows the rows of no other."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, replace

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Scope:
    """The rows that the database may show: those of one portal, of none, or of all."""

    portal_id: int | None = None
    across: bool = False


NOTHING = Scope()
_scope: ContextVar[Scope] = ContextVar("portal_scope", default=NOTHING)


def current_scope() -> Scope:
    """What the next statement may see."""
    return _scope.get()


def current_portal_id() -> int | None:
    """The portal in force, None outside any."""
    return _scope.get().portal_id


def activate(portal_id: int) -> Token[Scope]:
    """Work for this portal until `deactivate` is given the token back."""
    return _scope.set(Scope(portal_id))


def deactivate(token: Token[Scope]) -> None:
    """Return to what was in force before `activate`."""
    _scope.reset(token)


@contextmanager
def portal_context(portal_id: int) -> Iterator[None]:
    """Work for this portal within the block."""
    token = activate(portal_id)
    try:
        yield
    finally:
        deactivate(token)


@contextmanager
def across_portals(reason: str) -> Iterator[None]:
    """See and write the rows of every portal within the block; the reason goes to the journal.

    For jobs that cannot know the portal before they have read a row, and for commands.
    """
    if not reason.strip():
        raise ValueError("Acting across portals needs a reason.")
    logger.info("across portals: %s", reason)
    token = _scope.set(replace(_scope.get(), across=True))
    try:
        yield
    finally:
        _scope.reset(token)

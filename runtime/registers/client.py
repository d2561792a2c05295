"""The client of a register: cached, bounded in time and size, and left in peace while it is down."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.cache import cache

KEPT_FOUND, KEPT_UNKNOWN = 86_400, 600
"""Seconds for which an answer is kept."""
FAILURES, REST = 3, 60
"""After so many failures in a row, a register is not asked for so many seconds."""
MOST_BYTES = 256 * 1024
NOT_FOUND = 404


class Unavailable(Exception):
    """A register that does not answer, or not as agreed."""


@dataclass(frozen=True)
class Register:
    """Where a register is and how it is asked.

    `url` holds `{identifier}`; `by` is the fact that identifies ("organisation.siret"); `timeout` in seconds.
    """

    name: str
    title: str
    url: str
    by: str
    token: str = ""
    timeout: float = 3.0


class _NoRedirect(HTTPRedirectHandler):
    """A register answers where it is declared: it may not send us elsewhere with its token."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_opener = build_opener(_NoRedirect)


def registers() -> Mapping[str, Register]:
    """The registers that the installation declares, by name."""
    return {name: Register(name=name, **declared) for name, declared in dict(settings.REGISTERS).items()}


def look_up(register: Register, identifier: str) -> Mapping[str, Any]:
    """What the register says of an identifier, empty where it does not know it. Raises Unavailable."""
    key = f"register:{register.name}:{hashlib.sha256(identifier.encode()).hexdigest()[:32]}"
    kept = cache.get(key)
    if kept is not None:
        return dict(kept)
    failures = f"register:{register.name}:failures"
    if cache.get(failures, 0) >= FAILURES:
        raise Unavailable(register.name)
    try:
        found = _asked(register, identifier)
    except Unavailable:
        cache.set(failures, cache.get(failures, 0) + 1, REST)
        raise
    cache.delete(failures)
    cache.set(key, found, KEPT_FOUND if found else KEPT_UNKNOWN)
    return found


def _asked(register: Register, identifier: str) -> dict[str, Any]:
    url = register.url.replace("{identifier}", quote(identifier, safe=""))
    headers = {"Accept": "application/json"}
    if register.token:
        headers["Authorization"] = f"Bearer {register.token}"
    if not url.startswith(("https://", "http://")):
        raise Unavailable(register.name)
    try:
        with _opener.open(Request(url, headers=headers), timeout=register.timeout) as answer:
            body = answer.read(MOST_BYTES + 1)
    except HTTPError as error:
        error.close()
        if error.code == NOT_FOUND:
            return {}
        raise Unavailable(register.name) from error
    except (OSError, ValueError) as error:
        raise Unavailable(register.name) from error
    try:
        found = json.loads(body) if len(body) <= MOST_BYTES else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Unavailable(register.name)
    return found

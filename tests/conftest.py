"""What every test stands on: the database, the silence of the network, the front door."""

import socket
from typing import Any

import pytest

from tests.database import CLUSTER, django_db_setup, is_embedded, postgres

pytest_plugins = ["tests.fixtures"]
__all__ = ["django_db_setup", "postgres"]


class OutsideWorld(Exception):
    """A test tried to speak to another machine."""


def pytest_configure(config: pytest.Config) -> None:
    """Hold the embedded database for the whole run, and the network shut."""
    shut_the_network()
    if is_embedded():
        CLUSTER.join()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let the database go."""
    if is_embedded():
        CLUSTER.leave()


def shut_the_network() -> None:
    """Let sockets reach this machine only."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def refuse_outside(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_loopback(address[0]):
            raise OutsideWorld(f"A test tried to reach {address}.")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        refuse_outside(self, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        refuse_outside(self, address)
        return connect_ex(self, address)

    socket.socket.connect = guarded_connect  # type: ignore[method-assign,assignment]
    socket.socket.connect_ex = guarded_connect_ex  # type: ignore[method-assign,assignment]


def is_loopback(host: str) -> bool:
    """Whether this host is the machine itself."""
    return host in ("localhost", "::1") or host.startswith("127.")

"""What every test stands on: the database, the silence of the network, the front door."""

import socket
from typing import Any

import pytest

from tests.browser import browser, chromium_browser
from tests.database import CLUSTER, django_db_setup, is_embedded, postgres
from tests.front_door import site

pytest_plugins = ["tests.fixtures", "tests.walks.demonstration"]
__all__ = ["browser", "chromium_browser", "django_db_setup", "postgres", "site"]


class OutsideWorld(Exception):
    """A test tried to speak to another machine."""


def pytest_configure(config: pytest.Config) -> None:
    """Hold the embedded database for the whole run, and the network shut."""
    shut_the_network()
    if is_embedded():
        CLUSTER.join()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of the running platform in one process: it is started once, and they share it."""
    for item in items:
        if "site" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("site"))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Refuse to run where the groups are not kept: two platforms side by side make every walk slower."""
    grouped = session.config.getoption("loadgroup", default=False)
    if grouped and any(
        item.get_closest_marker("xdist_group") and not item.nodeid.endswith("@site") for item in session.items
    ):
        raise pytest.UsageError("pytest-xdist does not keep the tests of the platform in one process.")


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

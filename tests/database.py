"""The tests' database: made by the role that owns it, used as the role that only touches data."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from config.embedded_pg import Cluster

CLUSTER = Cluster(Path(settings.VAR) / "test", durable=False)
"""The embedded PostgreSQL of this checkout's tests."""


def address(role: str) -> str:
    """The address of the database for `app` or `owner`."""
    return str(settings.ADDRESSES["DATABASE_URL" if role == "app" else "DATABASE_OWNER_URL"])


def is_embedded() -> bool:
    """Whether nobody gave a database of theirs."""
    return "DATABASE_URL" not in os.environ


@contextmanager
def as_owner() -> Iterator[None]:
    """Within the block, the connection is the owner's: for what `app` rightly may not do."""
    from dj_database_url import parse

    owner = parse(address("owner"))
    kept = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict.update({key: owner[key] for key in kept})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(kept)


@pytest.fixture(scope="session")
def postgres() -> None:
    """A running PostgreSQL."""
    if is_embedded():
        CLUSTER.start()


@pytest.fixture(scope="session")
def django_db_setup(
    postgres: None,
    django_test_environment: None,
    django_db_blocker: pytest.FixtureRequest,
    request: pytest.FixtureRequest,
) -> Iterator[None]:
    """A database of this process's own, with the tables, policies and grants of the models."""
    test = connection.settings_dict["TEST"]
    test["NAME"] = f"test_{os.getpid()}"
    test["MIGRATE"] = not request.config.getoption("nomigrations")
    real_name = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        with as_owner():
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        refuse_a_role_that_no_policy_binds()
        with emptied_by_the_owner():
            yield
        with as_owner():
            connection.creation.destroy_test_db(real_name, verbosity=0)


def refuse_a_role_that_no_policy_binds() -> None:
    """Stop the run when the tests would see more than the server does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_user, rolsuper or rolbypassrls from pg_roles where rolname = current_user"
        )
        role, unbound = cursor.fetchone()
    connection.close()
    if unbound or role != settings.DATABASE_APP_ROLE:
        pytest.exit(f"The tests connect as {role}, which row-level security does not bind.", returncode=3)


@contextmanager
def emptied_by_the_owner() -> Iterator[None]:
    """Tests that commit are followed by TRUNCATE, which `app` may not do."""
    teardown = TransactionTestCase._fixture_teardown

    def owned_teardown(self: TransactionTestCase) -> None:
        with as_owner():
            teardown(self)

    TransactionTestCase._fixture_teardown = owned_teardown
    yield
    TransactionTestCase._fixture_teardown = teardown

"""The database session follows the portal in force, and shows nothing without one."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tenants.portals.current import across_portals, current_portal_id, portal_context
from tenants.portals.rls import _guard, _isolation

from ..database import as_owner

SHEETS = "select title from sheet order by title"


def portal_held() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("select nullif(current_setting('app.portal', true), '')")
        return cursor.fetchone()[0]


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def titles() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(SHEETS)
        return [title for (title,) in cursor.fetchall()]


def write(portal: int, title: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("insert into sheet (portal_id, title) values (%s, %s)", [portal, title])


@pytest.fixture
def sheets(transactional_db: None) -> Iterator[None]:
    """A protected table with a row in each of portals 1 and 2."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("create table sheet (portal_id bigint not null, title text not null)")
        for statement in _isolation("sheet"):
            cursor.execute(statement)
    for portal in (1, 2):
        with portal_context(portal):
            write(portal, f"of {portal}")
    yield
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("drop table sheet")


@pytest.mark.django_db
def test_tests_connect_as_the_role_that_policies_bind() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_user, rolsuper, rolbypassrls, rolinherit from pg_roles "
            "where rolname = current_user"
        )
        assert cursor.fetchone() == ("app", False, False, False)


@pytest.mark.django_db
def test_the_app_role_cannot_change_the_schema_nor_empty_a_table() -> None:
    for statement in ("create table mine (id int)", "truncate tenants_portal cascade"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db
def test_every_model_with_a_portal_is_forced_under_row_level_security() -> None:
    from tenants.portals.rls import protected_models

    tables = [model._meta.db_table for model in protected_models()]
    assert "tenants_organisation" in tables
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relname = any(%s) and relrowsecurity and relforcerowsecurity",
            [tables],
        )
        assert {name for (name,) in cursor.fetchall()} == set(tables)


def test_raw_sql_sees_only_the_portal_in_force(sheets: None) -> None:
    assert titles() == []
    with portal_context(1):
        assert titles() == ["of 1"]
    with portal_context(2):
        assert titles() == ["of 2"]
    assert titles() == []


def test_a_row_of_another_portal_cannot_be_written(sheets: None) -> None:
    with portal_context(1), pytest.raises(DatabaseError):
        write(2, "smuggled")
    with portal_context(2):
        assert titles() == ["of 2"]


def test_a_row_of_another_portal_cannot_be_changed_nor_deleted(sheets: None) -> None:
    with portal_context(1), connection.cursor() as cursor:
        cursor.execute("update sheet set title = 'taken'")
        assert cursor.rowcount == 1
        cursor.execute("delete from sheet where title = 'of 2'")
        assert cursor.rowcount == 0


def test_nested_contexts_return_to_the_outer_portal(sheets: None) -> None:
    with portal_context(1):
        with portal_context(2):
            assert titles() == ["of 2"]
        assert titles() == ["of 1"]
        assert current_portal_id() == 1
    assert current_portal_id() is None


def test_a_context_is_left_when_its_block_fails(sheets: None) -> None:
    with pytest.raises(ZeroDivisionError), portal_context(1):
        raise ZeroDivisionError
    assert titles() == []


def test_across_portals_shows_every_row_and_only_within_the_block(sheets: None) -> None:
    with portal_context(1):
        with across_portals("a test of what it shows"):
            assert titles() == ["of 1", "of 2"]
            with portal_context(2):
                assert titles() == ["of 2"]
        assert titles() == ["of 1"]


def test_acting_across_portals_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="reason"), across_portals(" "):
        pass


def test_the_session_is_told_again_after_a_rollback(sheets: None) -> None:
    with pytest.raises(ZeroDivisionError), portal_context(1), transaction.atomic():
        assert titles() == ["of 1"]
        raise ZeroDivisionError
    with portal_context(1):
        assert titles() == ["of 1"]
    with pytest.raises(ZeroDivisionError), transaction.atomic(), portal_context(2):
        assert titles() == ["of 2"]
        raise ZeroDivisionError
    assert titles() == []


def test_the_session_is_told_again_after_a_rollback_to_a_savepoint(sheets: None) -> None:
    with transaction.atomic(), portal_context(1):
        assert titles() == ["of 1"]
        with pytest.raises(ZeroDivisionError), transaction.atomic(), portal_context(2):
            assert titles() == ["of 2"]
            raise ZeroDivisionError
        assert titles() == ["of 1"]
    assert titles() == []


def test_a_failed_statement_within_another_portal_is_rolled_back_to_its_savepoint(sheets: None) -> None:
    with transaction.atomic(), portal_context(1):
        with portal_context(2), pytest.raises(IntegrityError), transaction.atomic():
            run("insert into sheet (portal_id) values (2)")
        with portal_context(2):
            assert titles() == ["of 2"]
        assert titles() == ["of 1"]


def test_the_session_is_told_again_when_a_commit_ends_as_a_rollback(sheets: None) -> None:
    with portal_context(1), transaction.atomic():
        titles()
        try:
            with connection.cursor() as cursor:
                cursor.execute("select 1 / 0")
        except DatabaseError:
            connection.needs_rollback = False
    with portal_context(1):
        assert titles() == ["of 1"]


def test_a_new_connection_shows_nothing_of_the_portal_before(sheets: None) -> None:
    with portal_context(1):
        assert titles() == ["of 1"]
        connection.close()
        assert titles() == ["of 1"]
    connection.close()
    assert titles() == []


def test_the_portal_costs_one_statement_when_it_changes_and_none_after(
    sheets: None, django_assert_num_queries
) -> None:
    titles()
    with portal_context(1):
        with django_assert_num_queries(3):
            titles()
            titles()
        with django_assert_num_queries(1):
            titles()


def test_a_cursor_opened_before_the_portal_changed_follows_it(sheets: None) -> None:
    with connection.cursor() as cursor, portal_context(2):
        cursor.execute(SHEETS)
        assert cursor.fetchall() == [("of 2",)]


def test_an_append_only_table_refuses_change_and_deletion(sheets: None) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("alter table sheet alter title drop not null, add kept text default 'kept'")
        for statement in _guard("sheet", ("title",)):
            cursor.execute(statement)
    for statement in (
        "delete from sheet",
        "update sheet set kept = 'changed'",
        "update sheet set kept = null",
        "update sheet set title = 'changed'",
        "update sheet set title = null, kept = 'changed'",
    ):
        with portal_context(1), pytest.raises(IntegrityError, match="append-only"):
            run(statement)
    with portal_context(1), connection.cursor() as cursor:
        cursor.execute("update sheet set title = null")
        assert cursor.rowcount == 1


def test_an_index_that_begins_with_the_portal_serves_the_policy(sheets: None) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("create index on sheet (portal_id, title)")
    with portal_context(1), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("explain select * from sheet where title = 'of 1'")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "portal_id =" in plan.split("Index Cond:")[1]


@pytest.mark.django_db
def test_without_a_portal_nothing_is_held() -> None:
    assert portal_held() is None

"""What the database itself refuses: another portal's rows, and the change of what is append-only.

What it guards against: a query of ours that forgot its portal, a view that forgot its permission, a raw
statement, a report. What it does not: someone who makes the application run SQL of theirs could also name
another portal. Superusers, roles with BYPASSRLS and TRUNCATE are not bound: `app` is none of the first two
and has not the last; `owner`, which migrates, is bound as well (FORCE) and joins `app_across` like `app`.

A model is protected as soon as it has a foreign key `portal` to Portal. It may say:
`row_security = False`   its rows must be read before the portal is known;
`append_only = True`     its rows are never deleted nor changed;
`erasable = ("…",)`      except these columns, which may become null (the right to be forgotten).
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

GUARD = """
create or replace function refuse_change_of_append_only() returns trigger language plpgsql as $$
declare
    was jsonb := to_jsonb(old);
    becomes jsonb;
    erased text;
begin
    if tg_op = 'UPDATE' then
        becomes := to_jsonb(new);
        foreach erased in array coalesce(tg_argv, '{}') loop
            if becomes -> erased = 'null'::jsonb then
                was := was - erased;
                becomes := becomes - erased;
            end if;
        end loop;
        if was = becomes then
            return new;
        end if;
    end if;
    raise exception 'append-only: % refused on %', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$
"""

# The setting is compared as it is, so that an index that begins with portal_id serves the policy.
SAME_PORTAL = "portal_id = nullif(current_setting('app.portal', true), '')::bigint"


def protect_after_migration(using: str, **_: Any) -> None:
    """Protect the tables that a migration has just made (receiver of post_migrate)."""
    protect_tables(connections[using])


def protect_tables(connection: BaseDatabaseWrapper) -> None:
    """Bring grants, policies and triggers to what the models say; changes nothing when run again.

    The connection is the owner's.
    """
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        for statement in _statements(existing):
            cursor.execute(statement)


def protected_models() -> list[type[models.Model]]:
    """The models whose rows each belong to one portal."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and _has_a_portal(model)
        and getattr(model, "row_security", True)
    ]


def append_only_models() -> list[type[models.Model]]:
    """The models whose rows are written once."""
    return [model for model in apps.get_models() if getattr(model, "append_only", False)]


def _has_a_portal(model: type[models.Model]) -> bool:
    return any(
        field.name == "portal" and field.related_model is apps.get_model("tenants", "Portal")
        for field in model._meta.local_fields
    )


def _statements(existing: set[str]) -> Iterator[str]:
    yield from _grants()
    yield GUARD
    for model in protected_models():
        if model._meta.db_table in existing:
            yield from _isolation(model._meta.db_table)
    for model in append_only_models():
        if model._meta.db_table in existing:
            yield from _guard(model._meta.db_table, getattr(model, "erasable", ()))


def _grants() -> Iterator[str]:
    """Both roles read and write data; neither makes, empties or drops a table."""
    roles = f'"{settings.DATABASE_APP_ROLE}", "{settings.DATABASE_ACROSS_ROLE}"'
    rows, numbers = "select, insert, update, delete", "usage, select"
    yield f"grant usage on schema public to {roles}"
    yield f"grant {rows} on all tables in schema public to {roles}"
    yield f"grant {numbers} on all sequences in schema public to {roles}"
    yield f"alter default privileges in schema public grant {rows} on tables to {roles}"
    yield f"alter default privileges in schema public grant {numbers} on sequences to {roles}"


def _isolation(table: str) -> Iterator[str]:
    yield f'alter table "{table}" enable row level security, force row level security'
    yield f'drop policy if exists portal_isolation on "{table}"'
    yield f'create policy portal_isolation on "{table}" using ({SAME_PORTAL}) with check ({SAME_PORTAL})'
    # A policy of its own, for a role of its own: an OR in the first one would keep it from any index.
    yield f'drop policy if exists across_portals on "{table}"'
    yield (
        f'create policy across_portals on "{table}" to "{settings.DATABASE_ACROSS_ROLE}" '
        "using (true) with check (true)"
    )


def _guard(table: str, erasable: tuple[str, ...]) -> Iterator[str]:
    columns = ", ".join(f"'{column}'" for column in erasable)
    yield (
        f'create or replace trigger append_only before update or delete on "{table}" '
        f"for each row execute function refuse_change_of_append_only({columns})"
    )

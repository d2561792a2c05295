"""The database shows each portal its own rows, whatever the code forgets; and keeps what is written once."""

from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from guardian.models import GroupObjectPermission, UserObjectPermission

from runtime.dossiers.models import CorrectionRequest, DossierUserGrant
from runtime.procedures.models import DraftAct
from runtime.review.services import decide
from tenants.permissions.engine import _is_ours
from tenants.portals.current import NOTHING, _scope, portal_context
from tenants.portals.rls import append_only_models, protected_models
from tests.fixtures import House, deposited
from tests.front_door import Site
from themes.highlights.services import feature

WITHOUT_A_PORTAL = {
    "tenants.User": "One account for the whole installation; what it may do is said by roles of portals.",
    "tenants.Portal": "It is the portal.",
    "tenants.Session": "Of a browser, and of an account, which has no portal.",
    "themes.HomePage": "A page of Wagtail's tree; its portal is the one whose site it stands under.",
    "themes.ContentPage": "The same.",
    # Django's own tables between accounts and its groups and permissions.
    "tenants.User_groups": "Groups of accounts, which are of no portal.",
    "tenants.User_user_permissions": "Django's table; nothing of ours reads it.",
}
PROTECTED = protected_models()


def names(found: list[type[models.Model]]) -> set[str]:
    return {model._meta.label for model in found}


def rows(table: str) -> list[int]:
    """The portals of the rows that raw SQL sees."""
    with connection.cursor() as cursor:
        cursor.execute(f'select portal_id from "{table}"')
        return [portal for (portal,) in cursor.fetchall()]


@pytest.fixture
def filled(house: House, elsewhere: House) -> tuple[House, House]:
    """Every protected table with rows of two portals."""
    for each in (house, elsewhere):
        with portal_context(each.portal.pk):
            dossier = deposited(each)
            feature(portal=each.portal, procedure=each.care, by=each.editor)
            decide(
                reference=dossier.reference,
                by=each.verifier,
                action="begin",
                given={},
                seen=dossier.deposits_count,
            )
            CorrectionRequest.objects.create(
                portal=each.portal, dossier=dossier, message="m", by=each.verifier,
                due_at=dossier.created_at, requested_at=dossier.created_at,
            )  # fmt: skip
            DraftAct.objects.create(
                portal=each.portal, procedure=each.care, number=2, name="rename", said="Renommé", patch="[]",
                by=each.administrator,
            )  # fmt: skip
            grant = dossier.group_grants.get()
            DossierUserGrant.objects.create(
                permission=grant.permission, user=each.verifier, content_object=dossier
            )
    return house, elsewhere


@pytest.fixture
def outside(filled: tuple[House, House]) -> Iterator[None]:
    """No portal in force, as in a job that forgot its own."""
    token = _scope.set(NOTHING)
    yield
    _scope.reset(token)


def test_every_model_of_ours_has_a_portal_and_is_protected_or_says_why_not() -> None:
    ours = [
        model
        for config in apps.get_app_configs()
        if _is_ours(config)
        for model in config.get_models(include_auto_created=True)
        if not model._meta.proxy
    ]
    assert names(ours) - names(PROTECTED) == set(WITHOUT_A_PORTAL)


def test_a_portal_is_never_null_and_leads_the_unique_constraints() -> None:
    for model in PROTECTED:
        assert not model._meta.get_field("portal").null, model
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint):
                assert constraint.fields[0] == "portal", f"{model._meta.label}: {constraint.name}"


def test_without_a_portal_raw_sql_sees_no_row(outside: None) -> None:
    assert {model._meta.db_table: rows(model._meta.db_table) for model in PROTECTED} == {
        model._meta.db_table: [] for model in PROTECTED
    }


def test_with_a_portal_raw_sql_sees_its_rows_only(filled: tuple[House, House]) -> None:
    for each in filled:
        with portal_context(each.portal.pk):
            for model in PROTECTED:
                assert set(rows(model._meta.db_table)) == {each.portal.pk}, model


def test_rows_are_written_for_no_other_portal(filled: tuple[House, House]) -> None:
    house, elsewhere = filled
    for model in PROTECTED:
        table = model._meta.db_table
        with (
            portal_context(house.portal.pk),
            pytest.raises(DatabaseError, match=r"row-level security|append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f'update "{table}" set portal_id = %s', [elsewhere.portal.pk])


def test_rows_are_added_for_no_other_portal(filled: tuple[House, House]) -> None:
    """A copy of each row of one's own, under the other portal's key."""
    house, elsewhere = filled
    for model in PROTECTED:
        columns = [field.column for field in model._meta.local_fields if field.column != "portal_id"]
        listed = ", ".join(f'"{column}"' for column in columns)
        statement = (
            f'insert into "{model._meta.db_table}" (portal_id, {listed}) '
            f'select %s, {listed} from "{model._meta.db_table}" limit 1'
        )
        with (
            portal_context(house.portal.pk),
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [elsewhere.portal.pk])


def test_nothing_of_another_portal_is_changed_or_deleted(filled: tuple[House, House]) -> None:
    house, elsewhere = filled
    with portal_context(house.portal.pk), connection.cursor() as cursor:
        for model in PROTECTED:
            for act in (
                f'update "{model._meta.db_table}" set id = id',
                f'delete from "{model._meta.db_table}"',
            ):
                cursor.execute(f"{act} where portal_id = %s", [elsewhere.portal.pk])
                assert cursor.rowcount == 0, act


def test_what_is_written_once_is_neither_changed_nor_deleted(filled: tuple[House, House]) -> None:
    written_once = names(append_only_models())
    assert written_once == {
        "runtime.Deposit", "runtime.Event", "runtime.OpeningChange", "runtime.ProcedureVersion",
    }  # fmt: skip
    for model in append_only_models():
        table = model._meta.db_table
        for act in (f'delete from "{table}"', f'update "{table}" set id = -id'):
            with (
                pytest.raises(IntegrityError, match="append-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(act)


def test_guardian_s_generic_tables_stay_empty(filled: tuple[House, House]) -> None:
    assert not UserObjectPermission.objects.exists()
    assert not GroupObjectPermission.objects.exists()


def test_no_permission_of_django_is_given_on_our_models(filled: tuple[House, House]) -> None:
    """The policy and the grants say everything: a group that held one of Django's would be a second door."""
    ours = ContentType.objects.filter(app_label__in=("tenants", "runtime", "builder", "themes"))
    for house in filled:
        for user in (house.administrator, house.editor, house.verifier, house.applicant):
            assert not user.user_permissions.exists()
            for group in user.groups.all():
                assert not group.permissions.filter(content_type__in=ours).exists(), group


def test_server_and_worker_are_connected_as_app_alone(site: Site) -> None:
    """What PostgreSQL itself says of its sessions, once both have worked."""
    site.manage("seed_demonstration")
    urlopen(f"{site.url}/demarches/", timeout=20).close()
    seen = site.rows(
        "select usename, count(*) from pg_stat_activity "
        "where datname = current_database() and pid <> pg_backend_pid() "
        "group by usename"
    )
    assert [name for name, _count in seen] == ["app"]
    assert seen[0][1] >= 2  # type: ignore[operator]

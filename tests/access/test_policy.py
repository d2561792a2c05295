"""Every row of the policy says its condition twice; here both say the same, over whole populations."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.utils import timezone

from runtime.dossiers.models import Dossier
from runtime.procedures.services import create_procedure, publish, save_draft
from tenants.accounts.models import User
from tenants.memberships.models import Membership
from tenants.permissions import Forbidden, Person, can, policy, require, visible
from tenants.portals.services import appoint_staff
from tests.fixtures import BRITTANY, House, begin, complete, deposited, make_user

ROWS = policy()


@dataclass(frozen=True)
class Population:
    """People of every kind, before objects of every kind."""

    people: tuple[Person, ...]
    objects: dict[str, tuple[Model, ...]]


@pytest.fixture
def population(house: House, elsewhere: House) -> Population:
    """Each combination of what the conditions read: role, membership, grant, assignee, status, version."""
    give_every_status(house)
    let_colleagues_read(house)
    create_procedure(
        portal=house.portal, slug="jamais-publiee", text=house.care.draft_text, by=house.administrator
    )
    models = {row.model for row in ROWS}
    objects = {label: tuple(apps.get_model(label)._default_manager.all()) for label in models}
    assert all(objects.values()), "A condition judged before nothing proves nothing."
    return Population(people(house, elsewhere), objects)


def people(house: House, elsewhere: House) -> tuple[Person, ...]:
    """Everybody, and those whom no condition may mistake for somebody."""
    named = [
        getattr(each, name)
        for each in (house, elsewhere)
        for name in (
            "administrator",
            "editor",
            "applicant",
            "colleague",
            "stranger",
            "verifier",
            "wrong_verifier",
        )
    ]
    superuser, everything, gone = (make_user(name, house.host) for name in ("super", "tout", "parti"))
    superuser.is_superuser = superuser.is_staff = True
    superuser.save()
    for user in (everything, gone):
        hold_everything(house, user)
    gone.is_active = False
    gone.save()
    # What was read once per user object must not outlive the test's preparation.
    return (
        AnonymousUser(),
        *User.objects.filter(pk__in=[user.pk for user in (*named, superuser, everything, gone)]),
    )


def hold_everything(house: House, user: User) -> None:
    appoint_staff(portal=house.portal, user=user, role="administrator")
    appoint_staff(portal=house.portal, user=user, role="editor")
    Membership.objects.create(portal=house.portal, user=user, organisation=house.clinic)
    user.groups.add(house.care.teams.get(scope=BRITTANY).group)


def give_every_status(house: House) -> None:
    begin(house)
    begin(house, by=house.stranger, organisation=house.hospital)
    complete(house, begin(house, by=house.colleague), by=house.colleague)
    for status in Dossier.Status.values:
        dossier = deposited(house)
        Dossier.objects.filter(pk=dossier.pk).update(
            status=status, updated_at=timezone.now() + timedelta(days=1)
        )


def let_colleagues_read(house: House) -> None:
    """Publish a version that lets colleagues read, with dossiers of its own, in draft and deposited."""
    care = house.care
    text = json.loads(care.draft_text)
    found = next(part for part in (text, *text.values()) if isinstance(part, dict) and "applicants" in part)
    found["applicants"]["team"] = "colleagues_read"
    save_draft(procedure=care, text=json.dumps(text), revision=care.draft_revision, by=house.administrator)
    publish(procedure=care, by=house.administrator)
    care.refresh_from_db()
    begin(house)
    deposited(house)


def active(people: tuple[Person, ...]) -> Iterator[Person]:
    """Those whom the engine asks the rows about: it refuses an inactive account before."""
    return (user for user in people if user.is_active or not user.is_authenticated)


def test_both_forms_of_every_condition_agree_on_everybody_and_everything(population: Population) -> None:
    disagreed, empty = [], []
    for row in ROWS:
        model = apps.get_model(row.model)
        held = 0
        for user in active(population.people):
            found = set(model._default_manager.filter(row.q(user)).values_list("pk", flat=True))
            judged = {each.pk for each in population.objects[row.model] if row.holds(user, each)}
            held += len(found)
            if found != judged:
                disagreed.append(f"{row.action}, {row.role}, {user}: {found ^ judged}")
        if not 0 < held < len(population.people) * len(population.objects[row.model]):
            empty.append(f"{row.action}, {row.role}: {held}")
    assert not disagreed, "\n".join(disagreed)
    assert not empty, f"They hold for nobody or for everybody: nothing was told apart. {empty}"


def test_the_engine_adds_the_rows_up_and_nothing_else(population: Population) -> None:
    for action, label in {(row.action, row.model) for row in ROWS}:
        rows = [row for row in ROWS if (row.action, row.model) == (action, label)]
        queryset = apps.get_model(label)._default_manager.all()
        for user in population.people:
            shown = set(visible(user, action, queryset))
            assert shown == {each for each in population.objects[label] if can(user, action, each)}, (
                action,
                user,
            )
            active = user.is_active or not user.is_authenticated
            by_hand = {
                each for each in population.objects[label] if any(row.holds(user, each) for row in rows)
            }
            assert shown == (by_hand if active else set()), (action, user)


def test_what_no_row_grants_is_refused(population: Population) -> None:
    for label, objects in population.objects.items():
        for user in population.people:
            assert not can(user, "no.such.act", objects[0])
            assert not visible(user, "no.such.act", apps.get_model(label)._default_manager.all()).exists()
    with pytest.raises(Forbidden):
        require(population.people[1], "no.such.act", population.objects["runtime.Dossier"][0])


def test_an_inactive_account_may_do_nothing_whatever_it_holds(population: Population) -> None:
    gone = next(user for user in population.people if user.is_authenticated and not user.is_active)
    assert gone.portal_roles.count() == 2
    for row in ROWS:
        assert not any(can(gone, row.action, each) for each in population.objects[row.model]), row
        assert not visible(gone, row.action, apps.get_model(row.model)._default_manager.all()).exists(), row


def test_a_superuser_may_do_what_anybody_may(population: Population) -> None:
    superuser = next(user for user in population.people if user.is_authenticated and user.is_superuser)
    anybody = make_user("quelconque", "ici.test")
    for row in ROWS:
        queryset = apps.get_model(row.model)._default_manager.all()
        assert set(visible(superuser, row.action, queryset)) == set(visible(anybody, row.action, queryset)), (
            row
        )
        assert all(
            can(superuser, row.action, each) == can(anybody, row.action, each)
            for each in population.objects[row.model]
        ), row


def test_no_role_of_another_portal_counts_here(
    population: Population, house: House, elsewhere: House
) -> None:
    for row in ROWS:
        for each in population.objects[row.model]:
            portal = each.pk if row.model == "tenants.Portal" else each.portal_id  # type: ignore[attr-defined]
            theirs = elsewhere if portal == house.portal.pk else house
            for user in (theirs.administrator, theirs.editor, theirs.verifier, theirs.applicant):
                public = can(AnonymousUser(), row.action, each)
                assert can(user, row.action, each) is public, (row.action, str(user), str(each))

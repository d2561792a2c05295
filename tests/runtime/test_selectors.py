"""A dossier read by a statement composed once is the one that the policy shows, and no other."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from runtime.dossiers.models import Dossier
from runtime.dossiers.selectors import dossiers_for, locked_dossier, the_dossier
from tenants.accounts.models import User
from tenants.portals.current import portal_context
from tenants.statements import A_KEY, A_TEXT, Statement
from tests.fixtures import House, begin, deposited

ACTIONS = ("dossier.read", "dossier.edit", "dossier.submit", "dossier.review")
PEOPLE = ("administrator", "editor", "applicant", "colleague", "stranger", "verifier", "wrong_verifier")


def composed_each_time(person: User, action: str, reference: str) -> Dossier | None:
    return dossiers_for(person, action).filter(reference=reference).first()


def composed_once(person: User, action: str, reference: str) -> Dossier | None:
    try:
        return the_dossier(person, action, reference)
    except Dossier.DoesNotExist:
        return None


@pytest.mark.parametrize("action", ACTIONS)
def test_each_person_finds_what_the_policy_shows_and_nothing_else(house: House, action: str) -> None:
    references = (begin(house).reference, deposited(house).reference, "INCONNU")
    people = [getattr(house, name) for name in PEOPLE] + [AnonymousUser()]
    seen = 0
    # Twice: what one person's reading leaves must not serve the next one.
    for person in people * 2:
        for reference in references:
            found = composed_once(person, action, reference)
            assert found == composed_each_time(person, action, reference), (person, reference)
            seen += found is not None
    assert seen


def test_it_reads_the_same_of_the_dossier_and_of_what_goes_with_it(house: House) -> None:
    reference = deposited(house).reference
    found = the_dossier(house.applicant, "dossier.read", reference)
    other = dossiers_for(house.applicant, "dossier.read").get(reference=reference)
    for one, same in ((found, other), (found.version, other.version), (found.procedure, other.procedure)):
        assert {**one.__dict__, "_state": 0, "arrived_at": 0} == {
            **same.__dict__,
            "_state": 0,
            "arrived_at": 0,
        }
    assert (found.assignee, found.procedure.opening) == (other.assignee, other.procedure.opening)
    assert found.arrived_at.tzinfo == other.arrived_at.tzinfo


def test_a_closed_account_finds_nothing(house: House) -> None:
    reference = begin(house).reference
    the_dossier(house.applicant, "dossier.edit", reference)
    house.applicant.is_active = False
    assert composed_once(house.applicant, "dossier.edit", reference) is None


def test_another_portal_s_dossier_is_not_found(house: House, elsewhere: House) -> None:
    reference = begin(house).reference
    with portal_context(elsewhere.portal.pk):
        assert composed_once(house.applicant, "dossier.edit", reference) is None


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_a_transaction_is_refused(house: House) -> None:
    reference = begin(house).reference
    with transaction.atomic():
        assert locked_dossier(house.applicant, "dossier.edit", reference).reference == reference
    with pytest.raises(TransactionManagementError):
        locked_dossier(house.applicant, "dossier.edit", reference)


def test_a_statement_that_depends_on_what_it_reads_is_refused(house: House) -> None:
    with pytest.raises(RuntimeError, match="cannot depend"):
        Statement(lambda: User.objects.filter(pk=User.objects.filter(username=A_TEXT).count()), name=A_TEXT)


def test_a_value_that_the_statement_does_not_read_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="does not read"):
        Statement(lambda: User.objects.filter(pk=A_KEY), key=A_KEY, name=A_TEXT)


def test_a_session_that_postgresql_has_ended_is_known_without_a_statement(db: None) -> None:
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        (pid,) = cursor.fetchone()
    assert other.is_usable()
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(%s, 5000)", [pid])
    assert not other.is_usable()
    other.close()

"""Reading dossiers, always through the policy."""

from functools import cache

from django.db.models import QuerySet
from django.db.models.functions import Now

from runtime.dossiers.models import Deposit, Dossier
from runtime.procedures.definitions import definition_of
from runtime.uploads.models import Attachment
from tenants.accounts.models import User
from tenants.permissions import Person, visible
from tenants.statements import A_KEY, A_TEXT, Statement

UNUSED = ("version__text", "procedure__draft_text")
CLOCK = {"arrived_at": Now()}
"""The database's clock, read with the row (`Dossier.arrived_at`)."""
OWN = ("dossier.edit", "dossier.submit")
"""What only the référent does: the account that asks is the one that the dossier names."""


def dossiers_for(user: Person, action: str) -> QuerySet[Dossier]:
    """The dossiers to which `user` may do `action`, with what a page of theirs needs, in one statement."""
    return _dossiers(user, action).select_related("assignee")


def _dossiers(user: Person, action: str) -> QuerySet[Dossier]:
    return (
        visible(user, action, Dossier.objects.all())
        .select_related("version", "procedure__opening")
        .defer(*UNUSED)
        .annotate(**CLOCK)
    )


def the_dossier(user: Person, action: str, reference: str) -> Dossier:
    """The dossier, for a page about it alone. Raises Dossier.DoesNotExist where the policy hides it."""
    return _one(user, action, reference, locked=False)


def locked_dossier(user: Person, action: str, reference: str) -> Dossier:
    """The dossier, locked until the transaction ends. Raises Dossier.DoesNotExist where the policy hides it.

    `arrived_at` is the database's clock at the request's arrival, before it waited for the lock.
    """
    return _one(user, action, reference, locked=True)


def _one(user: Person, action: str, reference: str, *, locked: bool) -> Dossier:
    if not (user.is_authenticated and user.is_active):
        return dossiers_for(user, action).get(reference=reference)
    dossier = _statement(action, locked).get(person=user.pk, reference=reference)
    if dossier.assignee_id == user.pk:
        dossier.assignee = user
    return dossier


@cache
def _statement(action: str, locked: bool) -> Statement[Dossier]:
    """One dossier by its reference, for a person of whom the policy's rows only know the key."""

    def composed() -> QuerySet[Dossier]:
        found = _dossiers(User(pk=A_KEY), action).filter(reference=A_TEXT)
        if action not in OWN:
            found = found.select_related("assignee")
        return found.select_for_update(of=("self",)) if locked else found

    return Statement(composed, person=A_KEY, reference=A_TEXT)


@cache
def _attachments() -> Statement[Attachment]:
    return Statement(lambda: Attachment.objects.filter(dossier=A_KEY), dossier=A_KEY)


def attachments_of(dossier: Dossier) -> tuple[Attachment, ...]:
    """The files given to a dossier, first to last."""
    return tuple(_attachments().all(dossier=dossier.pk))


def attachments_to_judge(dossier: Dossier) -> tuple[Attachment, ...]:
    """The files that the answers of the dossier's phase may name; nothing is read where it asks for none."""
    phase = definition_of(dossier.version).phase(dossier.phase)
    return attachments_of(dossier) if phase.holds_files else ()


def deposit_of(user: Person, reference: str, number: int) -> Deposit:
    """A deposit, if the policy lets `user` read it. Raises Deposit.DoesNotExist."""
    readable = visible(user, "deposit.read", Dossier.objects.filter(reference=reference))
    return Deposit.objects.select_related("dossier__version", "dossier__organisation", "version", "by").get(
        dossier__in=readable, number=number
    )

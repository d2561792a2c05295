"""Reading dossiers, always through the policy."""

from django.db.models import QuerySet
from django.db.models.functions import Now

from runtime.dossiers.models import Deposit, Dossier
from tenants.permissions import Person, visible

UNUSED = ("version__text", "procedure__draft_text")
CLOCK = {"arrived_at": Now()}
"""The database's clock, read with the row (`Dossier.arrived_at`)."""


def dossiers_for(user: Person, action: str) -> QuerySet[Dossier]:
    """The dossiers to which `user` may do `action`, with what a page of theirs needs, in one statement."""
    return (
        visible(user, action, Dossier.objects.all())
        .select_related("version", "procedure__opening", "assignee")
        .defer(*UNUSED)
        .annotate(**CLOCK)
    )


def locked_dossier(user: Person, action: str, reference: str) -> Dossier:
    """The dossier, locked until the transaction ends. Raises Dossier.DoesNotExist where the policy hides it.

    `arrived_at` is the database's clock at the request's arrival, before it waited for the lock.
    """
    return dossiers_for(user, action).select_for_update(of=("self",)).get(reference=reference)


def deposit_of(user: Person, reference: str, number: int) -> Deposit:
    """A deposit, if the policy lets `user` read it. Raises Deposit.DoesNotExist."""
    readable = visible(user, "deposit.read", Dossier.objects.filter(reference=reference))
    return Deposit.objects.select_related("dossier__version", "dossier__organisation", "version", "by").get(
        dossier__in=readable, number=number
    )

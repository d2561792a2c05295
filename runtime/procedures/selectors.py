"""Reading démarches."""

from django.db.models import QuerySet
from django.db.models.functions import Now

from runtime.procedures.models import Procedure
from tenants.organisations.models import sort_key
from tenants.permissions import Person, visible

CLOCK = {"now": Now()}
"""The database's clock, read with the row (`Procedure.now`)."""


def published(user: Person) -> QuerySet[Procedure]:
    """The published démarches of the current portal, by title."""
    return (
        visible(user, "procedure.read", Procedure.objects.all())
        .select_related("current_version", "opening")
        .defer("draft_text", "current_version__text")
        .annotate(**CLOCK)
    )


def matching(procedures: list[Procedure], query: str) -> list[Procedure]:
    """Those whose title has every word of `query`, whatever the accents."""
    words = sort_key(query).split()
    return [p for p in procedures if all(word in sort_key(p.title) for word in words)]

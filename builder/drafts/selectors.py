"""Reading démarches as their administrators see them."""

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet

from runtime.procedures.models import Procedure
from runtime.procedures.selectors import CLOCK
from tenants.permissions import Person, visible


def composed_by(user: Person) -> QuerySet[Procedure]:
    """The démarches that a person may compose, each with its counts of dossiers, in one statement.

    `same` is whether the draft is what is published; None before the first publication.
    """
    return (
        visible(user, "procedure.compose", Procedure.objects.all())
        .select_related("current_version", "opening", "draft_by")
        .defer("draft_text", "current_version__text")
        .annotate(
            **CLOCK,
            same=ExpressionWrapper(Q(draft_text=F("current_version__text")), output_field=BooleanField()),
            deposited=Count("dossiers", filter=Q(dossiers__submitted_at__isnull=False)),
            begun=Count("dossiers", filter=Q(dossiers__submitted_at__isnull=True)),
        )
    )

"""The reviewer's inbox."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from runtime.dossiers.models import Dossier
from runtime.procedures.models import ReviewTeam
from tenants.accounts.models import User
from tenants.organisations.models import sort_key
from tenants.permissions import visible

SORTS = {
    "oldest": ("submitted_at", "pk"),
    "newest": ("-submitted_at", "-pk"),
    "applicant": ("organisation__sort_key", "search_text", "pk"),
}


@dataclass(frozen=True)
class InboxQuery:
    """What a reviewer asks of the inbox."""

    text: str = ""
    status: str = ""
    sort: str = "oldest"


def dossiers_to_review(reviewer: User, query: InboxQuery) -> QuerySet[Dossier]:
    """The dossiers open to `reviewer`, as asked."""
    found = (
        visible(reviewer, "dossier.review", Dossier.objects.all())
        .select_related("version", "organisation", "assignee", "procedure")
        .defer("version__text", "procedure__draft_text", "raw", "answers")
    )
    if query.status:
        found = found.filter(status=query.status)
    for word in sort_key(query.text).split():
        found = found.filter(search_text__contains=word) | found.filter(reference__istartswith=word)
    return found.order_by(*SORTS.get(query.sort, SORTS["oldest"]))


def counts_by_status(reviewer: User) -> dict[str, int]:
    """How many dossiers are open to `reviewer`, by status."""
    rows = (
        visible(reviewer, "dossier.review", Dossier.objects.all())
        .values("status")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return {row["status"]: row["n"] for row in rows}


def reviews_somewhere(user: User) -> bool:
    """Whether `user` is in a review team of the current portal."""
    return ReviewTeam.objects.filter(group__user=user).exists()

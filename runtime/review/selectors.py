"""The reviewer's inbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, F, Max, Q, QuerySet, Window
from django.db.models.functions import Lag, Lead, RowNumber

from runtime.dossiers.models import Dossier
from runtime.procedures.models import ReviewTeam
from tenants.accounts.models import User
from tenants.organisations.models import sort_key
from tenants.permissions import visible

ROWS_A_PAGE = 30
SORTS = {
    "oldest": ("submitted_at", "pk"),
    "newest": ("-submitted_at", "-pk"),
    "applicant": ("organisation__sort_key", "search_text", "pk"),
    "applicant_last": ("-organisation__sort_key", "-search_text", "-pk"),
}


@dataclass(frozen=True)
class InboxQuery:
    """What a reviewer asks of the inbox."""

    text: str = ""
    status: str = ""
    sort: str = "oldest"

    @property
    def address(self) -> str:
        """The query string that asks this, "" for what is asked without one."""
        return self.at(1)

    def at(self, page: int) -> str:
        """The query string of a page of what is asked."""
        asked = {
            "status": self.status,
            "q": self.text,
            "sort": "" if self.sort == "oldest" else self.sort,
            "page": str(page) if page > 1 else "",
        }
        given = urlencode({name: value for name, value in asked.items() if value})
        return f"?{given}" if given else ""


@dataclass(frozen=True)
class Neighbours:
    """Where a dossier stands in the inbox: the references around it, "" at an end."""

    previous: str
    next: str
    place: int
    count: int

    @property
    def page(self) -> int:
        """The page of the list that shows this place."""
        return (self.place - 1) // ROWS_A_PAGE + 1


def neighbours_of(dossier: Dossier, reviewer: User, query: InboxQuery) -> Neighbours | None:
    """The dossiers before and after in the inbox, as asked; None where the list does not hold this one.

    One that a decision has just taken out of the state asked for keeps its place: one goes on from there.
    """
    order = [
        F(name.removeprefix("-")).desc() if name.startswith("-") else F(name).asc()
        for name in order_of(query)
    ]
    # A plain condition would be applied before the windows are drawn: the key is told by one of them too.
    found = (
        dossiers_to_review(reviewer, query, besides=dossier.pk)
        .order_by()
        .annotate(
            previous=Window(Lag("reference"), order_by=order),
            next=Window(Lead("reference"), order_by=order),
            place=Window(RowNumber(), order_by=order),
            count=Window(Count("pk")),
            key=Window(Max("pk"), partition_by=F("pk")),
        )
        .filter(key=dossier.pk)
        .values_list("previous", "next", "place", "count")
        .first()
    )
    return Neighbours(found[0] or "", found[1] or "", found[2], found[3]) if found else None


def order_of(query: InboxQuery) -> tuple[str, ...]:
    """The columns by which the inbox is sorted."""
    return SORTS.get(query.sort, SORTS["oldest"])


def dossiers_to_review(reviewer: User, query: InboxQuery, *, besides: int | None = None) -> QuerySet[Dossier]:
    """The dossiers open to `reviewer`, as asked; the one of key `besides` whatever its state."""
    found = (
        visible(reviewer, "dossier.review", Dossier.objects.all())
        .select_related("version", "organisation", "assignee", "procedure")
        .defer("version__text", "procedure__draft_text", "raw", "answers")
    )
    if query.status:
        found = found.filter(Q(status=query.status) | Q(pk=besides))
    for word in sort_key(query.text).split():
        found = found.filter(
            Q(search_text__contains=word)
            | Q(reference__istartswith=word)
            | Q(assignee__email__icontains=word)
        )
    return found.order_by(*order_of(query))


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


def is_last_act(dossier: Dossier, by: User, given: Mapping[str, str]) -> bool:
    """Whether what is asked for is what the same person did last: the button was pressed twice."""
    last = dossier.events.order_by("-number").first()
    return (
        last is not None
        and last.actor_id == by.pk
        and last.kind == given.get("action")
        and all(last.data.get(name, "") == given.get(name, "").strip() for name in ("reason", "message"))
    )

"""The applicant's dashboard and the page of a dossier."""

from datetime import UTC, datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from runtime.dossiers.contexts import (
    DossierCard,
    correction,
    deposit_row,
    dossier_card,
    file_row,
    timeline_of,
)
from runtime.dossiers.facts import file_facts
from runtime.dossiers.limits import open_request
from runtime.dossiers.models import CorrectionRequest, Dossier, Event
from runtime.dossiers.selectors import attachments_of, dossiers_for, the_dossier
from runtime.dossiers.wording import status_label
from tenants.requests import SignedInRequest

TOLD = ("created", "submit", "resubmit", "begin", "request_changes", "accept", "refuse", "dismiss")
"""The kinds of event that a timeline tells; saves are not."""
NO_LIMIT = datetime.max.replace(tzinfo=UTC)


@login_required
@never_cache
def dashboard(request: SignedInRequest) -> HttpResponse:
    """Every dossier of the person, sorted by what is expected of them."""
    dossiers = tuple(dossiers_for(request.user, "dossier.read").order_by("-updated_at")[:200])
    asked = CorrectionRequest.objects.filter(dossier__in=dossiers, answered_at=None)
    requests = {found.dossier_id: found for found in asked}
    cards = tuple(dossier_card(dossier, requests.get(dossier.pk)) for dossier in dossiers)
    groups = {
        "to_do": ("draft", "changes_requested"),
        "waiting": ("submitted", "under_review"),
        "done": ("accepted", "refused", "dismissed"),
    }
    return render(
        request,
        "runtime/dossiers/dashboard.html",
        {
            "dossiers": cards,
            **{
                name: tuple(sorted((c for c in cards if c.status in group), key=urgency))
                for name, group in groups.items()
            },
        },
    )


def urgency(card: DossierCard) -> tuple[bool, datetime]:
    """What puts a card before another: a request first, then the nearest deadline."""
    return card.status != Dossier.Status.CHANGES_REQUESTED, card.deadline or NO_LIMIT


@login_required
@never_cache
def dossier_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    """Where a dossier stands: what happened, what comes, what was given."""
    try:
        dossier = the_dossier(request.user, "dossier.read", reference)
    except Dossier.DoesNotExist as error:
        raise Http404 from error
    asked = open_request(dossier)
    events = told_events(dossier)
    deposits = dossier.deposits.select_related("by").order_by("-number")
    card = dossier_card(dossier, asked)
    return render(
        request,
        "runtime/dossiers/detail.html",
        {
            "dossier": card,
            "timeline": timeline_of(dossier, events, name_reviewers=False),
            "correction": correction(asked),
            "deposits": tuple(deposit_row(deposit) for deposit in deposits),
            "decision": decision_of(dossier, events),
            "attachments": tuple(file_row(reference, file_facts(a)) for a in attachments_of(dossier)),
            "next_text": card.next_text,
        },
    )


def told_events(dossier: Dossier) -> tuple[Event, ...]:
    """The events of a dossier that a timeline tells, first to last."""
    return tuple(dossier.events.filter(kind__in=TOLD).select_related("actor").order_by("number"))


def decision_of(dossier: Dossier, events: tuple[Event, ...]) -> tuple[str, str, datetime] | None:
    """The final decision: its words, its reason, its date."""
    if dossier.decided_at is None:
        return None
    return status_label(dossier), events[-1].data.get("reason", ""), dossier.decided_at

"""What is shown once a dossier is transmitted."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from runtime.dossiers.contexts import deposit_row, dossier_card
from runtime.dossiers.models import Deposit
from runtime.dossiers.selectors import dossiers_for


@login_required
@never_cache
def submitted(request: HttpRequest, reference: str) -> HttpResponse:
    """The last deposit, what comes next, and how one will hear of it."""
    readable = dossiers_for(request.user, "dossier.read").filter(reference=reference)
    deposit = (
        Deposit.objects.filter(dossier__in=readable.order_by().values("pk"))
        .select_related("by", "dossier__version", "dossier__procedure__opening")
        .order_by("-number")
        .first()
    )
    if deposit is None:
        raise Http404
    card = dossier_card(deposit.dossier)
    return render(
        request,
        "runtime/wizard/submitted.html",
        {"dossier": card, "deposit": deposit_row(deposit), "next_text": card.next_text},
    )

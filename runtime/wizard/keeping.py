"""Answers sent after one's session ended: kept in the visitor's new session until they sign in again."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from formdefs import Phase
from runtime.controls.parsing import parse_page
from runtime.dossiers.services import Draft, save_answers
from runtime.wizard.forms import whole, window_of
from tenants.requests import SignedInRequest

KEPT = "kept_answers"
MOST = 500_000
"""Characters of a page that are kept at the most; a page of 300 questions has about a tenth of that."""


def keep_and_sign_in(request: HttpRequest) -> HttpResponse:
    """Keep what was sent, and lead to the door; it comes back to this page.

    A page that saves by itself still holds what was typed: it is told (401) and goes on trying.
    """
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)
    if request.method == "POST" and request.POST.get("shown"):
        text = request.POST.urlencode()
        if len(text) <= MOST:
            request.session[KEPT] = {"path": request.path, "data": text}
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")


def take_back(request: SignedInRequest, phase: Phase, reference: str) -> Draft | None:
    """Save what was kept for this page, now that the person is known; None when nothing was."""
    kept = request.session.get(KEPT)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[KEPT]
    data = QueryDict(kept["data"])
    draft = save_answers(
        reference=reference,
        by=request.user,
        given=parse_page(phase, data),
        revision=whole(data.get("revision")),
        window=window_of(data),
    )
    messages.success(
        request,
        _(
            "Vous êtes de nouveau connecté, et vos réponses sont enregistrées. "
            "Seuls les fichiers sont à choisir de nouveau."
        ),
    )
    return draft

"""The reviewer's pages."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from formdefs import Action, Refused
from runtime.documents.content import deposit_content
from runtime.dossiers.contexts import (
    correction,
    deposit_row,
    dossier_card,
    file_row,
    recap_section,
    timeline_of,
)
from runtime.dossiers.limits import open_request
from runtime.dossiers.models import Dossier
from runtime.dossiers.selectors import the_dossier
from runtime.dossiers.views import decision_of, told_events
from runtime.review.contexts import (
    action_form,
    changes_between,
    inbox_row,
    position_of,
    review_url,
    sort_links,
    status_tabs,
)
from runtime.review.forms import DecisionForm
from runtime.review.keeping import keep_and_sign_in, take_back, written_in
from runtime.review.selectors import (
    ROWS_A_PAGE,
    InboxQuery,
    counts_by_status,
    dossiers_to_review,
    is_last_act,
    neighbours_of,
    reviews_somewhere,
)
from runtime.review.services import actions_open_to, decide
from tenants.permissions import Forbidden
from tenants.requests import SignedInRequest

DONE = {
    "begin": gettext_lazy("Le dossier est en instruction."),
    "accept": gettext_lazy("Le dossier est accepté. Le demandeur en est averti par e-mail."),
    "refuse": gettext_lazy("Le dossier est refusé. Le demandeur en est averti par e-mail."),
    "request_changes": gettext_lazy("La demande de modification est envoyée au demandeur."),
}


@login_required
@never_cache
def inbox(request: SignedInRequest) -> HttpResponse:
    """The dossiers open to the reviewer: by state, searched, sorted, a page at a time."""
    if not reviews_somewhere(request.user):
        raise Forbidden
    query = _query(request)
    page = Paginator(dossiers_to_review(request.user, query), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "runtime/review/inbox.html",
        {
            "rows": tuple(inbox_row(dossier, query) for dossier in page),
            "query": query.text,
            "status": query.status,
            "sort": query.sort,
            "statuses": status_tabs(counts_by_status(request.user)),
            "sort_links": sort_links(query),
            "page": page,
            "count": page.paginator.count,
        },
    )


def _query(request: SignedInRequest) -> InboxQuery:
    return InboxQuery(
        text=request.GET.get("q", "")[:200].strip(),
        status=request.GET.get("status", ""),
        sort=request.GET.get("sort", "oldest"),
    )


@never_cache
def review(request: SignedInRequest, reference: str) -> HttpResponse:
    """A dossier as it was deposited, and the decisions the reviewer may take."""
    if not request.user.is_authenticated:
        return keep_and_sign_in(request)
    try:
        dossier = the_dossier(request.user, "dossier.review", reference)
    except Dossier.DoesNotExist as error:
        raise Http404 from error
    actions = actions_open_to(request.user, dossier)
    if request.method != "POST":
        values = take_back(request)
        late = values and values["action"] not in {action.id for action in actions}
        return _page(request, dossier, actions, values=values, errors=_too_late() if late else None)
    action = next((a for a in actions if a.id == request.POST.get("action")), None)
    if action is None and is_last_act(dossier, request.user, request.POST):
        return redirect(review_url(reference, _query(request)))
    if action is None:
        return _page(request, dossier, actions, values=written_in(request), errors=_too_late())
    form = DecisionForm(request.POST, action=action)
    if not form.is_valid():
        return _page(request, dossier, actions, values=written_in(request), errors=_errors(form, action))
    given = dict(form.cleaned_data)
    try:
        decide(reference=reference, by=request.user, action=action.id, seen=given.pop("seen"), given=given)
    except Refused as refusal:
        return _page(
            request,
            dossier,
            actions,
            values=written_in(request),
            errors={"errors": (("#decision", refusal.message),)},
        )
    messages.success(request, str(DONE.get(action.id, _("C’est fait."))))
    return redirect(review_url(reference, _query(request)))


def _too_late() -> dict[str, Any]:
    text = _("Cette décision n’est plus possible : le dossier a changé d’état.")
    return {"errors": (("#decision", text),)}


def _errors(form: DecisionForm, action: Action) -> dict[str, Any]:
    said = {name: " ".join(str(text) for text in texts) for name, texts in form.errors.items()}
    return {**said, "errors": tuple((f"#{name}-{action.id}", text) for name, text in said.items())}


def _page(
    request: SignedInRequest,
    dossier: Dossier,
    actions: tuple[Action, ...],
    *,
    values: dict[str, str] | None = None,
    errors: dict[str, Any] | None = None,
) -> HttpResponse:
    deposits = list(dossier.deposits.select_related("by", "version", "dossier__version").order_by("-number"))
    content = deposit_content(deposits[0])
    events = told_events(dossier)
    reference, query = dossier.reference, _query(request)
    found = neighbours_of(dossier, request.user, query)
    values = values or {}
    # What was written for a decision that has no form any more is shown once, to be copied.
    lost = {} if values.get("action") in {action.id for action in actions} else values
    return render(
        request,
        "runtime/review/dossier.html",
        {
            "dossier": dossier_card(dossier),
            "applicant": str(dossier.assignee),
            "facts": content.facts,
            "sections": tuple(recap_section(reference, section) for section in content.sections),
            "timeline": timeline_of(dossier, events, name_reviewers=True),
            "attachments": tuple(file_row(reference, file) for file in content.files),
            "actions": tuple(action_form(action) for action in actions),
            "form_values": values,
            "unsent": tuple(filter(None, (lost.get("message"), lost.get("reason")))),
            "form_errors": errors or {},
            "decision": decision_of(dossier, events),
            "deposits": tuple(deposit_row(deposit) for deposit in deposits),
            "seen": dossier.deposits_count,
            "correction": correction(open_request(dossier)),
            "changes": changes_between(deposits[1], deposits[0]) if len(deposits) > 1 else (),
            "inbox_url": reverse("runtime:inbox") + query.at(found.page if found else 1),
            "position": position_of(found, query),
        },
        status=422 if errors and request.method == "POST" else 200,
    )

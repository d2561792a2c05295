"""The draft as its applicants will see it, in a frame as wide as a phone or a computer."""

from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from builder.screens import composers_only, find_procedure, screen
from formdefs import DefinitionError
from runtime.procedures.definitions import draft_definition
from runtime.procedures.models import Procedure
from runtime.wizard.preview import Preview, preview_of

SAMPLES = "exemples"
WIDTHS = {"telephone": 375, "ordinateur": 1280}
PUBLIC_POLICY: dict[str, Any] = {
    name: settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].get(name)
    for name in settings.ADMIN_CONTENT_SECURITY_POLICY
}
"""What takes back the liberties of the admin: a preview obeys the rules of the page it shows."""


@composers_only
@never_cache
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a page, its answers and a width."""
    procedure = find_procedure(request, slug)
    answered = request.GET.get("reponses") == SAMPLES
    width = request.GET.get("largeur", "")
    context: dict[str, Any] = {
        "answered": answered,
        "width": width if width in WIDTHS else "ordinateur",
        "widths": [("ordinateur", _("Ordinateur (1280 px)")), ("telephone", _("Téléphone (375 px)"))],
    }
    try:
        shown = _preview(request, procedure, answered=answered)
    except DefinitionError as error:
        context["problems"] = error.problems
    else:
        page = _page(shown, request.GET.get("page", "")) or next(iter(shown.pages), None)
        context |= {
            "pages": shown.pages,
            "page": page,
            "frame_url": _address(slug, page.id, answered=answered),
        }
    return screen(request, "preview", context, title=_("Aperçu"), procedure=procedure)


@composers_only
@never_cache
@xframe_options_sameorigin
@csp_replace(PUBLIC_POLICY)  # type: ignore[arg-type]
def frame(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    """One page of the draft, as the runtime renders it. Its buttons lead on, and keep nothing."""
    procedure = find_procedure(request, slug)
    answered = request.GET.get("reponses") == SAMPLES
    try:
        shown = _preview(request, procedure, answered=answered)
    except DefinitionError as error:
        raise Http404 from error
    found = _page(shown, page)
    if found is None:
        raise Http404

    def address(page_id: str) -> str:
        return _address(slug, page_id, answered=answered)

    if request.method == "POST":
        pages = shown.pages
        following = pages.index(found) + (request.POST.get("go") == "next")
        return redirect(address(pages[min(following, len(pages) - 1)].id))
    return render(request, "builder/frame.html", shown.page_context(found, address))


def _preview(request: HttpRequest, procedure: Procedure, *, answered: bool) -> Preview:
    definition = draft_definition(procedure.draft_text)
    now = timezone.now()
    return preview_of(procedure, definition, by=request.user, now=now, answered=answered)  # type: ignore[arg-type]


def _page(shown: Preview, page_id: str) -> Any:
    return next((page for page in shown.pages if page.id == page_id), None)


def _address(slug: str, page_id: str, *, answered: bool) -> str:
    return reverse("builder_frame", args=[slug, page_id]) + (f"?reponses={SAMPLES}" if answered else "")

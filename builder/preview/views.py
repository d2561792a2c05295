"""The draft as its applicants will see it, in a frame as wide as a phone or a computer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from builder.screens import composers_only, find_procedure, screen
from formdefs import Definition, DefinitionError, Page, evaluate, present
from runtime.controls.parsing import parse_page
from runtime.dossiers.merging import flatten, unflatten
from runtime.procedures.definitions import draft_definition
from runtime.procedures.models import Procedure
from runtime.wizard.preview import ORGANISATION, PERSON, Preview, applicants_of, preview_of

SAMPLES, REVIEW = "exemples", "instruction"
"""How an address asks for sample answers, and for what the instruction reads."""
WIDTHS = ("telephone", "ordinateur")
PUBLIC_POLICY: dict[str, Any] = {
    name: settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].get(name)
    for name in settings.ADMIN_CONTENT_SECURITY_POLICY
}
"""What takes back the liberties of the admin: a preview obeys the rules of the page it shows."""


@composers_only
@never_cache
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a page, an applicant, its answers and a width."""
    procedure = find_procedure(request, slug)
    width = request.GET.get("largeur", "")
    context: dict[str, Any] = {
        "answered": _answered(request),
        "width": width if width in WIDTHS else "ordinateur",
        "widths": [("ordinateur", _("Ordinateur (1280 px)")), ("telephone", _("Téléphone (375 px)"))],
    }
    try:
        shown, applicant = _preview(request, procedure)
    except DefinitionError as error:
        context["problems"] = error.problems
    else:
        context["applicant"] = applicant
        context["applicants"] = [(each, applicant_label(each)) for each in applicants_of(shown.definition)]
        context["pages"] = shown.pages
        page = _page(shown, request.GET.get("page", "")) or next(iter(shown.pages), None)
        if page is not None:
            context |= {"page": page, "frame_url": _address(request, slug, page.id)}
    return screen(request, "preview", context, title=_("Aperçu"), procedure=procedure)


@composers_only
@never_cache
@xframe_options_sameorigin
@csp_replace(PUBLIC_POLICY)  # type: ignore[arg-type]
def frame(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    """One page of the draft, as the runtime renders it. Its buttons lead on, and keep nothing."""
    procedure = find_procedure(request, slug)
    try:
        shown, _applicant = _preview(request, procedure)
    except DefinitionError as error:
        raise Http404 from error
    if request.GET.get("demandeur") == REVIEW:
        return render(request, "builder/frame_review.html", _reviewed(shown))
    found = _page(shown, page)
    if found is None:
        shown, found = _with_hidden_page(shown, page)
        if request.GET.get("voir") != page:
            context = {"page": found, "address": _address(request, slug, page, voir=page)}
            return render(request, "builder/frame_hidden.html", context)

    def address(page_id: str) -> str:
        return _address(request, slug, page_id)

    if request.POST.get("go") == "try":
        tried = with_answers(shown, request.POST)
        return render(request, "builder/frame.html", tried.page_context(_here(tried, found), address))
    if request.method == "POST":
        pages = shown.pages
        following = pages.index(found) + (request.POST.get("go") == "next")
        return redirect(address(pages[min(following, len(pages) - 1)].id))
    return render(request, "builder/frame.html", shown.page_context(found, address))


def _answered(request: HttpRequest) -> bool:
    return request.GET.get("reponses") == SAMPLES


def _reviewed(shown: Preview) -> dict[str, Any]:
    """What the instruction would read of the same dossier, once it is deposited."""
    sections = present(shown.phase, shown.judgement.answers, shown.context)
    return {"title": shown.definition.title, "sections": sections}


def _here(shown: Preview, page: Page) -> Page:
    """The page, or the first one that these answers leave."""
    return page if page in shown.pages else next(iter(shown.pages), page)


def with_answers(shown: Preview, data: QueryDict) -> Preview:
    """The same preview with what was typed in it; nothing is kept."""
    shown.dossier.raw = unflatten({**flatten(shown.dossier.raw), **parse_page(shown.phase, data)})
    judgement = evaluate(shown.phase, shown.dossier.raw, shown.context)
    shown.dossier.required, shown.dossier.answered = judgement.required, judgement.answered
    return replace(shown, judgement=judgement)


def _preview(request: HttpRequest, procedure: Procedure) -> tuple[Preview, str]:
    """The preview that is asked for, and the applicant it is for. Raises DefinitionError."""
    definition = draft_definition(procedure.draft_text)
    return chosen_preview(procedure, definition, request.GET, request.user)


def chosen_preview(
    procedure: Procedure, definition: Definition, choices: Mapping[str, Any], by: Any
) -> tuple[Preview, str]:
    """The preview for the applicant and the answers that `choices` name."""
    possible = applicants_of(definition)
    asked = choices.get("demandeur", "")
    applicant = asked if asked in possible else possible[0]
    shown = preview_of(
        procedure,
        definition,
        applicant=applicant,
        by=by,
        now=timezone.now(),
        answered=choices.get("reponses") == SAMPLES,
    )
    return shown, applicant


def applicant_label(applicant: str) -> str:
    """How an imagined applicant is called."""
    return {PERSON: _("Particulier"), ORGANISATION: _("Organisme")}.get(applicant, applicant)


def _page(shown: Preview, page_id: str) -> Page | None:
    return next((page for page in shown.pages if page.id == page_id), None)


def _with_hidden_page(shown: Preview, page_id: str) -> tuple[Preview, Page]:
    """The preview with a page that these answers hide, and that page. Raises Http404."""
    found = next((page for page in shown.phase.pages if page.id == page_id), None)
    if found is None:
        raise Http404
    visible = shown.judgement.visible | {f"page:{page_id}"}
    return replace(shown, judgement=replace(shown.judgement, visible=visible)), found


def _address(request: HttpRequest, slug: str, page_id: str, **more: str) -> str:
    """Where a page is shown in a frame, for the same applicant and answers."""
    kept = {name: request.GET[name] for name in ("demandeur", "reponses") if request.GET.get(name)} | more
    return reverse("builder_frame", args=[slug, page_id]) + (f"?{urlencode(kept)}" if kept else "")

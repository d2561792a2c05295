"""The editor: outline, preview and properties of a draft, and the acts that change it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from builder.acts import Target
from builder.acts.documents import Impossible, target_of
from builder.composer.addresses import FORM, VIEWS, address_of, tab_of
from builder.composer.answers import gone_data, kept_answer, notice_data, refusal_answer, said_value, standing
from builder.composer.composition import NOWHERE, Composition, composition_of
from builder.composer.contexts import groups_of, panel_context
from builder.composer.finding import found_places
from builder.composer.palette import kinds, palette_data
from builder.composer.requests import Wanted, chosen_proposals, is_a_script, revision_of, wanted
from builder.composer.screens import screen_context
from builder.journal.carrying import redo, restore, undo
from builder.journal.mending import mend, mends_of
from builder.journal.outcomes import Conflict, Gone, Refusal, Unreadable
from builder.journal.selectors import deletion_of
from builder.journal.services import act
from builder.journal.writing import Kept
from builder.preview.views import applicant_label
from builder.screens import UNPROCESSABLE, composers_only, find_procedure, screen, tabs_of
from formdefs import DefinitionError
from runtime.procedures.models import Procedure
from runtime.wizard.preview import applicants_of

CONFLICT = 409


@composers_only
@never_cache
def composer(request: HttpRequest, slug: str, tab: str = FORM) -> HttpResponse:
    """One of the editor's screens, about the whole démarche."""
    return _composed(request, slug, NOWHERE, tab)


@composers_only
@never_cache
def part(request: HttpRequest, slug: str, kind: str, key: str) -> HttpResponse:
    """The editor with one part selected; for a script, its panel alone."""
    target = target_of(f"{kind}/{key}")
    return _composed(request, slug, target, tab_of(target))


def _composed(request: HttpRequest, slug: str, target: Target, tab: str) -> HttpResponse:
    procedure = find_procedure(request, slug)
    try:
        composition = composition_of(procedure)
    except DefinitionError as error:
        return _unreadable(request, procedure, error)
    now = composition.now(target)
    if now != target:
        if is_a_script(request.headers):
            return JsonResponse({"became": str(now)}, status=404)
        return redirect(address_of(slug, now, tab))
    if not composition.holds(target):
        gone = gone_data(deletion_of(procedure, target))
        if is_a_script(request.headers):
            return JsonResponse(gone, status=404)
        messages.warning(request, gone["gone"]["said"])
        return redirect(address_of(slug, NOWHERE, tab))
    if is_a_script(request.headers):
        context = panel_context(composition, target, groups=groups_of(target, tab))
        html = render_to_string("builder/composer/panel.html", context, request)
        return JsonResponse({"panel": html, "page": composition.page_of(target)})
    return composer_page(request, composition, target, tab)


def _unreadable(request: HttpRequest, procedure: Procedure, error: DefinitionError) -> HttpResponse:
    """What stands instead of the panes while the draft is no definition."""
    mends = mends_of(procedure.draft_text) or [(problem, "") for problem in error.problems]
    sure = len([said for _problem, said in mends if said])
    context = {"mends": mends, "sure": sure, **standing(request, procedure)}
    return screen(request, "composer/unreadable", context, title=_("Formulaire"), procedure=procedure)


def composer_page(
    request: HttpRequest,
    composition: Composition,
    target: Target,
    tab: str,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """A screen of the editor with a part selected; `more` is what was typed, a conflict, a file's reading."""
    procedure, slug = composition.procedure, composition.procedure.slug
    context = {
        "procedure": procedure,
        "tabs": tabs_of(request, procedure, tab),
        "tab": tab,
        "target": target,
        "standing": standing(request, procedure),
        "notices": composition.notices,
        "notice_data": notice_data(composition),
        "address": address_of(slug, target, tab),
        "publish_url": reverse("builder_publish", args=[slug]),
        "places": found_places(composition, tab),
        **panel_context(composition, target, groups=groups_of(target, tab), **_typed(more)),
        **(_panes(composition, target) if tab == FORM else screen_context(composition, target, tab)),
        **{key: value for key, value in more.items() if key in ("conflict", "reading")},
    }
    return render(request, f"builder/composer/{tab}.html", context, status=status)


def _typed(more: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in more.items() if key in ("raw", "errors")}


def _panes(composition: Composition, target: Target) -> dict[str, Any]:
    """What the outline and the preview are drawn from."""
    slug = composition.procedure.slug
    applicants = applicants_of(composition.definition)
    return {
        "rows": composition.rows,
        "links": [(row, address_of(slug, target_of(row.id))) for row in composition.rows],
        "row_data": [row.as_data() for row in composition.rows],
        "kinds": kinds(),
        "palette": palette_data(),
        "applicants": [(each, applicant_label(each)) for each in applicants],
        "preview_page": composition.page_of(target),
        "frame_url": reverse("builder_frame", args=[slug, composition.page_of(target)])
        + "?reponses=exemples",
    }


@composers_only
@require_POST
def act_on(request: HttpRequest, slug: str) -> HttpResponse:
    """Do one act on a draft: answer what changed to a script, lead a form back to what is selected."""
    procedure = find_procedure(request, slug)
    try:
        name = request.POST.get("act", "")
        if name in CARRIED:
            return _answered(request, CARRIED[name](request, procedure), name)
        asked = wanted(request.POST, composition_of(procedure))
        if asked.errors:
            return _mistyped(request, procedure, asked)
        return _answered(request, _done(request, procedure, asked), name)
    except Impossible as impossible:
        plain = Refusal(_(impossible.message).format(**impossible.params))
        return _refused(request, procedure, _gone(request, procedure) or plain)
    except Refusal as refusal:
        return _refused(request, procedure, refusal)
    except (Unreadable, DefinitionError):
        if is_a_script(request.headers):
            return JsonResponse({"reload": True}, status=CONFLICT)
        return redirect("builder_composer", slug)


def _gone(request: HttpRequest, procedure: Procedure) -> Gone | None:
    """Who deleted what the act is about, None where it still stands."""
    target = target_of(request.POST.get("at", ""))
    if composition_of(procedure).holds(target):
        return None
    deletion = deletion_of(procedure, target)
    return Gone(deletion) if deletion else None


def _done(request: HttpRequest, procedure: Procedure, asked: Wanted) -> Kept:
    return act(
        procedure=procedure,
        asked=asked.asked,
        revision=asked.revision,
        by=request.user,  # type: ignore[arg-type]
        insist=asked.insist,
    )


def _insisting(request: HttpRequest) -> bool:
    return request.POST.get("insist") == "1"


def _number(request: HttpRequest) -> int:
    text = request.POST.get("number", "")
    return int(text) if text.isdecimal() and text.isascii() and len(text) < LONGEST_NUMBER else 0


def _known(request: HttpRequest) -> int | None:
    """The revision that a page knows, None where it says nothing of it."""
    return revision_of(request.POST) if "revision" in request.POST else None


LONGEST_NUMBER = 10
CARRIED = {
    "undo": lambda request, procedure: undo(
        procedure=procedure, by=request.user, insist=_insisting(request), revision=_known(request)
    ),
    "redo": lambda request, procedure: redo(
        procedure=procedure, by=request.user, insist=_insisting(request), revision=_known(request)
    ),
    "restore": lambda request, procedure: restore(
        procedure=procedure, number=_number(request), by=request.user, revision=_known(request)
    ),
    "mend": lambda request, procedure: mend(
        procedure=procedure, by=request.user, pointer=request.POST.get("pointer")
    ),
}
"""Acts that carry other acts back or forth, or mend; « restore » is told the number of the act."""


def _answered(request: HttpRequest, kept: Kept, name: str) -> HttpResponse:
    if is_a_script(request.headers):
        return kept_answer(request, kept, act=name)
    messages.success(request, kept.said[:1].upper() + kept.said[1:])
    return redirect(_back(request, kept.procedure.slug, kept.select))


def _back(request: HttpRequest, slug: str, target: Target) -> str:
    tab = request.POST.get("tab", FORM)
    return address_of(slug, target, tab if tab in VIEWS else FORM)


def _mistyped(request: HttpRequest, procedure: Procedure, asked: Wanted) -> HttpResponse:
    """What was typed cannot be kept: it stays where it was, with why beside it."""
    if is_a_script(request.headers):
        return JsonResponse({"errors": asked.errors}, status=UNPROCESSABLE)
    composition = composition_of(procedure)
    raw = dict(asked.given.raw) if asked.given else {}
    tab = request.POST.get("tab", FORM)
    return composer_page(
        request,
        composition,
        asked.asked.at,
        tab if asked.asked.at == NOWHERE else tab_of(asked.asked.at),
        status=UNPROCESSABLE,
        raw=raw,
        errors=asked.errors,
    )


def _refused(request: HttpRequest, procedure: Procedure, refusal: Refusal) -> HttpResponse:
    if is_a_script(request.headers):
        return refusal_answer(request, procedure, refusal)
    target = target_of(request.POST.get("at", ""))
    if isinstance(refusal, Conflict):
        composition = composition_of(find_procedure(request, procedure.slug))
        clash = refusal.clash
        conflict = {
            "sentence": refusal.sentence,
            "mine": said_value(clash.mine),
            "theirs": said_value(clash.theirs),
            "sent": [
                (key, value) for key, values in request.POST.lists() for value in values if key not in SENT
            ],
        }
        return composer_page(request, composition, target, tab_of(target), status=CONFLICT, conflict=conflict)
    messages.error(request, refusal.sentence)
    return redirect(_back(request, procedure.slug, target))


SENT = frozenset({"csrfmiddlewaretoken", "insist"})


@composers_only
@require_POST
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """What a pasted list would add, to read before it is added."""
    procedure = find_procedure(request, slug)
    found = chosen_proposals(request.POST)
    context = {
        "procedure": procedure,
        "proposed": list(enumerate(found)),
        "count": len([each for each in found if not each.is_section]),
        "unsure": len([each for each in found if not each.sure]),
        "kinds": kinds(),
        "list": request.POST.get("list", ""),
        "target": target_of(request.POST.get("at", "")),
        "revision": procedure.draft_revision,
        "act_url": reverse("builder_act", args=[slug]),
    }
    if is_a_script(request.headers):
        return render(request, "builder/composer/proposed.html", context)
    return screen(request, "composer/paste", context, title=_("Coller une liste"), procedure=procedure)

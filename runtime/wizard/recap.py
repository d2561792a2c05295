"""The recap of a dossier's answers, and its deposit."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from formdefs import Phase, Refused, present, sentence
from runtime.dossiers.contexts import correction, dossier_card, form_url, recap_section
from runtime.dossiers.facts import context_of
from runtime.dossiers.models import Dossier
from runtime.dossiers.services import Draft, Incomplete, submit_dossier
from runtime.procedures.definitions import definition_of
from runtime.wizard.contexts import anchor, fact_lines, named, title_of
from runtime.wizard.drafts import page_of, read_draft
from tenants.requests import SignedInRequest


@login_required
@never_cache
def recap(request: SignedInRequest, reference: str) -> HttpResponse:
    """Check one's answers, then transmit."""
    try:
        if request.method == "POST":
            dossier = submit_dossier(reference=reference, by=request.user)
            return redirect("runtime:submitted", reference=dossier.reference)
        draft = read_draft(request, reference)
    except Dossier.DoesNotExist as error:
        raise Http404 from error
    except Incomplete as incomplete:
        return _recap_page(request, incomplete.draft, tried=True)
    except Refused as refusal:
        if request.method == "POST" and refusal.code == "dossier.not_editable":
            # The button was pressed twice, or on a page of before: what was asked for is done.
            return redirect("runtime:submitted", reference=reference)
        messages.error(request, refusal.message)
        return redirect("runtime:dossier", reference=reference)
    return _recap_page(request, draft, tried=False)


def _recap_page(request: SignedInRequest, draft: Draft, *, tried: bool) -> HttpResponse:
    dossier = draft.dossier
    definition = definition_of(dossier.version)
    phase = definition.phase(dossier.phase)
    context = context_of(dossier, draft.attachments, dossier.arrived_at)
    sections = present(phase, draft.judgement.answers, context)
    return render(
        request,
        "runtime/wizard/recap.html",
        {
            "dossier": dossier_card(dossier, draft.request),
            "sections": tuple(
                recap_section(dossier.reference, s, form_url(dossier, s.page, f"s-{s.id}")) for s in sections
            ),
            "problems": tuple(
                (
                    _address(draft, phase, problem.path),
                    named(phase, problem.path, sentence(problem, phase.question_at(problem.path), _)),
                )
                for problem in draft.judgement.problems
            ),
            "doubled": tuple(
                (_address(draft, phase, path), title_of(phase, path))
                for path in dossier.conflicts
                if path in draft.judgement.visible
            ),
            "tried": tried,
            "can_submit": not draft.judgement.problems,
            "submit_label": definition.words.submit,
            "facts": fact_lines(phase, context),
            "correction": correction(draft.request),
        },
        status=422 if tried else 200,
    )


def _address(draft: Draft, phase: Phase, path: str) -> str:
    page = page_of(phase, path)
    return form_url(draft.dossier, page.id if page else "", anchor(path))

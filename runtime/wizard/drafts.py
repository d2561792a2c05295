"""The draft that a page is about."""

from django.http import Http404

from formdefs import Page, Phase, evaluate
from runtime.dossiers.facts import context_of
from runtime.dossiers.limits import open_request, require_editable
from runtime.dossiers.models import Dossier
from runtime.dossiers.selectors import attachments_to_judge, the_dossier
from runtime.dossiers.services import Draft
from runtime.procedures.definitions import definition_of
from tenants.requests import SignedInRequest


def read_draft(request: SignedInRequest, reference: str) -> Draft:
    """The draft that its référent may change now. Raises Http404 or Refused."""
    try:
        dossier = the_dossier(request.user, "dossier.edit", reference)
    except Dossier.DoesNotExist as error:
        raise Http404 from error
    asked = open_request(dossier)
    require_editable(dossier, asked, dossier.arrived_at)
    attachments = attachments_to_judge(dossier)
    context = context_of(dossier, attachments, dossier.arrived_at)
    phase = definition_of(dossier.version).phase(dossier.phase)
    judgement = evaluate(phase, dossier.raw, context, accepted=dossier.answers)
    return Draft(dossier, judgement, attachments, asked)


def page_of(phase: Phase, path: str) -> Page | None:
    """The page that asks the question of this path, if one does."""
    name = path.partition(".")[0]
    for page in phase.pages:
        if any(question.name == name for section in page.sections for question in section.questions):
            return page
    return None

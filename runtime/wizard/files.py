"""The files that a page's script sends and takes away, one at a time."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from formdefs import Refused
from runtime.dossiers.models import Dossier
from runtime.procedures.definitions import definition_of
from runtime.uploads.judging import Rejected
from runtime.uploads.services import attach, detach
from runtime.wizard.drafts import page_of
from runtime.wizard.fragments import page_fragments
from tenants.requests import SignedInRequest


@login_required
@require_POST
def attach_file(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take or give back one file of a question; gives the pieces of the page that it changes.

    A file that cannot be taken is answered by a sentence with 422.
    """
    path, upload = request.POST.get("question", ""), request.FILES.get("file")
    try:
        if request.POST.get("detach"):
            draft = detach(reference=reference, by=request.user, attachment=request.POST["detach"])
        elif upload is None:
            return _sentence(_("Le fichier n’est pas arrivé : choisissez-le de nouveau."))
        else:
            draft = attach(
                reference=reference,
                by=request.user,
                path=path,
                upload=upload,
                replaces=request.POST.get("replace", ""),
            )
    except Rejected as rejection:
        return _sentence(rejection.sentence)
    except Dossier.DoesNotExist as error:
        raise Http404 from error
    except Refused as refusal:
        messages.error(request, refusal.message)
        return HttpResponse(status=409, headers={"HX-Redirect": reverse("runtime:dossier", args=[reference])})
    phase = definition_of(draft.dossier.version).phase(draft.dossier.phase)
    page = page_of(phase, path)
    if page is None:
        raise Http404
    return HttpResponse(page_fragments(draft, phase, page, request.POST, {}, only=path))


def _sentence(why: str) -> HttpResponse:
    """Why a file is refused, as plain text."""
    return HttpResponse(why, status=422, content_type="text/plain; charset=utf-8")

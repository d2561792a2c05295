"""Reading what was deposited: the accessible page, the PDF, the files."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from runtime.documents.content import deposit_content
from runtime.documents.summary import pdf_name, summary_pdf
from runtime.dossiers.contexts import deposit_row, dossier_card, file_row, recap_section
from runtime.dossiers.models import Deposit
from runtime.dossiers.selectors import deposit_of
from runtime.uploads.models import Attachment
from runtime.uploads.selectors import attachment_for
from tenants.permissions import can
from tenants.requests import SignedInRequest


def _deposit(request: SignedInRequest, reference: str, number: int) -> Deposit:
    try:
        return deposit_of(request.user, reference, number)
    except Deposit.DoesNotExist as error:
        raise Http404 from error


@login_required
@never_cache
def deposit_page(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """A deposit as an accessible page: the twin of its PDF."""
    deposit = _deposit(request, reference, number)
    content = deposit_content(deposit)
    row = deposit_row(deposit)
    card = dossier_card(deposit.dossier)
    if not can(request.user, "dossier.read", deposit.dossier):
        card = replace(card, url=reverse("runtime:review", args=[reference]))
    return render(
        request,
        "runtime/documents/summary.html",
        {
            "dossier": card,
            "deposit": row,
            "facts": content.facts,
            "sections": tuple(recap_section(reference, section) for section in content.sections),
            "files": tuple(file_row(reference, file) for file in content.files),
            "pdf_url": row.pdf_url,
        },
    )


@login_required
@never_cache
def deposit_pdf(request: SignedInRequest, reference: str, number: int) -> HttpResponseBase:
    """A deposit as PDF, to keep."""
    deposit = _deposit(request, reference, number)
    response = HttpResponse(summary_pdf(deposit), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{pdf_name(deposit)}"'
    return _isolated(response)


@login_required
@never_cache
def attachment(request: SignedInRequest, dossier: str, reference: str) -> HttpResponseBase:
    """A supporting document, always as an attachment."""
    try:
        found = attachment_for(request.user, dossier, reference)
    except Attachment.DoesNotExist as error:
        raise Http404 from error
    return _isolated(
        FileResponse(
            found.file.open("rb"), as_attachment=True, filename=found.name, content_type=found.media_type
        )
    )


def _isolated(response: HttpResponseBase) -> HttpResponseBase:
    """Whatever the file holds, it may do nothing in our name."""
    response._csp_exempt = True  # type: ignore[attr-defined]
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response

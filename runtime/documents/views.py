"""Reading what was deposited: the accessible page, the PDF, the files."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.cache import never_cache

from formdefs import Workbook
from formdefs.fields.workbook import MEDIA_TYPE
from runtime.documents.content import deposit_content
from runtime.documents.sheet import signed_sheet
from runtime.documents.summary import pdf_name, summary_pdf
from runtime.dossiers.contexts import deposit_row, dossier_card, file_row, recap_section
from runtime.dossiers.facts import context_of
from runtime.dossiers.merging import answer_at, flatten
from runtime.dossiers.models import Deposit, Dossier
from runtime.dossiers.selectors import deposit_of, the_dossier
from runtime.procedures.definitions import definition_of
from runtime.uploads.models import Attachment
from runtime.uploads.selectors import attachment_for
from runtime.workbooks.write import write_workbook
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


def _workbook(
    request: SignedInRequest, reference: str, path: str
) -> tuple[Dossier, Workbook, Attachment | None]:
    """The workbook that a question of a dossier asks for, and the file last given for it."""
    try:
        dossier = the_dossier(request.user, "dossier.read", reference)
    except Dossier.DoesNotExist as error:
        raise Http404 from error
    question = definition_of(dossier.version).phase(dossier.phase).question_at(path)
    if question is None or question.control != "workbook":
        raise Http404
    given = answer_at(flatten(dossier.raw), path) or [None]
    return dossier, question.options["book"], dossier.attachments.filter(reference=given[0]).first()


@login_required
@never_cache
def workbook_file(request: SignedInRequest, reference: str, question: str) -> HttpResponseBase:
    """A workbook to fill in, with what its last reading found where one was given."""
    dossier, workbook, given = _workbook(request, reference, question)
    context = context_of(dossier, (), dossier.arrived_at)
    answers = given.reading.get("answers", {}) if given else {}
    response = HttpResponse(write_workbook(workbook, context, answers), content_type=MEDIA_TYPE)
    name = f"{slugify(workbook.title)}-{dossier.reference}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _isolated(response)


@login_required
@never_cache
def sheet_pdf(request: SignedInRequest, reference: str, question: str, sheet: str) -> HttpResponseBase:
    """One sheet of the workbook that was given, as PDF to sign."""
    dossier, workbook, given = _workbook(request, reference, question)
    found = next((each for each in workbook.sheets if each.id == sheet and each.signed), None)
    if found is None or given is None or given.reading.get("problems"):
        raise Http404
    context = context_of(dossier, (), dossier.arrived_at)
    content = signed_sheet(dossier, workbook, found, given.reading.get("answers", {}), context)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{slugify(found.title)}-{dossier.reference}.pdf"'
    return _isolated(response)


def _isolated(response: HttpResponseBase) -> HttpResponseBase:
    """Whatever the file holds, it may do nothing in our name."""
    response._csp_exempt = True  # type: ignore[attr-defined]
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response

"""The public list and pages of démarches, and the beginning of a dossier."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from runtime.procedures.contexts import procedure_card, procedure_sheet
from runtime.procedures.models import Procedure
from runtime.procedures.selectors import matching, published


def procedure_list(request: HttpRequest) -> HttpResponse:
    """Every published démarche, or those that match what is searched."""
    query = request.GET.get("q", "")[:200]
    found = list(published(request.user))
    cards = tuple(procedure_card(procedure, procedure.now) for procedure in matching(found, query))
    return render(
        request, "runtime/procedures/list.html", {"procedures": cards, "query": query, "count": len(cards)}
    )


def find_procedure(request: HttpRequest, slug: str) -> Procedure:
    """The published démarche at an address. Raises Http404."""
    procedure = published(request.user).filter(slug=slug).first()
    if procedure is None:
        raise Http404
    return procedure


def procedure_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What a démarche is, for whom, what to prepare, until when, who decides."""
    procedure = find_procedure(request, slug)
    return render(
        request, "runtime/procedures/detail.html", {"procedure": procedure_sheet(procedure, procedure.now)}
    )

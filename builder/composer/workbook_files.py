"""The real file of a workbook: to download, and to try once it is filled in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from builder.acts import Target
from builder.acts.documents import WORKBOOK
from builder.composer.addresses import WORKBOOKS
from builder.composer.composition import Composition, composition_of
from builder.composer.views import composer_page
from builder.composer.workbook_screen import sample_of
from builder.screens import UNPROCESSABLE, composers_only, find_procedure
from formdefs import DefinitionError, Workbook
from formdefs.fields.workbook import MEDIA_TYPE
from runtime.workbooks.opening import Unreadable
from runtime.workbooks.read import Reading, read_workbook
from runtime.workbooks.write import write_workbook

MOST_BYTES = 20 * 1024 * 1024


@composers_only
@never_cache
def workbook_file(request: HttpRequest, slug: str, workbook: str) -> HttpResponse:
    """The file that an applicant would download, for an imaginary one."""
    composition = _composition(request, slug)
    if composition is None:
        return redirect("builder_composer", slug)
    book = _book(composition, workbook)
    response = HttpResponse(write_workbook(book, sample_of(composition), {}), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{book.id}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@composers_only
@never_cache
@require_POST
def try_workbook(request: HttpRequest, slug: str, workbook: str) -> HttpResponse:
    """What an applicant would be told of a file; nothing of it is kept."""
    composition = _composition(request, slug)
    if composition is None:
        return redirect("builder_composer", slug)
    reading = _reading(request, composition, _book(composition, workbook))
    return composer_page(
        request,
        composition,
        Target(WORKBOOK, workbook),
        WORKBOOKS,
        status=UNPROCESSABLE if reading.problems else 200,
        reading=reading,
    )


def _composition(request: HttpRequest, slug: str) -> Composition | None:
    try:
        return composition_of(find_procedure(request, slug))
    except DefinitionError:
        return None


def _book(composition: Composition, workbook: str) -> Workbook:
    book = composition.definition.workbooks.get(workbook)
    if book is None:
        raise Http404
    return book


def _reading(request: HttpRequest, composition: Composition, book: Workbook) -> Reading:
    given = request.FILES.get("classeur")
    if given is None:
        return Reading(problems=[_("Choisissez un classeur rempli.")])
    if (given.size or 0) > MOST_BYTES:
        return Reading(problems=[_("Ce classeur dépasse 20 Mo.")])
    try:
        return read_workbook(book, given, sample_of(composition))
    except Unreadable as unreadable:
        return Reading(problems=[unreadable.sentence])

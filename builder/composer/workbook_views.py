"""Parts of the workbooks' screen by themselves: its sheet drawn again, the columns that a paste proposes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from builder.acts import target_of
from builder.acts.documents import SHEET, Impossible, Target, path_to
from builder.acts.workbooks import cell_kinds
from builder.composer.addresses import WORKBOOKS, address_of, tab_of
from builder.composer.composition import Composition, composition_of
from builder.composer.requests import is_a_script
from builder.composer.workbook_heads import chosen_heads
from builder.composer.workbook_screen import workbooks_context
from builder.screens import composers_only, find_procedure, screen
from formdefs import DefinitionError
from formdefs.registry import TYPES


@composers_only
@never_cache
def sheet_grid(request: HttpRequest, slug: str, kind: str, key: str) -> HttpResponse:
    """The workbooks and the sheet of a part, as they are after an act."""
    target = target_of(f"{kind}/{key}")
    try:
        composition = _composition(request, slug, target)
    except DefinitionError:
        return redirect("builder_composer", slug)
    context = {
        **workbooks_context(composition, target),
        "procedure": composition.procedure,
        "target": target,
        "tab": WORKBOOKS,
        "revision": composition.procedure.draft_revision,
        "act_url": reverse("builder_act", args=[slug]),
    }
    return render(request, "builder/composer/workbook_panes.html", context)


@composers_only
@never_cache
def paste_columns(request: HttpRequest, slug: str, sheet: str) -> HttpResponse:
    """What pasted heads would add to a sheet, to read before it is added."""
    whole = Target(SHEET, sheet)
    try:
        procedure = _composition(request, slug, whole).procedure
    except DefinitionError:
        return redirect("builder_composer", slug)
    heads = chosen_heads(request.POST)
    context = {
        "procedure": procedure,
        "heads": list(enumerate(heads)),
        "unsure": len([each for each in heads if not each.sure]),
        "kinds": [(slug, _(TYPES[slug].title)) for slug in cell_kinds()],
        "list": request.POST.get("list", ""),
        "target": target_of(request.POST.get("at", str(whole))),
        "back": address_of(slug, whole),
        "revision": procedure.draft_revision,
        "act_url": reverse("builder_act", args=[slug]),
        "columns_url": request.path,
    }
    if is_a_script(request.headers):
        return render(request, "builder/composer/heads.html", context)
    return screen(request, "composer/columns", context, title=_("Coller des colonnes"), procedure=procedure)


def _composition(request: HttpRequest, slug: str, target: Target) -> Composition:
    """The draft where a part of a workbook is; « not found » where it is not. Raises DefinitionError."""
    composition = composition_of(find_procedure(request, slug))
    try:
        path_to(composition.document, target)
    except (Impossible, KeyError) as error:
        raise Http404 from error
    if tab_of(target) != WORKBOOKS:
        raise Http404
    return composition

"""The list of démarches, a new one, the page of one, and its texts."""

from django.core.paginator import Paginator
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from builder.drafts.contexts import live_dates, procedure_row, state_tags
from builder.drafts.forms import NewProcedureForm
from builder.drafts.layout import definition_sheet
from builder.drafts.selectors import composed_by
from builder.organisation_types import OrganisationTypes
from builder.publishing.differences import said_changes
from builder.schedule.contexts import journal_of
from builder.screens import composers_only, find_procedure, screen
from formdefs import DefinitionError, DefinitionProblem
from runtime.procedures.definitions import definition_of, draft_definition
from runtime.procedures.models import Procedure
from runtime.procedures.selectors import matching
from runtime.procedures.services import SlugTaken, create_procedure

PER_PAGE = 50
LOSSES_SAID = 12


@composers_only
def procedure_list(request: HttpRequest) -> HttpResponse:
    """Every démarche of the portal, or those that match what is searched."""
    query = request.GET.get("q", "").strip()[:200]
    found = matching(list(composed_by(request.user)), query)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    new = HeaderButton(_("Nouvelle démarche"), url=reverse("builder_new"), icon_name="plus")
    return screen(
        request,
        "list",
        {
            "rows": [procedure_row(each) for each in page],
            "page_obj": page,
            "query": query,
            "count": len(found),
        },
        title=_("Démarches"),
        buttons=[new],
    )


@composers_only
def new_procedure(request: HttpRequest) -> HttpResponse:
    """Begin a démarche from a pasted definition, a bare JSON Schema, or one that ships with the platform."""
    form = NewProcedureForm(request.POST or None)
    problems: tuple[DefinitionProblem, ...] = ()
    if request.method == "POST":
        if form.is_valid():
            try:
                return _created(request, form)
            except DefinitionError as error:
                problems = error.problems
                form.add_error("text", _("Cette définition ne peut pas être lue."))
            except SlugTaken:
                form.add_error("slug", _("Une autre démarche a déjà cette adresse."))
        else:
            problems = form.problems
    return screen(
        request,
        "new",
        {"form": form, "problems": problems},
        title=_("Nouvelle démarche"),
        status=422 if form.errors else 200,
    )


def _created(request: HttpRequest, form: NewProcedureForm) -> HttpResponse:
    procedure = create_procedure(
        portal=request.portal,  # type: ignore[attr-defined]
        slug=form.cleaned_data["slug"],
        text=form.cleaned_data["text"],
        by=request.user,  # type: ignore[arg-type]
    )
    messages.success(request, _("La démarche est créée, en brouillon. Composez-la, puis publiez-la."))
    if form.losses:
        said = ", ".join(f"{loss.what} ({loss.pointer or '/'})" for loss in form.losses[:LOSSES_SAID])
        messages.warning(
            request,
            ngettext(
                "{count} chose du schéma n’est pas reprise : {said}.",
                "{count} choses du schéma ne sont pas reprises : {said}.",
                len(form.losses),
            ).format(count=len(form.losses), said=said),
        )
    return redirect("builder_composer", procedure.slug)


@composers_only
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """A démarche laid out to be read: its draft, else what is published while the draft cannot be read."""
    procedure = find_procedure(request, slug)
    problems: tuple[DefinitionProblem, ...] = ()
    version = procedure.current_version
    laid_out = definition_of(version) if version else None
    try:
        laid_out = draft_definition(procedure.draft_text)
    except DefinitionError as error:
        problems = error.problems
    same = version is not None and version.text == procedure.draft_text
    now = Procedure.objects.values_list(Now(), flat=True).get(pk=procedure.pk)
    return screen(
        request,
        "sheet",
        {
            "sheet": definition_sheet(laid_out, OrganisationTypes(procedure.portal_id)) if laid_out else None,
            "problems": problems,
            "tags": state_tags(procedure, now, same=same),
            "versions": procedure.versions.select_related("published_by").defer("text"),
            "changes": () if same or problems else said_changes(procedure, laid_out),
            "same": same,
            "dates": live_dates(getattr(procedure, "opening", None)),
            "journal": journal_of(procedure),
        },
        title=procedure.title,
        procedure=procedure,
        buttons=[HeaderButton(_("Composer"), url=reverse("builder_composer", args=[slug]), icon_name="edit")],
    )


@composers_only
def draft_text(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft's text, byte for byte."""
    procedure = find_procedure(request, slug)
    return _download(procedure.draft_text, f"{slug}-brouillon.json")


@composers_only
def version_text(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A published version's text, byte for byte."""
    version = find_procedure(request, slug).versions.filter(number=number).first()
    if version is None:
        raise Http404
    return _download(version.text, f"{slug}-version-{number}.json")


def _download(text: str, name: str) -> HttpResponse:
    return HttpResponse(
        text.encode(),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )

"""Making the draft the version in force."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin import messages

from builder.composer.notices import notices
from builder.publishing.differences import said_changes, said_evolution
from builder.publishing.forms import PublicationForm
from builder.screens import composers_only, find_procedure, screen
from builder.teams.vacancies import vacancies
from formdefs import Definition, DefinitionError, DefinitionProblem
from runtime.procedures.definitions import draft_definition
from runtime.procedures.models import Procedure
from runtime.procedures.services import StaleDraft, Unchanged, publish


@composers_only
@never_cache
def publishing(request: HttpRequest, slug: str) -> HttpResponse:
    """See what changes, say why, publish."""
    procedure = find_procedure(request, slug, "procedure.publish")
    form = PublicationForm(request.POST or None, initial={"revision": procedure.draft_revision})
    if request.method == "POST" and form.is_valid():
        try:
            return _published(request, procedure, form)
        except Unchanged:
            form.add_error(
                None, _("Le brouillon dit la même chose que la version en ligne : rien à publier.")
            )
        except StaleDraft:
            form = PublicationForm(
                initial={"revision": procedure.draft_revision, "note": form.cleaned_data["note"]}
            )
            messages.error(request, _("Le brouillon a changé entre-temps : relisez ce qui sera publié."))
            return _page(request, procedure, form, status=409)
        except DefinitionError:
            form.add_error(None, _("Ce brouillon ne peut pas être publié : corrigez d’abord ses problèmes."))
    return _page(request, procedure, form, status=422 if form.errors else 200)


def _published(request: HttpRequest, procedure: Procedure, form: PublicationForm) -> HttpResponse:
    version = publish(
        procedure=procedure,
        by=request.user,  # type: ignore[arg-type]
        note=form.cleaned_data["note"],
        revision=form.cleaned_data["revision"],
    )
    messages.success(
        request,
        _("La version {number} est publiée : les nouveaux dossiers la suivent.").format(
            number=version.number
        ),
        buttons=_next_steps(),
    )
    return redirect("builder_sheet", procedure.slug)


def _next_steps() -> list[tuple[str, str, bool]]:
    """« Proposer à la Une », where the portal's theme has such a screen."""
    try:
        return [messages.button(reverse("highlights:index"), _("Proposer à la Une"))]
    except NoReverseMatch:
        return []


def _page(request: HttpRequest, procedure: Procedure, form: PublicationForm, *, status: int) -> HttpResponse:
    draft, problems = _read(procedure)
    version = procedure.current_version
    unchanged = bool(draft and version and draft.sha256 == version.sha256)
    return screen(
        request,
        "publishing",
        {
            "form": form,
            "problems": problems,
            "evolutions": said_evolution(procedure, draft),
            "changes": said_changes(procedure, draft),
            "unchanged": unchanged,
            "number": version.number + 1 if version else 1,
            "notices": notices(draft) if draft else (),
            "vacancies": vacancies(procedure, draft) if draft else (),
            "can_publish": draft is not None and not unchanged,
        },
        title=_("Publication"),
        procedure=procedure,
        status=status,
    )


def _read(procedure: Procedure) -> tuple[Definition | None, tuple[DefinitionProblem, ...]]:
    try:
        return draft_definition(procedure.draft_text), ()
    except DefinitionError as error:
        return None, error.problems

"""The editor of a definition: it judges as one types, keeps what is invalid, and never loses a text."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from builder.editor.forms import DraftForm
from builder.editor.language import language_data
from builder.journal.services import save_text
from builder.publishing.differences import text_changes
from builder.screens import composers_only, find_procedure, screen
from formdefs import DefinitionError, DefinitionProblem, load
from runtime.procedures.models import Procedure
from runtime.procedures.services import StaleDraft


def problems_of(text: str, slug: str = "") -> tuple[DefinitionProblem, ...]:
    """Everything that keeps a text from being a démarche, in the order of its lines."""
    try:
        load(text, slug=slug)
    except DefinitionError as error:
        return error.problems
    return ()


def summary(problems: tuple[DefinitionProblem, ...]) -> str:
    """How a text stands, in one sentence."""
    if not problems:
        return _("La définition est valable.")
    count = len(problems)
    return ngettext("{count} problème à corriger", "{count} problèmes à corriger", count).format(count=count)


@composers_only
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """The problems of a text that is being typed, as data; nothing is kept."""
    form = DraftForm({"text": request.POST.get("text", ""), "revision": 0})
    if not form.is_valid():
        sentence = " ".join(map(str, form.errors["text"]))
        return JsonResponse(
            {"summary": sentence, "problems": [_as_data(DefinitionProblem("", "text", sentence))]}
        )
    problems = problems_of(form.cleaned_data["text"], request.POST.get("slug", ""))
    return JsonResponse({"summary": summary(problems), "problems": [_as_data(each) for each in problems]})


def _as_data(problem: DefinitionProblem) -> dict[str, object]:
    return {"line": problem.line, "pointer": problem.pointer, "message": problem.message}


@composers_only
@never_cache
def editor(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft's text, to change, check and save."""
    procedure = find_procedure(request, slug)
    if request.method != "POST":
        form = DraftForm(initial={"text": procedure.draft_text, "revision": procedure.draft_revision})
        return _page(request, procedure, form, procedure.draft_text)
    form = DraftForm(request.POST)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if not form.is_valid():
        return _page(request, procedure, form, text, status=422)
    if request.POST.get("go") == "check":
        return _page(request, procedure, form, text)
    return _save(request, procedure, form, text)


def _save(request: HttpRequest, procedure: Procedure, form: DraftForm, text: str) -> HttpResponse:
    try:
        procedure = save_text(
            procedure=procedure,
            text=text,
            revision=form.cleaned_data["revision"],
            by=request.user,  # type: ignore[arg-type]
        )
    except StaleDraft as stale:
        kept = find_procedure(request, stale.procedure.slug)
        # Saving again, both texts seen, is then a choice.
        again = DraftForm(initial={"text": text, "revision": kept.draft_revision})
        return _page(request, kept, again, text, theirs=kept.draft_text, status=409)
    problems = problems_of(procedure.draft_text, procedure.slug)
    if problems:
        messages.warning(
            request, _("Le brouillon est enregistré tel quel. Il ne peut pas encore être publié.")
        )
    else:
        messages.success(request, _("Le brouillon est enregistré. Il est valable."))
    return redirect("builder_editor", procedure.slug)


def _page(
    request: HttpRequest,
    procedure: Procedure,
    form: DraftForm,
    text: str,
    *,
    theirs: str | None = None,
    status: int = 200,
) -> HttpResponse:
    problems = () if form.errors else problems_of(text, procedure.slug)
    context = {
        "form": form,
        "problems": problems,
        "summary": summary(problems),
        "language": language_data(),
        "theirs": theirs,
        "changes": text_changes(theirs, text) if theirs is not None else (),
    }
    return screen(request, "editor", context, title=_("Définition"), procedure=procedure, status=status)

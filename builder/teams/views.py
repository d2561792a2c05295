"""The people who review a démarche."""

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin import messages

from builder.screens import composers_only, find_procedure, screen
from builder.teams.forms import TeamForm
from builder.teams.vacancies import vacant
from formdefs import Definition, DefinitionError
from runtime.procedures.definitions import definition_of, draft_definition
from runtime.procedures.models import Procedure, ReviewTeam
from runtime.review.services import appoint_reviewers


@composers_only
@never_cache
def teams(request: HttpRequest, slug: str) -> HttpResponse:
    """The teams of a démarche; `?equipe=` opens one of them to change it."""
    procedure = find_procedure(request, slug, "procedure.appoint")
    definition = _definition(procedure)
    edited = _edited(procedure, request.GET.get("equipe", ""))
    form = TeamForm(definition, request.POST or None, team=edited) if definition else None
    if request.method == "POST" and form and form.is_valid():
        team = appoint_reviewers(procedure=procedure, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, _("L’équipe « {name} » est enregistrée.").format(name=team.name))
        return redirect("builder_teams", procedure.slug)
    found = (
        procedure.teams.select_related("group").prefetch_related("group__user_set").order_by("role", "scope")
    )
    held: Counter[str] = Counter()
    for team in found:
        held[team.role] += len([user for user in team.group.user_set.all() if user.is_active])
    titles = {role.id: role.title for role in definition.roles.values()} if definition else {}
    return screen(
        request,
        "teams",
        {
            "form": form,
            "edited": edited,
            "teams": [
                {
                    "team": team,
                    "role": titles.get(team.role, team.role),
                    "members": list(team.group.user_set.all()),
                }
                for team in found
            ],
            "vacancies": vacant(definition, held, definition) if definition else (),
        },
        title=_("Équipes"),
        procedure=procedure,
        status=422 if form and form.errors else 200,
    )


def _definition(procedure: Procedure) -> Definition | None:
    """What says the roles: the version in force, else the draft if it can be read."""
    if procedure.current_version:
        return definition_of(procedure.current_version)
    try:
        return draft_definition(procedure.draft_text)
    except DefinitionError:
        return None


def _edited(procedure: Procedure, key: str) -> ReviewTeam | None:
    if not key:
        return None
    team = (
        procedure.teams.filter(pk=int(key)).first()
        if key.isascii() and key.isdecimal() and len(key) < 15
        else None
    )
    if team is None:
        raise Http404
    return team

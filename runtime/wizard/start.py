"""Choosing in whose name one files."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from formdefs import Definition, Refused
from runtime.dossiers.contexts import form_url
from runtime.dossiers.services import create_dossier
from runtime.procedures.contexts import procedure_sheet
from runtime.procedures.definitions import definition_of
from runtime.procedures.views import find_procedure
from tenants.accounts.models import User
from tenants.organisations.models import Organisation
from tenants.permissions import visible
from tenants.requests import SignedInRequest

ONESELF = "moi"


@dataclass(frozen=True)
class StartChoice:
    """A name to file in; `problems` say why it cannot serve here."""

    value: str
    label: str
    detail: str
    problems: tuple[str, ...] = ()


@login_required
@never_cache
def start(request: SignedInRequest, slug: str) -> HttpResponse:
    """Begin a dossier: choose an organisation, or oneself, and get a reference."""
    procedure = find_procedure(request, slug)
    definition = definition_of(procedure.in_force)
    organisations = {o.reference: o for o in _organisations(request.user)}
    choices = _choices(definition, request.user, organisations)
    error = ""
    if request.method == "POST":
        chosen = request.POST.get("applicant", "")
        if chosen in {choice.value for choice in choices}:
            try:
                dossier = create_dossier(
                    procedure=procedure, by=request.user, organisation=organisations.get(chosen)
                )
                return redirect(form_url(dossier))
            except Refused as refusal:
                error = refusal.message
        else:
            error = _("Choisissez au nom de qui vous faites cette démarche.")
    return render(
        request,
        "runtime/dossiers/start.html",
        {
            "procedure": procedure_sheet(procedure, procedure.now),
            "choices": choices,
            "chosen": request.POST.get("applicant", choices[0].value if len(choices) == 1 else ""),
            "errors": (error,) if error else (),
        },
        status=422 if error else 200,
    )


def _organisations(user: User) -> tuple[Organisation, ...]:
    mine = visible(user, "organisation.file_for", Organisation.objects.all())
    return tuple(mine.order_by("sort_key"))


def _choices(
    definition: Definition, user: User, organisations: dict[str, Organisation]
) -> tuple[StartChoice, ...]:
    choices = []
    if "person" in definition.applicants.kinds:
        choices.append(StartChoice(ONESELF, str(user), _("En mon nom")))
    if "organisation" in definition.applicants.kinds:
        types = definition.applicants.organisation_types
        for reference, organisation in organisations.items():
            fits = not types or organisation.type in types
            why = () if fits else (_("Cette démarche n’est pas ouverte à ce type d’organisme."),)
            detail = ", ".join(part for part in (organisation.type_label, organisation.region_label) if part)
            choices.append(StartChoice(reference, organisation.name, detail, why))
    return tuple(choices)

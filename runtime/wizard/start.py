"""Choosing in whose name one files."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from formdefs import Definition, Refused
from runtime.dossiers.contexts import form_url
from runtime.dossiers.facts import facts_of
from runtime.dossiers.prefilling import NOTHING, Proposed, looked_up, query_answers, read_signed
from runtime.dossiers.services import create_dossier
from runtime.procedures.contexts import procedure_sheet
from runtime.procedures.definitions import definition_of
from runtime.procedures.views import find_procedure
from tenants.accounts.models import User
from tenants.organisations.models import Organisation
from tenants.permissions import visible
from tenants.requests import SignedInRequest

ONESELF = "moi"
LINK = "prefill"
"""What carries a signed link's answers in an address."""


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
            organisation = organisations.get(chosen)
            proposed = _proposed(request, slug, definition, organisation)
            try:
                dossier = create_dossier(
                    procedure=procedure, by=request.user, organisation=organisation, proposed=proposed
                )
                for title in proposed.down:
                    said = _("{title} ne répond pas : remplissez vous-même ce qu’il aurait donné.")
                    messages.warning(request, said.format(title=title[:1].upper() + title[1:]))
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


def _proposed(
    request: SignedInRequest, slug: str, definition: Definition, organisation: Organisation | None
) -> Proposed:
    """What the address, a signed link and the registers propose as answers."""
    uses_registers = any(
        question.prefill.startswith("register:") for question in definition.first_phase.questions.values()
    )
    found = looked_up(definition, facts_of(request.user, organisation)) if uses_registers else NOTHING
    return replace(
        found,
        query=query_answers(definition, request.GET.dict()),
        signed=read_signed(request.GET.get(LINK, ""), slug),
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

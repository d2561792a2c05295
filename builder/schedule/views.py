"""The dates of a démarche, changed without a new version."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin import messages

from builder.drafts.contexts import live_dates
from builder.schedule.contexts import journal_of
from builder.schedule.forms import OpeningForm
from builder.screens import composers_only, find_procedure, screen
from formdefs import Refused
from runtime.procedures.services import change_opening


@composers_only
@never_cache
def schedule(request: HttpRequest, slug: str) -> HttpResponse:
    """When dossiers may be begun and deposited, and who changed that, why."""
    procedure = find_procedure(request, slug, "procedure.schedule")
    opening = getattr(procedure, "opening", None)
    form = OpeningForm.of(opening) if opening else None
    if request.method == "POST":
        form = OpeningForm(request.POST)
        if form.is_valid():
            try:
                change_opening(
                    procedure=procedure,
                    by=request.user,  # type: ignore[arg-type]
                    reason=form.cleaned_data["reason"],
                    **form.dates(),
                )
                messages.success(request, _("Les dates sont changées, et le changement est au journal."))
                return redirect("builder_schedule", procedure.slug)
            except Refused as refusal:
                form.refuse(refusal.code, refusal.message)
    return screen(
        request,
        "schedule",
        {"form": form, "dates": live_dates(opening), "journal": journal_of(procedure)},
        title=_("Dates"),
        procedure=procedure,
        status=422 if form and form.errors else 200,
    )

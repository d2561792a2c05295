"""A reviewer asks for changes."""

from django.urls import reverse

from runtime.dossiers.contexts import correction
from runtime.dossiers.models import Dossier, Event
from runtime.notifications.mail import Letter, common_context, portal_url


def letter(dossier: Dossier, event: Event) -> Letter:
    """Tell the applicant what to change, and until when."""
    request = dossier.corrections.select_related("by").get(requested_at=event.at)
    url = portal_url(dossier, reverse("runtime:dossier", args=[dossier.reference]))
    return Letter(
        to=(dossier.assignee.email,),
        context={**common_context(dossier), "correction": correction(request), "url": url},
    )

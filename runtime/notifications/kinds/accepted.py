"""The dossier is accepted."""

from django.urls import reverse

from runtime.dossiers.models import Dossier, Event
from runtime.notifications.mail import Letter, common_context, portal_url


def letter(dossier: Dossier, event: Event) -> Letter:
    """Tell the applicant the decision and its reason."""
    url = portal_url(dossier, reverse("runtime:dossier", args=[dossier.reference]))
    return Letter(
        to=(dossier.assignee.email,),
        context={**common_context(dossier), "reason": event.data.get("reason", ""), "url": url},
    )

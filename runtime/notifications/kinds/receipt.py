"""The receipt of a deposit, with its PDF summary."""

from django.urls import reverse

from runtime.documents.summary import pdf_name, summary_pdf
from runtime.dossiers.models import Dossier, Event
from runtime.notifications.mail import Letter, common_context, portal_url


def letter(dossier: Dossier, event: Event) -> Letter:
    """Tell the applicant that the deposit is received, and give its summary."""
    deposit = dossier.deposits.select_related("dossier__version", "version", "by").get(
        number=event.data["deposit"]
    )
    url = portal_url(dossier, reverse("runtime:dossier", args=[dossier.reference]))
    return Letter(
        to=(dossier.assignee.email,),
        context={**common_context(dossier), "deposit": deposit, "url": url},
        attachments=((pdf_name(deposit), summary_pdf(deposit), "application/pdf"),),
    )

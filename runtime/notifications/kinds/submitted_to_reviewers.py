"""A dossier awaits a review team."""

from django.urls import reverse

from runtime.dossiers.models import Dossier, Event
from runtime.dossiers.transitions import process_of
from runtime.notifications.mail import Letter, common_context, portal_url
from tenants.accounts.models import User


def letter(dossier: Dossier, event: Event) -> Letter:
    """Tell the members of the teams that hold the dossier that it awaits them; one mail each."""
    members = (
        User.objects.filter(
            is_active=True,
            groups__dossiergroupgrant__content_object=dossier,
            groups__review_team__role=process_of(dossier).step_roles.get(dossier.step),
        )
        .order_by("pk")
        .distinct()
    )
    url = portal_url(dossier, reverse("runtime:review", args=[dossier.reference]))
    return Letter(
        to=tuple(member.email for member in members), context={**common_context(dossier), "url": url}
    )

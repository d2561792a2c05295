"""Reading attachments, through the policy of their dossier."""

from runtime.dossiers.models import Dossier
from runtime.uploads.models import Attachment
from tenants.permissions import Person, visible


def attachment_for(user: Person, dossier: str, reference: str) -> Attachment:
    """An attachment that `user` may download. Raises Attachment.DoesNotExist.

    Who may read the dossier has all its files; who may only read deposits (a reviewer) has those deposited.
    """
    dossiers = Dossier.objects.filter(reference=dossier)
    attachment = Attachment.objects.select_related("dossier").get(
        reference=reference, dossier__in=visible(user, "deposit.read", dossiers)
    )
    if visible(user, "dossier.read", dossiers).exists():
        return attachment
    if any(
        file["id"] == reference for deposit in attachment.dossier.deposits.all() for file in deposit.files
    ):
        return attachment
    raise Attachment.DoesNotExist

"""Until when a dossier may be changed or sent."""

from datetime import datetime

from django.utils.translation import gettext as _

from formdefs import Refused
from runtime.dates import last_minute, moment_in_full
from runtime.dossiers.models import CorrectionRequest, Dossier
from runtime.procedures.models import Opening

EDITABLE = (Dossier.Status.DRAFT, Dossier.Status.CHANGES_REQUESTED)


def deadline_of(dossier: Dossier, request: CorrectionRequest | None) -> datetime | None:
    """The moment after which a dossier can no longer be changed: the first deposit's, or the correction's."""
    if dossier.status == Dossier.Status.CHANGES_REQUESTED:
        return request.due_at if request else None
    opening: Opening = dossier.procedure.opening
    return opening.first_deposit_by or opening.closes


def open_request(dossier: Dossier) -> CorrectionRequest | None:
    """The request for changes that awaits an answer."""
    if dossier.status != Dossier.Status.CHANGES_REQUESTED:
        return None
    return dossier.corrections.filter(answered_at=None).select_related("by").first()


def require_editable(dossier: Dossier, request: CorrectionRequest | None, now: datetime) -> None:
    """Raise `Refused` unless the applicant may change the dossier now."""
    if dossier.status not in EDITABLE:
        raise Refused("dossier.not_editable", _("Ce dossier a été transmis : il ne peut plus être modifié."))
    deadline = deadline_of(dossier, request)
    if deadline and now >= deadline:
        raise Refused("dossier.too_late", _too_late(dossier, deadline))


def _too_late(dossier: Dossier, deadline: datetime) -> str:
    when = moment_in_full(last_minute(deadline))
    if dossier.status == Dossier.Status.CHANGES_REQUESTED:
        return _(
            "La date limite de réponse, le {when}, est passée : le dossier ne peut plus être modifié."
        ).format(when=when)
    return _(
        "La date limite de dépôt, le {when}, est passée : ce brouillon ne peut plus être modifié ni transmis."
    ).format(when=when)

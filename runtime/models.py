"""The rooms' models, under one app label."""

from runtime.dossiers.models import (
    CorrectionRequest,
    Deposit,
    Dossier,
    DossierGroupGrant,
    DossierUserGrant,
    Event,
)
from runtime.outbox.models import OutboxEntry
from runtime.procedures.models import (
    DraftAct,
    Opening,
    OpeningChange,
    Procedure,
    ProcedureVersion,
    ReviewTeam,
)
from runtime.uploads.models import Attachment

__all__ = [
    "Attachment",
    "CorrectionRequest",
    "Deposit",
    "Dossier",
    "DossierGroupGrant",
    "DossierUserGrant",
    "DraftAct",
    "Event",
    "Opening",
    "OpeningChange",
    "OutboxEntry",
    "Procedure",
    "ProcedureVersion",
    "ReviewTeam",
]

"""What the rules of a démarche may read besides the answers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from formdefs import Context, FileFacts
from runtime.dossiers.models import Deposit, Dossier
from runtime.procedures.definitions import definition_of
from runtime.uploads.models import Attachment
from tenants.accounts.models import User
from tenants.organisations.models import Organisation
from tenants.organisations.selectors import organisation_facts


def facts_of(applicant: User, organisation: Organisation | None) -> dict[str, Any]:
    """What is known of an applicant when the dossier is made; kept with the dossier."""
    return {
        "organisation": organisation_facts(organisation) if organisation else {},
        "applicant": {
            "kind": "organisation" if organisation else "person",
            "first_name": applicant.first_name,
            "last_name": applicant.last_name,
            "email": applicant.email,
        },
    }


def context_of(dossier: Dossier, attachments: Iterable[Attachment], now: datetime) -> Context:
    """The context in which a dossier's answers are judged."""
    files = {file.reference: file_facts(file) for file in attachments}
    return _context(dossier, dossier.facts, files, now)


def context_of_deposit(deposit: Deposit) -> Context:
    """The context of a deposit: the facts and files that were frozen with it."""
    files = {facts["id"]: FileFacts(**facts) for facts in deposit.files}
    return _context(deposit.dossier, deposit.facts, files, deposit.deposited_at)


def file_facts(attachment: Attachment) -> FileFacts:
    """The facts of a file that the language knows."""
    return FileFacts(
        id=attachment.reference,
        name=attachment.name,
        size=attachment.size,
        media_type=attachment.media_type,
        sha256=attachment.sha256,
        reading=attachment.reading,
    )


def _context(dossier: Dossier, facts: dict[str, Any], files: dict[str, FileFacts], now: datetime) -> Context:
    zone = ZoneInfo(definition_of(dossier.version).timezone)
    return Context(
        today=now.astimezone(zone).date(),
        organisation=facts.get("organisation", {}),
        applicant=facts.get("applicant", {}),
        dossier={"reference": dossier.reference},
        files=files,
    )

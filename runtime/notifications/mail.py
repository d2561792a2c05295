"""Writing and sending the mails that a dossier's life owes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from runtime.dossiers.contexts import dossier_card
from runtime.dossiers.models import Dossier


@dataclass(frozen=True)
class Letter:
    """One mail to write: who it is for and what it carries."""

    to: tuple[str, ...]
    context: Mapping[str, Any]
    attachments: tuple[tuple[str, bytes, str], ...] = ()


def portal_url(dossier: Dossier, path: str) -> str:
    """The absolute address of `path` on the dossier's portal."""
    return dossier.portal.site.root_url + path


def common_context(dossier: Dossier) -> dict[str, Any]:
    """What every mail about a dossier may say."""
    card = dossier_card(dossier)
    return {
        "dossier": card,
        "title": card.title,
        "words": card.words,
        "e": "e" if card.words.dossier_gender == "f" else "",
        "person": dossier.assignee,
        "organisation": card.organisation,
        "portal": dossier.portal,
        "next_text": card.next_text,
    }


def send(name: str, letter: Letter, *, key: UUID) -> None:
    """Send a mail by SMTP; `key` makes its Message-ID, the same at each attempt. Raises on refusal."""
    context = dict(letter.context)
    subject = " ".join(render_to_string(f"runtime/notifications/{name}.subject.txt", context).split())
    body = render_to_string(f"runtime/notifications/{name}.txt", context).strip() + "\n"
    for number, address in enumerate(letter.to):
        EmailMessage(
            subject=subject,
            body=body,
            to=[address],
            attachments=list(letter.attachments),
            headers={
                "Message-ID": f"<{key}.{number}@{settings.MESSAGE_ID_DOMAIN}>",
                "Auto-Submitted": "auto-generated",
            },
        ).send()

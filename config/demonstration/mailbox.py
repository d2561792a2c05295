"""The mails that the demonstration sent, read from the files they were written to."""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

SEPARATOR = re.compile(rb"^-{79}$", re.MULTILINE)
MOST = 200


@dataclass(frozen=True)
class Attached:
    """A file that a mail carries."""

    name: str
    size: int
    url: str


@dataclass(frozen=True)
class Mail:
    """A mail in the list."""

    id: str
    to: str
    subject: str
    at: datetime
    url: str
    body_text: str
    attachments: tuple[Attached, ...]


def mailbox(request: HttpRequest) -> HttpResponse:
    """Every mail, the last first."""
    return render(
        request, "demonstration/mailbox.html", {"mails": tuple(_mail(*found) for found in _messages())}
    )


def mail(request: HttpRequest, identity: str) -> HttpResponse:
    """One mail."""
    found = _mail(identity, _message(identity))
    return render(
        request,
        "demonstration/mail.html",
        {"mail": found, "body_text": found.body_text, "attachments": found.attachments},
    )


def attached(request: HttpRequest, identity: str, number: int) -> HttpResponse:
    """A file that a mail carries."""
    parts = list(_message(identity).iter_attachments())
    if not 0 <= number < len(parts):
        raise Http404
    part = parts[number]
    response = HttpResponse(part.get_payload(decode=True), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{part.get_filename()}"'
    return response


def _messages() -> Iterator[tuple[str, EmailMessage]]:
    """The mails with their identities: the file's name and the place in it."""
    # With a mail server there is no such folder.
    written = getattr(settings, "EMAIL_FILE_PATH", None)
    files = sorted(Path(written).glob("*.log"), key=_written_at, reverse=True) if written else []
    for path in files[:MOST]:
        for number, content in reversed(list(enumerate(SEPARATOR.split(path.read_bytes())))):
            if content.strip():
                yield f"{path.stem}-{number}", email.message_from_bytes(content.strip(), policy=default)


def _sent_at(message: EmailMessage) -> datetime:
    """When the mail says that it was sent; « -0000 » is UTC told by who does not know the place."""
    at = parsedate_to_datetime(str(message["Date"]))
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _written_at(path: Path) -> float:
    return path.stat().st_mtime


def _message(identity: str) -> EmailMessage:
    for found, message in _messages():
        if found == identity:
            return message
    raise Http404


def _mail(identity: str, message: EmailMessage) -> Mail:
    body = message.get_body(("plain",))
    return Mail(
        id=identity,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        at=_sent_at(message),
        url=reverse("demonstration_mail", args=[identity]),
        body_text=body.get_content() if body else "",
        attachments=tuple(
            Attached(
                part.get_filename() or "",
                len(part.get_payload(decode=True) or b""),
                reverse("demonstration_attached", args=[identity, number]),
            )
            for number, part in enumerate(message.iter_attachments())
        ),
    )

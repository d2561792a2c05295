"""Send the mail that an event owes."""

from runtime.dossiers.models import Dossier
from runtime.notifications.mail import send
from runtime.notifications.registry import letter_writers
from runtime.outbox.models import OutboxEntry


def run(entry: OutboxEntry) -> None:
    """Write the mail from the event and the dossier as they are now, and hand it to the SMTP server."""
    dossier = Dossier.objects.select_related("version", "procedure__opening", "assignee", "portal__site").get(
        pk=entry.params["dossier"]
    )
    event = dossier.events.get(number=entry.params["event"])
    name = entry.params["letter"]
    send(name, letter_writers()[name](dossier, event), key=entry.key)

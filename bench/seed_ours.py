"""Makes our démarches and dossiers; prints what the bench needs (run in our settings)."""

import json

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402

from bench.questions import COUNTS, answers, schema, slug  # noqa: E402
from runtime.dossiers.models import Dossier  # noqa: E402
from runtime.dossiers.services import create_dossier, save_answers  # noqa: E402
from runtime.procedures.services import create_procedure, publish  # noqa: E402
from tenants.accounts.models import User  # noqa: E402
from tenants.portals.current import portal_context  # noqa: E402
from tenants.portals.models import Portal  # noqa: E402

DOSSIERS = 8
"""As many as there are clients: they do not wait for each other's row."""


def seed() -> dict[str, object]:
    """The session of a person signed in, and the addresses of their dossiers by number of questions."""
    portal = Portal.objects.get()
    applicant = User.objects.get(username="jeanne.morel")
    client = Client(headers={"host": "localhost"})
    client.force_login(applicant, backend="django.contrib.auth.backends.ModelBackend")
    with portal_context(portal.pk), transaction.atomic():
        addresses = {str(count): dossiers(portal, applicant, count) for count in COUNTS}
    return {"session": client.cookies["sessionid"].value, "addresses": addresses}


def dossiers(portal: Portal, applicant: User, count: int) -> list[str]:
    """The addresses of the form pages of the person's dossiers, each answered."""
    if not Dossier.objects.filter(procedure__slug=slug(count)).exists():
        administrator = User.objects.get(username="camille.berger")
        procedure = create_procedure(portal=portal, slug=slug(count), text=schema(count), by=administrator)
        publish(procedure=procedure, by=administrator)
        procedure.refresh_from_db()
        for _ in range(DOSSIERS):
            dossier = create_dossier(procedure=procedure, by=applicant, organisation=None)
            save_answers(reference=dossier.reference, by=applicant, given=answers(count), revision=0)
    found = Dossier.objects.filter(procedure__slug=slug(count)).order_by("pk")
    return [f"/mes-dossiers/{dossier.reference}/formulaire/formulaire/" for dossier in found]


print(json.dumps(seed()))

"""Makes the démarche that the editor opens; prints a session and its address (run in our settings)."""

import json
from typing import Any

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402

from bench.questions import CHOICES, questions  # noqa: E402
from runtime.procedures.models import Procedure  # noqa: E402
from runtime.procedures.services import create_procedure  # noqa: E402
from tenants.accounts.models import User  # noqa: E402
from tenants.portals.current import portal_context  # noqa: E402
from tenants.portals.models import Portal  # noqa: E402

SLUG, QUESTIONS, RULES = "editeur-300", 300, 60


def document() -> str:
    """Three hundred questions, of which sixty have a condition."""
    asked = questions(QUESTIONS)
    chosen = next(each.name for each in asked if each.kind.wagtail == "dropdown")
    conditioned = [each.name for each in asked if each.kind.wagtail != "dropdown"][:RULES]
    properties: dict[str, Any] = {each.name: {"title": each.title, **each.kind.schema} for each in asked}
    for name in conditioned:
        properties[name]["x-field"] = {"when": {"==": [{"var": chosen}, CHOICES[0]]}}
    return json.dumps({"title": "Trois cents questions", "type": "object", "properties": properties})


def seed() -> dict[str, str]:
    """What the bench needs."""
    administrator = User.objects.get(username="camille.berger")
    client = Client(headers={"host": "localhost"})
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    portal = Portal.objects.get()
    with portal_context(portal.pk), transaction.atomic():
        if not Procedure.objects.filter(slug=SLUG).exists():
            create_procedure(portal=portal, slug=SLUG, text=document(), by=administrator)
    return {
        "session": client.cookies["sessionid"].value,
        "address": f"/administration/demarches/{SLUG}/composer/",
    }


print(json.dumps(seed()))

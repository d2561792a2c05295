"""What the tests of the screens share: addresses, small definitions, reading an answer."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from runtime.procedures.models import Procedure
from tests.fixtures import House

LIST = "/administration/demarches/"
NEW = "/administration/nouvelle-demarche/"
CHECK = "/administration/verifier-definition/"

BARE: dict[str, Any] = {
    "title": "Aide à l’achat d’un vélo",
    "type": "object",
    "properties": {"prix": {"type": "integer", "title": "Prix payé"}},
    "required": ["prix"],
}


def text_of(document: Any) -> str:
    """A JSON text, not canonical."""
    return json.dumps(document, ensure_ascii=False)


def address(screen: str = "", slug: str = "care-domaine-2") -> str:
    """Where a screen of a démarche is."""
    return f"{LIST}{slug}/{screen}"


def composer(house: House) -> Client:
    """The administrator at their browser."""
    return house.client(house.administrator)


def said(response: HttpResponse) -> str:
    """What a page says, with plain spaces."""
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def fresh(house: House) -> Procedure:
    """The candidature as it now is."""
    return Procedure.objects.select_related("current_version", "opening").get(pk=house.care.pk)


def changed_draft(house: House, **top: Any) -> str:
    """The candidature's draft with other values at its top."""
    return json.dumps({**json.loads(fresh(house).draft_text), **top}, ensure_ascii=False, indent=2) + "\n"

"""Makes the peer's pages of blocks; prints a session and their addresses (run in the peer's settings)."""

import json

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.test import Client  # noqa: E402
from wagtail.models import Site  # noqa: E402

from bench.peer.forms.models import BlocksPage  # noqa: E402
from bench.questions import questions  # noqa: E402

BLOCKS = 100


def address(kind: str) -> str:
    """Where the page of a hundred blocks of that kind is edited."""
    page = BlocksPage.objects.filter(slug=kind).first()
    if page is None:
        asked = questions(300)[:BLOCKS]
        values = [
            {"type": kind, "value": each.title if kind == "text" else {"title": each.title, "required": True}}
            for each in asked
        ]
        root = Site.objects.get(is_default_site=True).root_page
        page = root.add_child(instance=BlocksPage(title=kind, slug=kind, body=json.dumps(values)))
    assert len(page.body) == BLOCKS
    return f"/administration/pages/{page.pk}/edit/"


def seed() -> dict[str, object]:
    """What the bench needs."""
    users = get_user_model().objects
    person = users.filter(username="pair").first() or users.create_superuser("pair", "pair@example.fr", "")
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return {
        "session": client.cookies["sessionid"].value,
        "addresses": {kind: address(kind) for kind in ("text", "question")},
    }


print(json.dumps(seed()))

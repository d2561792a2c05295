"""Every address of the platform × everybody: a new address without a row fails here."""

from collections.abc import Sequence

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access import builder, config, runtime, themes
from tests.access.addresses import addresses
from tests.access.personas import PERSONAS, Goods, Row, World
from tests.access.wagtail import FAMILIES, NAMELESS, PUBLIC

ROOMS: dict[str, Sequence[Row]] = {
    "runtime": runtime.ROWS,
    "builder": builder.ROWS,
    "themes": themes.ROWS,
    "config": config.ROWS,
    "accounts": config.ACCOUNTS,
}


def test_every_address_has_a_row() -> None:
    rows = {row.name for room in ROOMS.values() for row in room}
    known = [address.name for address in addresses()]
    without = [
        name for name in known if name not in rows and not name.startswith((*FAMILIES, *PUBLIC, *NAMELESS))
    ]
    assert without == [], "Write their rows in tests/access/<room>.py."
    assert [name for name in rows if name not in known] == [], "These addresses are gone."


@pytest.mark.parametrize("room", ROOMS)
def test_everybody_gets_at_every_address_what_is_theirs(world: World, room: str) -> None:
    wrong = []
    for row in ROOMS[room]:
        got = {name: status(world.client(name), row, world.goods) for name in PERSONAS}
        if got != row.expected:
            wrong.append(f"{row.name} {row.method} {row.statuses}: {' '.join(map(str, got.values()))}")
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("room", ROOMS)
def test_nobody_finds_another_portal_s_objects_on_this_one(world: World, room: str) -> None:
    """The neighbour too, who could see some of them at home."""
    found = []
    for row in ROOMS[room]:
        if not row.kwargs(world.others) or row.kwargs(world.others) == row.kwargs(world.goods):
            continue
        for name in PERSONAS:
            answered = status(world.client(name), row, world.others)
            if answered not in (302, 403, 404, 405) or (answered == 302 and name != "visitor"):
                found.append(f"{row.name} {row.method} {name}: {answered}")
    assert not found, "\n" + "\n".join(found)


def test_the_people_of_a_portal_are_nobody_s_staff_on_another(world: World) -> None:
    """Each of this portal's people, on the other portal's host, before its objects."""
    found = []
    for row in (*runtime.ROWS, *builder.ROWS, *themes.ROWS):
        if not row.kwargs(world.goods) or row.kwargs(world.others) == row.kwargs(world.goods):
            continue
        for name in ("applicant", "verifier", "editor", "administrator"):
            client = world.elsewhere.client(world.person(name))
            answered = status(client, row, world.others)
            if answered not in (403, 404, 405):
                found.append(f"{row.name} {row.method} {name}: {answered}")
    assert not found, "\n" + "\n".join(found)


def status(client: Client, row: Row, goods: Goods) -> int:
    """What the address answers; whatever it wrote is taken back."""
    address = reverse(row.name, kwargs=dict(row.kwargs(goods)))
    with transaction.atomic():
        posted = row.method == "POST"
        answer = client.post(address, dict(row.data(goods))) if posted else client.get(address)
        # What streams is read to its end: that is how the client shuts the file.
        answer.getvalue()
        transaction.set_rollback(True)
    return answer.status_code

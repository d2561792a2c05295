"""What a portal's staff meet of the Wagtail admin, and that they meet it for their portal alone."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tenants.portals.current import portal_context
from tenants.portals.services import appoint_staff
from tests.access.addresses import Address, addresses
from tests.access.personas import Goods, World
from tests.access.wagtail import EVERYBODY, FAMILIES, NOBODY, STAFF, family_of

# Wagtail leaves the temporary file of a rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
STAFF_OF_THE_PORTAL = ("editor", "administrator")


def of_wagtail() -> list[Address]:
    return [address for address in addresses() if address.name.startswith(tuple(FAMILIES))]


def keys_of(address: Address, goods: Goods) -> dict[str, Any]:
    """What the address is about, among these goods where it can be."""
    about = {
        "wagtailimages": goods.image.pk,
        "wagtailimages_chooser": goods.image.pk,
        "wagtaildocs": goods.document.pk,
        "wagtaildocs_chooser": goods.document.pk,
    }.get(address.name.partition(":")[0], goods.page.pk)
    known = {
        "app_label": "wagtailcore",
        "model_name": "page",
        "action": "delete",
        "action_name": "publish",
        "content_type_app_name": "themes",
        "content_type_model_name": "contentpage",
        "app_name": "taggit",
        "filter_spec": "original",
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "uidb64": "MQ",
        "token": "set-password",
        "session_id": 1,
        "revision_id": 1,
    }
    return {key: known.get(key, about) for key in address.keys}


def get(client: Client, address: Address, goods: Goods) -> Any:
    keys = keys_of(address, goods)
    query = {"id": keys.get("pk", goods.page.pk), "q": "secret", "p": 1}
    return client.get(reverse(address.name, kwargs=keys), query)


def test_visitors_are_led_to_the_door_and_strangers_refused(world: World) -> None:
    wrong = []
    for address in of_wagtail():
        if family_of(address.name) == EVERYBODY:
            continue
        for name in ("visitor", "applicant", "verifier", "neighbour"):
            answer = get(world.client(name), address, world.goods)
            led = answer.status_code == 302 and answer.url.startswith("/compte/connexion/")
            if not (led if name == "visitor" else answer.status_code == 403):
                wrong.append(f"{address.name} {name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", STAFF_OF_THE_PORTAL)
def test_staff_meet_the_families_of_their_role_and_no_other(world: World, name: str) -> None:
    client, wrong = world.client(name), []
    for address in of_wagtail():
        family = family_of(address.name)
        if family == EVERYBODY:
            continue
        status = get(client, address, world.goods).status_code
        if status >= 500 or (status == 403) is (family == STAFF):
            wrong.append(f"{address.name}: {status}, for {family}")
    assert not wrong, "\n".join(wrong)


def test_no_screen_names_anything_of_another_portal(world: World) -> None:
    """Even to somebody who works for both."""
    both = world.house.editor
    with portal_context(world.elsewhere.portal.pk):
        appoint_staff(portal=world.elsewhere.portal, user=both, role="administrator")
    client, told = world.house.client(both), []
    for goods in (world.goods, world.others):
        for address in of_wagtail():
            if family_of(address.name) != STAFF:
                continue
            answer = get(client, address, goods)
            body = answer.getvalue().decode("utf-8", "replace").casefold()
            if "ailleurs" in body:
                told.append(f"{address.name}: …{body[body.index('ailleurs') - 80 :][:120]}…")
            if goods is world.others and address.keys and answer.status_code == 200:
                own = {"wagtailadmin_pages:add", "wagtailadmin_pages:preview_on_add"}
                assert address.name not in own, address.name
    assert not told, "\n".join(told)


def test_whoever_works_for_two_portals_finds_each_at_its_own_host(world: World) -> None:
    both = world.house.editor
    with portal_context(world.elsewhere.portal.pk):
        appoint_staff(portal=world.elsewhere.portal, user=both, role="editor")
    for house, own, other in (
        (world.house, world.goods, world.others),
        (world.elsewhere, world.others, world.goods),
    ):
        client = house.client(both)
        assert client.get(reverse("wagtailadmin_pages:edit", args=[own.page.pk])).status_code == 200
        assert client.get(reverse("wagtailadmin_pages:edit", args=[other.page.pk])).status_code == 404
        assert client.get(reverse("wagtailimages:edit", args=[own.image.pk])).status_code == 200
        assert client.get(reverse("wagtailimages:edit", args=[other.image.pk])).status_code in (302, 403)


def test_a_superuser_is_nothing_special_to_the_gate(world: World) -> None:
    for name in ("stranger", "administrator"):
        user = world.person(name)
        assert user
        user.is_superuser = user.is_staff = True
        user.save()
        for screen in ("wagtailadmin_home", "wagtailusers_users:index", "wagtailsites:index"):
            assert world.house.client(user).get(reverse(screen)).status_code == 403


def test_an_inactive_editor_is_led_to_the_door(world: World) -> None:
    client = world.client("editor")
    world.house.editor.is_active = False
    world.house.editor.save()
    answer = client.get(reverse("wagtailadmin_home"))
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/compte/connexion/")


def test_a_role_taken_back_shuts_the_administration_at_once(world: World) -> None:
    client = world.client("editor")
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    world.house.editor.portal_roles.all().delete()
    assert client.get(reverse("wagtailadmin_home")).status_code == 403


@pytest.mark.parametrize(
    "address", ["users/", "groups/", "sites/", "collections/", "reports/site-history/", "rien-de-tel/"]
)
def test_the_menu_and_the_addresses_agree(world: World, address: str) -> None:
    client = world.client("administrator")
    menu = client.get("/administration/").content.decode()
    assert f"/administration/{address}" not in menu
    assert client.get(f"/administration/{address}").status_code in (403, 404)


def test_bulk_actions_are_those_of_pages_images_and_documents(world: World) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailusers", "user", "delete"])
    assert world.client("administrator").get(address, {"id": 1}).status_code == 403


def test_bulk_actions_touch_and_name_own_objects_only(world: World) -> None:
    client = world.client("editor")
    for label, goods in (("wagtailcore.page", "page"), ("wagtailimages.image", "image")):
        address = reverse("wagtail_bulk_action", args=[*label.split("."), "delete"])
        theirs = getattr(world.others, goods)
        assert client.get(address, {"id": theirs.pk}).status_code == 404
        assert theirs.title not in client.get(address, {"id": "all"}).content.decode()
        client.post(address, query_params={"id": "all"})
        theirs.refresh_from_db()


def test_the_home_page_is_neither_deleted_nor_moved(world: World) -> None:
    client, home = world.client("editor"), world.house.portal.site.root_page_id
    for name, keys in (
        ("wagtailadmin_pages:delete", [home]),
        ("wagtailadmin_pages:move_confirm", [home, world.goods.page.pk]),
    ):
        client.post(reverse(name, args=keys))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    answer = client.post(bulk, query_params={"id": home}, follow=True)
    assert "ne peut être ni supprimée" in answer.content.decode()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[home])).status_code == 200


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/administration/login/", "/compte/connexion/"),
        (
            "/administration/login/?next=/administration/pages/",
            "/compte/connexion/?next=%2Fadministration%2Fpages%2F",
        ),
        ("/_util/login/", "/compte/connexion/"),
        ("/administration/logout/", "/compte/deconnexion/"),
        ("/administration/password_reset/", "/compte/mot-de-passe/oublie/"),
        ("/administration/password_reset/confirm/MQ/jeton/", "/compte/mot-de-passe/oublie/"),
    ],
)
def test_sign_in_has_one_door(world: World, address: str, leads_to: str) -> None:
    answer = world.client("visitor").get(address)
    assert answer.url == leads_to


def test_signing_out_of_the_administration_signs_out(world: World) -> None:
    client = world.client("editor")
    client.post("/administration/logout/", follow=True)
    assert client.get("/administration/").status_code == 302


def test_a_document_or_picture_is_served_on_its_portal_s_host_only(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "documents").mkdir()
    visitor = world.client("visitor")
    for goods, status in ((world.goods, 200), (world.others, 404)):
        # Wagtail opens a document on the disk, whatever the storage.
        (tmp_path / goods.document.file.name).write_bytes(b"%PDF-1.4")
        document = reverse("wagtaildocs_serve", args=[goods.document.pk, goods.document.filename])
        answer = visitor.get(document)
        answer.getvalue()
        assert answer.status_code == status
        answer = visitor.get(reverse("picture", args=[goods.image.file.name]))
        answer.getvalue()
        assert answer.status_code == status
    assert visitor.get("/media/attachments/x").status_code == 404
    assert visitor.get("/media/../manage.py").status_code == 404


def test_families_are_named_once() -> None:
    """A family that no address begins with is a mistake of this table."""
    names = [address.name for address in addresses()]
    assert [begin for begin in FAMILIES if not any(name.startswith(begin) for name in names)] == []
    assert NOBODY in FAMILIES.values()

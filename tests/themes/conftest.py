"""A portal with its home page, a published démarche, an editor and a stranger."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Page, Site

from formdefs import library
from runtime.models import Procedure
from runtime.procedures.services import create_procedure, publish
from tenants.models import Portal, PortalRole, User
from tenants.portals.current import portal_context
from tenants.portals.selectors import forget_portals
from themes.models import HomePage


@dataclass(frozen=True)
class Place:
    """A portal and its people."""

    portal: Portal
    home: HomePage
    administrator: User
    editor: User
    stranger: User

    def procedure(self, slug: str, *, published: bool = True) -> Procedure:
        made = create_procedure(
            portal=self.portal,
            slug=slug,
            text=library.text("bourse-departementale"),
            by=self.administrator,
        )
        if published:
            publish(procedure=made, by=self.administrator)
            made.refresh_from_db()
        return made


def person(name: str) -> User:
    return User.objects.create_user(name, f"{name}@vallee.example", "un mot de passe assez long")


def home_of(name: str) -> HomePage:
    Locale.objects.get_or_create(language_code="fr")
    root = Page.objects.filter(depth=1).first() or Page.add_root(instance=Page(title="Racine", slug="racine"))
    body = [("search", {"title": "Que souhaitez-vous faire ?", "lead": "", "links": []})]
    return root.add_child(instance=HomePage(title=name, slug=name, body=body))


def portal_at(host: str, home: HomePage) -> Portal:
    top = Collection.get_first_root_node() or Collection.add_root(name="Racine")
    return Portal.objects.create(
        slug=home.slug,
        name="Vallée-Claire",
        site=Site.objects.create(hostname=host, root_page=home),
        collection=top.add_child(name=home.slug),
    )


@pytest.fixture
def place(db: None) -> Iterator[Place]:
    home = home_of("accueil")
    portal = portal_at("vallee.test", home)
    found = Place(portal, home, person("admin"), person("editrice"), person("passante"))
    forget_portals()
    with portal_context(portal.pk):
        for user, role in ((found.administrator, "administrator"), (found.editor, "editor")):
            PortalRole.objects.create(portal=portal, user=user, role=role)
        yield found
    forget_portals()


@pytest.fixture
def picture(place: Place) -> Iterator[Callable[[Collection], Image]]:
    """Makes an image in a collection.

    Wagtail leaves the temporary file of a rendition to the garbage collector: it runs here, where that
    is allowed, and not in some other test.
    """
    yield lambda collection: Image.objects.create(
        title="une", file=get_test_image_file(), collection=collection
    )
    gc.collect()

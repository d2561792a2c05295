"""Who knocks at every address, and what there is to find behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image as Drawing
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page

from runtime.dossiers.facts import context_of
from runtime.dossiers.models import Dossier
from runtime.dossiers.services import create_dossier
from runtime.procedures.definitions import definition_of
from runtime.procedures.models import Procedure
from runtime.uploads.models import Attachment
from runtime.uploads.services import attach
from runtime.workbooks.write import write_workbook
from tenants.accounts.models import User
from tenants.portals.current import portal_context
from tests.fixtures import House, begin, complete, deposited, make_procedure
from themes.highlights.models import Highlight
from themes.highlights.services import feature
from themes.pages.models import ContentPage

PERSONAS = (
    "visitor", "applicant", "colleague", "stranger", "verifier", "wrong_verifier",
    "editor", "administrator", "neighbour",
)  # fmt: skip
"""In the order of a row's statuses. The stranger is of another organisation; the wrong verifier of another
region; the neighbour administers another portal and is signed in on this one."""


@dataclass(frozen=True)
class Goods:
    """What a portal holds that somebody could want."""

    procedure: Procedure
    draft: Dossier
    ready: Dossier
    deposited: Dossier
    attachment: Attachment
    declaration: Dossier
    highlight: Highlight
    page: Page
    image: Image
    document: Document


@dataclass(frozen=True)
class World:
    """A portal with its goods, and another one."""

    house: House
    elsewhere: House
    goods: Goods
    others: Goods

    def person(self, name: str) -> User | None:
        """The account of a persona; None for the visitor."""
        if name == "visitor":
            return None
        return self.elsewhere.administrator if name == "neighbour" else getattr(self.house, name)

    def client(self, name: str) -> Client:
        """A persona's browser on this portal."""
        return self.house.client(self.person(name))


Place = Callable[[Goods], Mapping[str, Any]]


@dataclass(frozen=True)
class Row:
    """What each persona gets at an address: the statuses are in the order of PERSONAS."""

    name: str
    method: str
    statuses: str
    kwargs: Place = lambda goods: {}
    data: Place = lambda goods: {}

    @property
    def expected(self) -> dict[str, int]:
        """The status by persona; one status alone is everybody's."""
        given = [int(status) for status in self.statuses.split()]
        return dict(zip(PERSONAS, given * len(PERSONAS) if len(given) == 1 else given, strict=True))


def make_world(house: House, elsewhere: House) -> World:
    """Both portals, each with its goods; the one of `house` stays in force."""
    with portal_context(elsewhere.portal.pk):
        others = make_goods(elsewhere)
    return World(house, elsewhere, make_goods(house), others)


def make_goods(house: House) -> Goods:
    """A draft, a draft that could be sent, a deposit with its files, a page, an image, a document."""
    sent = deposited(house)
    word = f"secret {house.portal.slug}"
    home = Page.objects.get(pk=house.portal.site.root_page_id)
    return Goods(
        procedure=house.care,
        draft=begin(house),
        ready=complete(house, begin(house)),
        deposited=sent,
        attachment=sent.attachments.all()[0],
        declaration=_declaration(house),
        highlight=feature(portal=house.portal, procedure=house.care, by=house.editor),
        page=home.add_child(instance=ContentPage(title=f"Page {word}", slug="page", owner=house.editor)),
        image=_image(house, word),
        document=Document.objects.create(
            title=f"Document {word}",
            file=ContentFile(b"%PDF-1.4", "notice.pdf"),
            collection=house.portal.collection,
        ),
    )


def _declaration(house: House) -> Dossier:
    """A draft that asks for a workbook, which was given."""
    procedure = make_procedure(house.portal, house.administrator, "care-frais-engages")
    dossier = create_dossier(procedure=procedure, by=house.applicant, organisation=house.clinic)
    book = definition_of(dossier.version).workbooks["trame-financiere"]
    rows = [{"nature": "autre", "objet": "Câbles", "facture": "F-1", "date": "2026-01-05", "montant_ht": 1000,
             "tva": 200}]  # fmt: skip
    file = write_workbook(book, context_of(dossier, (), timezone.now()), {"frais": rows})
    attach(
        reference=dossier.reference,
        by=house.applicant,
        path="trame",
        upload=SimpleUploadedFile("trame.xlsx", file),
    )
    return dossier


def _image(house: House, word: str) -> Image:
    out = BytesIO()
    Drawing.new("RGB", (8, 8), "navy").save(out, "PNG")
    image = Image.objects.create(
        title=f"Image {word}",
        file=SimpleUploadedFile("i.png", out.getvalue()),
        collection=house.portal.collection,
    )
    image.tags.add(f"etiquette {word}")
    return image

"""Two portals with their people, and the shipped démarches, for every test that asks for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection, Locale, Page, Site

from formdefs import library
from runtime.dossiers.models import Dossier
from runtime.dossiers.services import create_dossier, save_answers, submit_dossier
from runtime.procedures.models import Procedure
from runtime.procedures.services import appoint_team, change_opening, create_procedure, publish
from runtime.uploads.services import attach
from tenants.accounts.models import User
from tenants.memberships.models import Membership
from tenants.organisations.models import Organisation
from tenants.portals.current import portal_context
from tenants.portals.models import Portal
from tenants.portals.selectors import forget_portals
from tenants.portals.services import appoint_staff
from themes.navigation import forget_pages

BRITTANY, OCCITANIE = "53", "76"


@dataclass(frozen=True)
class House:
    """A portal and its people."""

    portal: Portal
    administrator: User
    editor: User
    applicant: User
    colleague: User
    stranger: User
    verifier: User
    wrong_verifier: User
    clinic: Organisation
    hospital: Organisation
    care: Procedure

    @property
    def host(self) -> str:
        """Where the portal is served."""
        return self.portal.site.hostname

    def client(self, user: User | None = None) -> Client:
        """A browser on this portal, signed in as `user`."""
        client = Client(headers={"host": self.host})
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client


def make_user(name: str, host: str) -> User:
    """An account with a name of its own."""
    return User.objects.create_user(
        f"{name}.{host.partition('.')[0]}",
        f"{name}@{host}.example",
        "secret",
        first_name=name.title(),
        last_name="Exemple",
    )


def make_house(host: str, *, default: bool = False) -> House:
    """A portal at `host` with its staff, two organisations in two regions, and the published candidature."""
    page = root_page().add_child(instance=Page(title=host, slug=host.replace(".", "-")))
    site = Site.objects.create(
        hostname=host, port=80, root_page=page, is_default_site=default, site_name=host
    )
    collection = root_collection().add_child(name=host)
    portal = Portal.objects.create(
        slug=host.partition(".")[0], name=host.title(), site=site, collection=collection
    )
    names = ("administrator", "editor", "applicant", "colleague", "stranger", "verifier", "wrong_verifier")
    people = {name: make_user(name, host) for name in names}
    with portal_context(portal.pk):
        for role in ("administrator", "editor"):
            appoint_staff(portal=portal, user=people[role], role=role)
        clinic = make_organisation(portal, "clinique", "Clinique des Trois-Rivières", BRITTANY, entities=3)
        hospital = make_organisation(portal, "hopital", "Hôpital de la Combe", OCCITANIE, entities=1)
        for person, organisation in (("applicant", clinic), ("colleague", clinic), ("stranger", hospital)):
            Membership.objects.create(portal=portal, user=people[person], organisation=organisation)
        care = make_procedure(portal, people["administrator"], "care-domaine-2")
        for person, scope in (("verifier", BRITTANY), ("wrong_verifier", OCCITANIE)):
            appoint_team(
                procedure=care,
                role="ars",
                scope=scope,
                name=f"ARS {scope}",
                members=[people[person]],
                by=people["administrator"],
            )
    forget_portals()
    forget_pages()
    return House(portal=portal, clinic=clinic, hospital=hospital, care=care, **people)


def root_page() -> Page:
    """The root of Wagtail's pages, which its migrations make and a synchronised database lacks."""
    Locale.objects.get_or_create(language_code="fr")
    return Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))


def root_collection() -> Collection:
    """The root of Wagtail's collections."""
    return Collection.get_first_root_node() or Collection.add_root(name="Root")


def make_organisation(
    portal: Portal, reference: str, name: str, region: str, *, entities: int
) -> Organisation:
    """A private entity with attached entities."""
    described: dict[str, Any] = {"region": region, "region_label": f"Région {region}"}
    organisation = Organisation.objects.create(
        portal=portal,
        reference=reference,
        name=name,
        type="ej_privee",
        type_label="Entité juridique privée",
        finess="990001232",
        **described,
    )
    for number in range(1, entities + 1):
        Organisation.objects.create(
            portal=portal,
            reference=f"{reference}{number}",
            name=f"Site {number}",
            type="eg",
            type_label="Entité géographique",
            finess=f"99000124{number}",
            parent=organisation,
            **described,
        )
    return organisation


def make_procedure(portal: Portal, by: User, slug: str, text: str | None = None) -> Procedure:
    """A published démarche, open now."""
    procedure = create_procedure(portal=portal, slug=slug, text=text or library.text(slug), by=by)
    publish(procedure=procedure, by=by)
    procedure.refresh_from_db()
    now = timezone.now()
    change_opening(
        procedure=procedure,
        by=by,
        reason="essai",
        opens=now - timedelta(days=1),
        first_deposit_by=now + timedelta(days=30),
        closes=now + timedelta(days=60),
        per_applicant=None,
    )
    return procedure


@pytest.fixture
def house(db: None) -> Iterator[House]:
    """The portal of the tests, in force as in a request."""
    made = make_house("ici.test", default=True)
    with portal_context(made.portal.pk):
        yield made
    forget_portals()


@pytest.fixture
def elsewhere(house: House) -> House:
    """Another portal of the same installation."""
    return make_house("ailleurs.test")


def picture(name: str = "preuve.png", kind: str = "PNG") -> SimpleUploadedFile:
    """A real image."""
    out = BytesIO()
    Image.new("RGB", (8, 8), "navy").save(out, kind)
    return SimpleUploadedFile(name, out.getvalue(), "application/octet-stream")


CARE_ANSWERS: dict[str, Any] = {
    "engagement": True,
    "role": "projet",
    "engagement_contact": True,
    **{f"{who}_civilite": "madame" for who in ("dsi", "rssi", "signataire")},
    **{f"{who}_prenom": "Nadia" for who in ("dsi", "rssi", "signataire")},
    **{f"{who}_nom": "Benali" for who in ("dsi", "rssi", "signataire")},
    **{f"{who}_email": "nadia@exemple.fr" for who in ("dsi", "rssi", "signataire")},
    **{f"{who}_telephone": "04 65 71 20 14" for who in ("dsi", "rssi", "signataire")},
    "adresse_voie": "18, quai des Tanneurs",
    "adresse_code_postal": "35000",
    "adresse_commune": "Rennes",
    "dans_un_groupe": "false",
    "prerequis_candidat": "atteints",
    "iban": "FR76 3000 6000 0112 3456 7890 189",
    "bic": "BNPAFRPP",
    "signataire_fonction": "Directrice",
}
"""What answers the candidature, but for its files and its attached entities."""


def begin(house: House, by: User | None = None, organisation: Organisation | None = None) -> Dossier:
    """A new candidature."""
    return create_dossier(
        procedure=house.care, by=by or house.applicant, organisation=organisation or house.clinic
    )


def complete(house: House, dossier: Dossier, by: User | None = None) -> Dossier:
    """Answer every required question of a candidature."""
    by = by or house.applicant
    entities = {e["id"]: "atteints" for e in dossier.facts["organisation"]["entities"]}
    given = {**CARE_ANSWERS, "prerequis_entites": entities}
    save_answers(reference=dossier.reference, by=by, given=given, revision=dossier.revision)
    for path in ("preuves", "rib"):
        attach(reference=dossier.reference, by=by, path=path, upload=picture(f"{path}.png"))
    dossier.refresh_from_db()
    return dossier


def deposited(house: House) -> Dossier:
    """A candidature of the clinic, transmitted."""
    dossier = complete(house, begin(house))
    submit_dossier(reference=dossier.reference, by=house.applicant)
    dossier.refresh_from_db()
    return dossier

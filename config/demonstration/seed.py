"""Making the demonstration portal; done again, it changes nothing that people did since."""

import json
import secrets
from datetime import datetime, time, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, Page, Site

from config.demonstration.pages import make_home
from config.demonstration.people import (
    ADMINISTRATOR,
    CLERK,
    EDITOR,
    ELSEWHERE,
    ESTABLISHMENTS,
    PEOPLE,
    VERIFIER,
    Establishment,
    Person,
)
from config.demonstration.pictures import SCENES, draw
from formdefs import library
from runtime.dates import limit_after
from runtime.procedures.definitions import definition_of
from runtime.procedures.models import Procedure
from runtime.procedures.services import appoint_team, change_opening, create_procedure, publish
from tenants.accounts.models import User
from tenants.memberships.models import Membership
from tenants.organisations.models import Organisation
from tenants.portals.current import portal_context
from tenants.portals.models import Portal
from tenants.portals.services import appoint_staff
from themes.highlights.models import Highlight
from themes.highlights.services import feature

NAME = "Vallée-Claire"
REGIONAL = ((VERIFIER, "53", "ARS Bretagne"), (ELSEWHERE, "76", "ARS Occitanie"))
SERVICE = ((CLERK, "", "Service des usagers"),)
ORDER = ("care-domaine-2", "bourse-departementale", "signalement-voirie")
LAST_MINUTE = time(23, 59)


def seed(*, port: int, kept: Path) -> dict[str, str]:
    """Make what is missing of the demonstration, and give the passwords by user name.

    `kept` is the file, readable by its owner alone, in which the generated passwords stay.
    """
    passwords = _passwords(kept)
    with transaction.atomic():
        accounts = {person: _account(person, passwords[person.username]) for person in PEOPLE}
        portal = _portal(port)
        with portal_context(portal.pk):
            _staff(portal, accounts)
            for establishment in ESTABLISHMENTS:
                _organisation(portal, establishment, accounts)
            _procedures(portal, accounts)
            _highlights(portal, accounts[EDITOR])
    return passwords


def _passwords(kept: Path) -> dict[str, str]:
    known = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    known |= {p.username: secrets.token_urlsafe(9) for p in PEOPLE if p.username not in known}
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.touch(mode=0o600)
    kept.write_text(json.dumps(known, indent=1), "utf-8")
    return known


def _account(person: Person, password: str) -> User:
    user = User.objects.filter(username=person.username).first()
    if user is None:
        user = User.objects.create_user(
            person.username,
            person.email,
            password,
            first_name=person.first_name,
            last_name=person.last_name,
        )
    return user


def _portal(port: int) -> Portal:
    portal = Portal.objects.filter(slug="vallee-claire").select_related("site").first()
    if portal is not None:
        Site.objects.filter(pk=portal.site_id).update(port=port)
        return portal
    home = make_home(Page.get_first_root_node(), NAME)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        site = Site.objects.create(hostname="localhost", port=port, root_page=home, is_default_site=True)
    site.hostname, site.port, site.site_name, site.root_page = "localhost", port, NAME, home
    site.save()
    return Portal.objects.create(
        slug="vallee-claire",
        name=NAME,
        tagline="Démarches en ligne",
        site=site,
        collection=Collection.get_first_root_node().add_child(name=NAME),
        contact_email="aide@vallee-claire.example",
        contact_phone="04 65 71 00 30",
    )


def _staff(portal: Portal, accounts: dict[Person, User]) -> None:
    for person, role in ((ADMINISTRATOR, "administrator"), (EDITOR, "editor")):
        appoint_staff(portal=portal, user=accounts[person], role=role)


def _organisation(portal: Portal, made: Establishment, accounts: dict[Person, User]) -> None:
    described = {
        "type": made.type,
        "type_label": made.type_label,
        "region": made.region,
        "region_label": made.region_label,
    }
    organisation, _new = Organisation.objects.get_or_create(
        portal=portal,
        reference=made.reference,
        defaults={"name": made.name, "finess": made.finess, **described},
    )
    for name, finess in made.entities:
        Organisation.objects.get_or_create(
            portal=portal,
            reference=finess,
            defaults={
                "name": name,
                "finess": finess,
                "parent": organisation,
                **described,
                "type": "eg",
                "type_label": "Entité géographique",
            },
        )
    for person in made.members:
        Membership.objects.get_or_create(portal=portal, user=accounts[person], organisation=organisation)


def _procedures(portal: Portal, accounts: dict[Person, User]) -> None:
    administrator = accounts[ADMINISTRATOR]
    for slug in library.names():
        if Procedure.objects.filter(portal=portal, slug=slug).exists():
            continue
        procedure = create_procedure(portal=portal, slug=slug, text=library.text(slug), by=administrator)
        publish(procedure=procedure, by=administrator, note="Première version")
        procedure.refresh_from_db()
        _open(procedure, administrator)
        _appoint(procedure, accounts)


def _highlights(portal: Portal, editor: User) -> None:
    """Put the démarches à la Une once, each with a picture."""
    if Highlight.objects.filter(portal=portal).exists():
        return
    procedures = Procedure.objects.filter(portal=portal, slug__in=ORDER)
    for title, procedure in zip(SCENES, sorted(procedures, key=lambda p: ORDER.index(p.slug)), strict=True):
        highlight = feature(portal=portal, procedure=procedure, by=editor)
        highlight.image = draw(title, portal.collection)
        highlight.save(update_fields=["image"])


def _open(procedure: Procedure, administrator: User) -> None:
    """Open it now, for two months, with dates relative to today."""
    today = timezone.localtime()
    change_opening(
        procedure=procedure,
        by=administrator,
        reason="Ouverture de la démonstration",
        opens=today - timedelta(days=10),
        first_deposit_by=_end_of(today + timedelta(days=70)),
        closes=_end_of(today + timedelta(days=130)),
    )


def _end_of(day: datetime) -> datetime:
    """The limit that lets in all of a day."""
    return limit_after(timezone.make_aware(datetime.combine(day, LAST_MINUTE)))


def _appoint(procedure: Procedure, accounts: dict[Person, User]) -> None:
    """Give every role a team: one a region where it is held by region, else one for all."""
    assert procedure.current_version is not None
    for role in definition_of(procedure.current_version).roles.values():
        for person, scope, name in REGIONAL if role.scope else SERVICE:
            appoint_team(
                procedure=procedure,
                role=role.id,
                scope=scope,
                name=name,
                members=[accounts[person]],
                by=accounts[ADMINISTRATOR],
            )

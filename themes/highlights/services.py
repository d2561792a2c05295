"""Arranging a portal's démarches à la Une. Every act raises `Forbidden` for who may not arrange them."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from wagtail.images.models import Image

from runtime.models import Procedure
from tenants.models import Portal
from tenants.permissions import Person, require
from themes.highlights.models import Highlight

ARRANGE = "highlight.arrange"


class NotPublished(Exception):
    """The démarche has no published version, or belongs to another portal: nobody could open it from here."""


@transaction.atomic
def feature(*, portal: Portal, procedure: Procedure, by: Person) -> Highlight:
    """Put a published démarche à la Une, last; one already there stays where it is."""
    require(by, ARRANGE, portal)
    if procedure.portal_id != portal.pk or procedure.current_version_id is None:
        raise NotPublished(procedure.slug)
    last = Highlight.objects.filter(portal=portal).aggregate(last=Max("position"))["last"]
    highlight, _created = Highlight.objects.get_or_create(
        portal=portal,
        procedure=procedure,
        defaults={"position": 1 if last is None else last + 1, "created_by_id": by.pk},
    )
    return highlight


@transaction.atomic
def unfeature(*, highlight: Highlight, by: Person) -> None:
    """Take a démarche off the Une; the démarche itself is untouched."""
    require(by, ARRANGE, highlight.portal)
    highlight.delete()


@transaction.atomic
def move(*, highlight: Highlight, by: Person, places: int) -> None:
    """Move a highlight by so many places, up when negative; the ends stop it."""
    require(by, ARRANGE, highlight.portal)
    order = list(Highlight.objects.select_for_update().filter(portal=highlight.portal))
    place = order.index(highlight)
    moved = order.pop(place)
    order.insert(max(0, place + places), moved)
    for position, each in enumerate(order, start=1):
        each.position = position
    Highlight.objects.bulk_update(order, ["position"])


@transaction.atomic
def set_period(
    *, highlight: Highlight, by: Person, starts_at: datetime | None, ends_at: datetime | None
) -> None:
    """Say from when to when a highlight shows; None leaves that side open.

    Raises ValidationError when the end does not come after the start.
    """
    require(by, ARRANGE, highlight.portal)
    highlight.starts_at, highlight.ends_at = starts_at, ends_at
    highlight.validate_constraints(exclude={"portal", "procedure"})
    highlight.save(update_fields=["starts_at", "ends_at"])


@transaction.atomic
def illustrate(*, highlight: Highlight, by: Person, image: Image | None, image_alt: str) -> None:
    """Give a highlight its image, or none, and the words that replace it."""
    require(by, ARRANGE, highlight.portal)
    highlight.image, highlight.image_alt = image, image_alt if image else ""
    highlight.save(update_fields=["image", "image_alt"])

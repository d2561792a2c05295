"""Reading a portal's démarches à la Une."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.images.models import Image

from runtime.procedures.contexts import ProcedureCard, procedure_card
from runtime.procedures.models import Procedure
from runtime.procedures.selectors import published
from tenants.models import Portal
from tenants.permissions import Person
from themes.highlights.models import Highlight


@dataclass(frozen=True)
class HighlightCard:
    """A démarche à la Une as a page shows it."""

    card: ProcedureCard
    image: Image | None
    image_alt: str


def highlights_on(portal: Portal, now: datetime) -> tuple[HighlightCard, ...]:
    """What a portal shows à la Une at `now`, in order, read in two statements: rows, then renditions."""
    found = (
        Highlight.objects.current(now)
        .filter(portal=portal, procedure__current_version__isnull=False)
        .select_related("procedure__current_version", "procedure__opening", "image")
        .defer("procedure__draft_text", "procedure__current_version__text")
        .prefetch_related("image__renditions")
    )
    return tuple(HighlightCard(procedure_card(h.procedure, now), h.image, h.image_alt) for h in found)


def arranged(portal: Portal) -> QuerySet[Highlight]:
    """Every highlight of a portal in order, whatever its period."""
    found = Highlight.objects.filter(portal=portal)
    return found.select_related("procedure", "image").defer("procedure__draft_text")


def not_yet_featured(user: Person, portal: Portal) -> QuerySet[Procedure]:
    """Published démarches that are not à la Une, the newest first."""
    there = Highlight.objects.filter(portal=portal, procedure=OuterRef("pk"))
    return published(user).filter(~Exists(there), portal=portal).order_by("-current_version__published_at")

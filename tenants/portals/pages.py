"""What a portal owns of Wagtail's one tree of pages and one tree of collections."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from tenants.accounts.models import User
from tenants.portals.models import Portal


def pages_of(portal: Portal) -> QuerySet[Page]:
    """The portal's home page and every page below it."""
    path = Page.objects.filter(pk=portal.site.root_page_id).values_list("path", flat=True).get()
    return Page.objects.filter(path__startswith=path)


def collections_of(portal: Portal) -> QuerySet[Collection]:
    """The portal's collection of files and every one below it."""
    path = Collection.objects.filter(pk=portal.collection_id).values_list("path", flat=True).get()
    return Collection.objects.filter(path__startswith=path)


def owned(portal: Portal, model: str) -> QuerySet[Any] | None:
    """The portal's objects of a model of Wagtail's ("wagtailimages.image"); None for any other model."""
    if model == "wagtailcore.page":
        return pages_of(portal)
    files = {"wagtailimages.image": Image, "wagtaildocs.document": Document}.get(model)
    return files.objects.filter(collection__in=collections_of(portal)) if files else None


def owns_pages(portal: Portal, keys: Iterable[int]) -> bool:
    """Whether each of these pages is the portal's."""
    wanted = set(keys)
    return not wanted or pages_of(portal).filter(pk__in=wanted).count() == len(wanted)


def confine(user: User, portal: Portal) -> None:
    """Leave the person, for the life of `user`, the Wagtail rights on this portal's pages and files alone.

    Somebody may work for two portals: their groups open both, whichever host they are on. Wagtail reads
    these rights once per user object, under the names set here.
    """
    user._page_permission_cache = list(  # type: ignore[attr-defined]
        GroupPagePermission.objects.filter(group__user=user, page=portal.site.root_page_id).select_related(
            "page", "permission"
        )
    )
    user._collection_permission_cache = list(  # type: ignore[attr-defined]
        GroupCollectionPermission.objects.filter(
            group__user=user, collection=portal.collection_id
        ).select_related("collection", "permission")
    )

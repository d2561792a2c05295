"""What is done to portals."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from tenants.accounts.models import User
from tenants.portals.models import Portal, PortalRole

ON_PAGES = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
ON_FILES = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


@transaction.atomic
def appoint_staff(*, portal: Portal, user: User, role: str) -> PortalRole:
    """Give a person a role on a portal, and the Wagtail rights on that portal's pages and files alone."""
    appointed, _made = PortalRole.objects.get_or_create(portal=portal, user=user, role=role)
    user.groups.add(_staff_group(portal))
    return appointed


def _staff_group(portal: Portal) -> Group:
    """The Wagtail group of a portal's staff: it opens the admin, no user or permission screen."""
    group, made = Group.objects.get_or_create(name=f"Portail {portal.slug}")
    if made:
        group.permissions.add(
            Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
        )
        for codename in ON_PAGES:
            GroupPagePermission.objects.create(
                group=group,
                page=portal.site.root_page,
                permission=Permission.objects.get(content_type__app_label="wagtailcore", codename=codename),
            )
        for permission in Permission.objects.filter(
            content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=ON_FILES
        ):
            GroupCollectionPermission.objects.create(
                group=group, collection=portal.collection, permission=permission
            )
    return group

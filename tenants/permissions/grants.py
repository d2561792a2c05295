"""Grants on single objects, kept by django-guardian in tables with a direct key to the object."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import models
from django.db.models import Exists, Model, OuterRef
from guardian.core import ObjectPermissionChecker
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from tenants.permissions.engine import Person


class _OfPortal(models.Model):
    """A grant belongs to the portal of its object, `content_object`."""

    content_object: Any
    portal = models.ForeignKey("tenants.Portal", on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.portal_id = self.content_object.portal_id
        super().save(*args, **kwargs)


class UserGrant(_OfPortal, UserObjectPermissionBase):
    """One person may do one thing to one object; subclass it with `content_object`."""

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True


class GroupGrant(_OfPortal, GroupObjectPermissionBase):
    """A group's members may do one thing to one object; subclass it with `content_object`."""

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = True


def grant(permission: str, groups: Iterable[Group], subject: Model, *, table: type[GroupGrant]) -> None:
    """Let the members of `groups` do `permission` (a codename) to `subject`, in one statement."""
    table._default_manager.bulk_create(
        (
            table(
                portal_id=subject.portal_id,  # type: ignore[attr-defined]
                permission_id=_permission_id(subject._meta.app_label, permission),
                group=group,
                content_object_id=subject.pk,  # type: ignore[misc]
            )
            for group in groups
        ),
        ignore_conflicts=True,
    )


@lru_cache
def _permission_id(app_label: str, codename: str) -> int:
    """The key of a permission; it is written once, by the migrations, and never changes."""
    return Permission.objects.get(content_type__app_label=app_label, codename=codename).pk


def holds_grant(user: Person, permission: str, subject: Model) -> bool:
    """Whether `user` holds `permission` on `subject`, by itself or by a group.

    Being superuser grants nothing.
    """
    if not user.is_authenticated:
        return False
    checker = ObjectPermissionChecker(user)
    return permission in {*checker.get_group_perms(subject), *checker.get_user_perms(subject)}


def granted(
    user: Person, permission: str, *, users: type[UserGrant], groups: type[GroupGrant], row: str = "pk"
) -> models.Q:
    """The condition that `user` holds `permission` on the object whose key is the outer query's `row`."""
    if not user.is_authenticated:
        return models.Q(pk__in=())
    held = {"content_object": OuterRef(row), "permission__codename": permission}
    return models.Q(Exists(users._default_manager.filter(user=user, **held))) | models.Q(
        Exists(groups._default_manager.filter(group__user=user, **held))
    )

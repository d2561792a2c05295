"""The access policy: who may do what to which object. What no row grants is refused.

Each package lists its rows in `policy.py`. A row says its condition twice: `q(user)` filters a
queryset, `holds(user, object)` judges one object; a property test keeps the two equal.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from importlib import import_module
from operator import or_
from typing import Any, TypeVar

from django.apps import AppConfig, apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.utils.module_loading import module_has_submodule

from tenants.accounts.models import User

M = TypeVar("M", bound=Model)
Person = User | AnonymousUser


class Forbidden(PermissionDenied):
    """The policy does not let this person do this to this object."""


@dataclass(frozen=True)
class Row:
    """One line of the policy: `role` may do `action` on the objects of `model` that fulfil the condition."""

    action: str
    role: str
    model: str
    q: Callable[[Any], Q]
    holds: Callable[[Any, Any], bool]


_rows: dict[tuple[str, str], list[Row]] = defaultdict(list)


def register(rows: Iterable[Row]) -> None:
    """Add a package's rows to the policy."""
    for row in rows:
        _rows[row.action, row.model].append(row)


def load_policies() -> None:
    """Read `policy.py` of every installed package that has one."""
    for config in apps.get_app_configs():
        if _is_ours(config) and module_has_submodule(config.module, "policy"):
            register(import_module(f"{config.name}.policy").ROWS)


def _is_ours(config: AppConfig) -> bool:
    return config.name in {"tenants", "runtime", "builder", "themes"}


def policy() -> tuple[Row, ...]:
    """Every row in force, in order of action."""
    return tuple(row for key in sorted(_rows) for row in _rows[key])


def can(user: Person, action: str, subject: Model) -> bool:
    """Whether `user` may do `action` to `subject`, now."""
    if user.is_authenticated and not user.is_active:
        return False
    return any(row.holds(user, subject) for row in _rows.get((action, subject._meta.label), ()))


def visible(user: Person, action: str, queryset: QuerySet[M]) -> QuerySet[M]:
    """The objects of `queryset` to which `user` may do `action`."""
    rows = _rows.get((action, queryset.model._meta.label), ())
    if not rows or (user.is_authenticated and not user.is_active):
        return queryset.none()
    return queryset.filter(reduce(or_, (row.q(user) for row in rows)))


def require(user: Person, action: str, subject: Model) -> None:
    """Raise `Forbidden` unless the policy lets `user` do `action` to `subject`."""
    if not can(user, action, subject):
        raise Forbidden(f"{action} on {subject._meta.label} {subject.pk}")

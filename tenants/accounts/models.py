"""The account of a person, one for the whole installation."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from tenants.statements import A_KEY, Statement


class AccountManager(UserManager["User"]):
    """Finds accounts whatever the case of the user name."""

    def get(self, *args: Any, **kwargs: Any) -> "User":
        """One account. By its key, which every page asks for, by a statement composed once."""
        key = kwargs.get("pk")
        if isinstance(key, int) and len(kwargs) == 1 and not args:
            read = _at_hand.get()
            return read if read is not None and read.pk == key else _by_key().get(key=key)
        return super().get(*args, **kwargs)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractUser):
    """A person's account; what it may do is said by the access policy, never here."""

    username = models.CharField(
        _("nom d’utilisateur"),
        max_length=150,
        unique=True,
        validators=[
            UnicodeUsernameValidator(),
            RegexValidator(
                r"@",
                _("Un nom d’utilisateur ne peut pas ressembler à une adresse e-mail."),
                inverse_match=True,
            ),
        ],
    )
    email = models.EmailField(_("adresse e-mail"))

    known: Mapping[str, bool] | None = None
    """What was read of the account with its session (`tenants.sessions.store`); None of any other."""

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta(AbstractUser.Meta):
        constraints = (
            models.UniqueConstraint(Lower("email"), name="user_email_unique_whatever_the_case"),
            models.UniqueConstraint(Lower("username"), name="user_username_unique_whatever_the_case"),
            models.CheckConstraint(
                condition=~models.Q(username__contains="@"), name="user_username_is_no_address"
            ),
        )

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Session(AbstractBaseSession):
    """What is kept of a browser between two requests. It knows its account: one statement reads both."""

    # An account that is deleted takes its sessions along. The database refuses none: Django would take that
    # for a key already given, and try others for ever.
    account = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, db_constraint=False, related_name="sessions"
    )


_at_hand: ContextVar[User | None] = ContextVar("account_at_hand", default=None)


@contextmanager
def at_hand(account: User | None) -> Iterator[None]:
    """Within the block, this account is found by its key without being read again.

    Whoever opens the block has just read it, and lets nothing run in it that may change it.
    """
    token = _at_hand.set(account)
    try:
        yield
    finally:
        _at_hand.reset(token)


@cache
def _by_key() -> Statement[User]:
    return Statement(lambda: User.objects.filter(pk=A_KEY), key=A_KEY)

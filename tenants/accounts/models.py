"""The account of a person, one for the whole installation."""

from functools import cache
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
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
            return _by_key().get(key=key)
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


@cache
def _by_key() -> Statement[User]:
    return Statement(lambda: User.objects.filter(pk=A_KEY), key=A_KEY)

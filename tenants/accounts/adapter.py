"""What our accounts ask of allauth."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.signals import password_reset
from django.conf import settings
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.accounts.models import User

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the portal's staff; a mail server that is down is said, not a failure."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        **dict.fromkeys(
            ("username_password_mismatch", "email_password_mismatch"),
            gettext_lazy(
                "Ce nom d’utilisateur ou cette adresse ne va pas avec ce mot de passe. "
                "Vérifiez les deux, majuscules comprises."
            ),
        ),
        "too_many_login_attempts": gettext_lazy(
            "Trop d’essais avec un mauvais mot de passe. Attendez cinq minutes, "
            "ou choisissez un nouveau mot de passe."
        ),
        "enter_current_password": gettext_lazy(
            "Ce n’est pas votre mot de passe actuel : vérifiez-le, majuscules comprises."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers by themselves."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Whoever has changed their password goes on: an empty form would ask for it again."""
        return settings.LOGIN_REDIRECT_URL

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send an account's mail, or tell the person that it could not leave."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError):
            log.exception("account mail not sent", extra={"mail": template_prefix})
            messages.error(self.request, _("L’e-mail n’a pas pu partir. Réessayez dans quelques minutes."))


@receiver(password_reset)
def forget_failed_attempts(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Open the door to a person who has just proved who they are, whichever name they sign in with."""
    for login in (user.username, user.email):
        get_adapter(request)._delete_login_attempts_cached_email(request, username=login)

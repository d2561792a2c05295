"""What our accounts ask of allauth."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers by themselves."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send an account's mail, or tell the person that it could not leave."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError):
            log.exception("account mail not sent", extra={"mail": template_prefix})
            messages.error(self.request, _("L’e-mail n’a pas pu partir. Réessayez dans quelques minutes."))

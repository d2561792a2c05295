"""The forms of the one sign-in door: what they say to a person who leaves something out."""

from typing import Any

from allauth.account import forms
from django.utils.translation import gettext_lazy as _

CHOSEN = {
    "password1": _("Écrivez votre nouveau mot de passe."),
    "password2": _("Écrivez votre nouveau mot de passe une seconde fois."),
}


class SignInForm(forms.LoginForm):
    """Signs in by user name or e-mail address; every field has its words above it, not inside."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("Nom d’utilisateur ou adresse e-mail")
        login.widget.attrs["autocomplete"] = "username"
        login.error_messages["required"] = _("Écrivez votre nom d’utilisateur ou votre adresse e-mail.")
        password.help_text = ""
        password.error_messages["required"] = _("Écrivez votre mot de passe.")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ForgottenPasswordForm(forms.ResetPasswordForm):
    """Asks where to send the link that gives a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.error_messages["required"] = _("Écrivez l’adresse e-mail de votre compte.")
        email.error_messages["invalid"] = _("Une adresse e-mail s’écrit comme nom@exemple.fr.")
        email.widget.attrs.pop("placeholder", None)


class NewPasswordForm(forms.ResetPasswordKeyForm):
    """Chooses a new password by the link that was sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, sentence in CHOSEN.items():
            self.fields[name].error_messages["required"] = sentence


class ChangedPasswordForm(forms.ChangePasswordForm):
    """Chooses a new password by giving the one in use."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {"oldpassword": _("Écrivez votre mot de passe actuel."), **CHOSEN}
        for name, sentence in asked.items():
            self.fields[name].error_messages["required"] = sentence

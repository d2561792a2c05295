"""Who holds a role of a démarche."""

from typing import Any

from django import forms
from django.core.validators import validate_email
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from formdefs import Definition
from runtime.procedures.models import ReviewTeam
from tenants.accounts.models import User
from tenants.organisations.models import Organisation

MOST_MEMBERS = 200
KNOWN_VALUES = {
    "organisation.region": ("region", "region_label"),
    "organisation.type": ("type", "type_label"),
    "organisation.id": ("reference", "name"),
}
SHOWN_VALUES = 30


class TeamForm(forms.Form):
    """A team: the role it holds, for which scope, its name and its members."""

    role = forms.ChoiceField(label=gettext_lazy("Rôle"))
    scope = forms.CharField(label=gettext_lazy("Périmètre"), max_length=80, required=False)
    name = forms.CharField(
        label=gettext_lazy("Nom de l’équipe"),
        max_length=100,
        help_text=gettext_lazy("Par exemple « ARS Bretagne »."),
    )
    members = forms.CharField(
        label=gettext_lazy("Membres"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy("Une adresse e-mail par ligne. Chaque personne a déjà un compte."),
    )

    def __init__(self, definition: Definition, data: Any = None, *, team: ReviewTeam | None = None) -> None:
        super().__init__(data, initial=_initial(team) if team else None)
        self.roles = definition.roles
        choices = {role.id: role.title for role in self.roles.values()}
        if team:
            # Another role or scope would be another team, with other dossiers.
            choices.setdefault(team.role, team.role)
            self.fields["role"].disabled = self.fields["scope"].disabled = True
        self.fields["role"].choices = list(choices.items())  # type: ignore[attr-defined]
        self.fields["scope"].help_text = _scope_help({role.scope for role in self.roles.values()})

    def clean_members(self) -> list[User]:
        """The accounts of the addresses, each once."""
        written = {line.strip().lower() for line in self.cleaned_data["members"].splitlines() if line.strip()}
        if len(written) > MOST_MEMBERS:
            raise forms.ValidationError(_("Une équipe compte {n} membres au plus.").format(n=MOST_MEMBERS))
        for address in sorted(written):
            try:
                validate_email(address)
            except forms.ValidationError as error:
                sentence = _("« {address} » n’est pas une adresse e-mail.").format(address=address)
                raise forms.ValidationError(sentence) from error
        found = User.objects.annotate(address=Lower("email")).filter(address__in=written, is_active=True)
        accounts = {user.address: user for user in found}
        missing = sorted(written - accounts.keys())
        if missing:
            sentence = _("Aucun compte actif n’a cette adresse : {missing}.").format(
                missing=", ".join(missing)
            )
            raise forms.ValidationError(sentence)
        return [accounts[address] for address in sorted(accounts)]

    def clean(self) -> dict[str, Any]:
        """A role given by scope needs one; the others take none."""
        given = super().clean() or {}
        role = self.roles.get(given.get("role", ""))
        if role is None:
            return given
        if role.scope and not given.get("scope"):
            self.add_error("scope", _("Ce rôle se donne par périmètre : indiquez lequel."))
        if not role.scope and given.get("scope"):
            self.add_error("scope", _("Ce rôle vaut pour tous les dossiers : laissez le périmètre vide."))
        return given


def _initial(team: ReviewTeam) -> dict[str, str]:
    members = "\n".join(user.email for user in team.group.user_set.all())
    return {"role": team.role, "scope": team.scope, "name": team.name, "members": members}


def _scope_help(scopes: set[str | None]) -> str:
    """What may be written as a scope, from the portal's organisations."""
    said = []
    for scope in sorted(filter(None, scopes)):
        value, label = KNOWN_VALUES[scope]
        known = (
            Organisation.objects.exclude(**{value: ""}).values_list(value, label).distinct().order_by(value)
        )
        said += [f"{code} ({title})" if title else code for code, title in known[:SHOWN_VALUES]]
    if not said:
        return _("Laissez vide : les rôles de cette démarche valent pour tous les dossiers.")
    return _("Valeurs connues : {values}.").format(values=", ".join(said))

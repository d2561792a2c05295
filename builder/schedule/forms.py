"""The dates of a démarche, as people write them."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from runtime.dates import last_minute, limit_after
from runtime.procedures.models import Opening

WRITTEN = "%d/%m/%Y %H:%M"
LARGEST_COUNT = 1000
FIRST_YEAR, LAST_YEAR = 2000, 2200


class MomentField(forms.DateTimeField):
    """A minute of the wall clock: « 31/03/2027 23:59 », « 31/03/2027 à 23 h 59 » or « 31/03/2027 »."""

    def __init__(self, *, hour: str, **options: Any) -> None:
        self.hour = hour
        widget = forms.TextInput(attrs={"autocomplete": "off", "maxlength": 30})
        invalid = gettext_lazy("Écrivez une date et une heure, par exemple 31/03/2027 23:59.")
        super().__init__(
            required=False,
            input_formats=[WRITTEN],
            widget=widget,
            error_messages={"invalid": invalid},
            **options,
        )

    def to_python(self, value: Any) -> datetime | None:
        """The aware minute of what was written, None when nothing was."""
        text = " ".join(str(value or "").replace("\N{NO-BREAK SPACE}", " ").split())
        text = re.sub(r" ?(?:à )?(\d{1,2}) ?[h:] ?(\d{2})$", r" \1:\2", text)
        if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", text):
            text = f"{text} {self.hour}"
        moment = super().to_python(text)
        if moment and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return moment

    def prepare_value(self, value: Any) -> Any:
        """The minute on the portal's clock."""
        return timezone.localtime(value).strftime(WRITTEN) if isinstance(value, datetime) else value


class OpeningForm(forms.Form):
    """Opening, limits, quota, and the reason of the change."""

    opens = MomentField(
        label=gettext_lazy("Ouverture"),
        hour="00:00",
        help_text=gettext_lazy("Par exemple 01/10/2026 09:00. Laissez vide pour ouvrir dès la publication."),
    )
    first_deposit_by = MomentField(
        label=gettext_lazy("Premier dépôt avant"),
        hour="23:59",
        help_text=gettext_lazy(
            "Par exemple 31/01/2027 23:59, minute comprise. Une correction demandée garde sa propre date."
        ),
    )
    closes = MomentField(
        label=gettext_lazy("Fermeture"),
        hour="23:59",
        help_text=gettext_lazy(
            "Par exemple 31/03/2027 23:59, minute comprise. Laissez vide s’il n’y a pas de fin."
        ),
    )
    per_applicant = forms.IntegerField(
        label=gettext_lazy("Dossiers par demandeur"),
        required=False,
        min_value=1,
        max_value=LARGEST_COUNT,
        help_text=gettext_lazy("Laissez vide s’il n’y a pas de limite."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Motif"),
        max_length=500,
        help_text=gettext_lazy(
            "Il est gardé dans le journal, par exemple « Prolongation demandée par les ARS »."
        ),
        error_messages={"required": gettext_lazy("Indiquez le motif de ce changement.")},
    )

    @classmethod
    def of(cls, opening: Opening) -> "OpeningForm":
        """The form of the dates in force; limits are shown as their last minute."""
        return cls(
            initial={
                "opens": opening.opens,
                "first_deposit_by": last_minute(opening.first_deposit_by),
                "closes": last_minute(opening.closes),
                "per_applicant": opening.per_applicant,
            }
        )

    def dates(self) -> dict[str, Any]:
        """What `change_opening` is to keep: limits end with their minute."""
        given = self.cleaned_data
        limits = {name: given[name] and limit_after(given[name]) for name in ("first_deposit_by", "closes")}
        return {"opens": given["opens"], "per_applicant": given["per_applicant"], **limits}

    def refuse(self, code: str, sentence: str) -> None:
        """Say a refusal beside the field it is about."""
        name = code.rpartition(".")[2]
        self.add_error(name if name in self.fields else None, sentence)

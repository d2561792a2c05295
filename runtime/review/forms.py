"""What a decision asks of the reviewer."""

from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from formdefs import Action
from runtime.dates import limit_after

FORMATS = ("%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y")
TOO_LONG = _("Ce texte compte %(show_value)s caractères : gardez-en %(limit_value)s au plus.")


class DecisionForm(forms.Form):
    """A decision with what it needs: a reason, a message, a date by which to answer."""

    reason = forms.CharField(
        max_length=5000,
        error_messages={
            "required": _("Écrivez le motif : le demandeur le lira avec la décision."),
            "max_length": TOO_LONG,
        },
    )
    message = forms.CharField(
        max_length=5000,
        error_messages={
            "required": _("Écrivez ce qu’il faut modifier, et où : le demandeur lira ce texte."),
            "max_length": TOO_LONG,
        },
    )
    due = forms.DateField(
        input_formats=FORMATS,
        error_messages={
            "required": _("Indiquez la date limite de réponse, par exemple 22/01/2027."),
            "invalid": _("Une date s’écrit jour, mois, année, par exemple 22/01/2027."),
        },
    )
    seen = forms.IntegerField(min_value=0)

    def __init__(self, *args: object, action: Action, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in {"reason", "message", "due"} - action.needs:
            del self.fields[name]

    def clean_due(self) -> datetime:
        """The instant when the given day is over."""
        end = datetime.combine(self.cleaned_data["due"], time(23, 59))
        try:
            due = limit_after(timezone.make_aware(end))
        except OverflowError as error:
            raise forms.ValidationError(_("Indiquez une date de réponse plus proche.")) from error
        if due <= timezone.now():
            raise forms.ValidationError(
                _("La date de réponse doit être à venir, par exemple dans quinze jours.")
            )
        return due

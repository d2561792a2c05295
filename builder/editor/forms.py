"""The text of a definition, as it is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from formdefs.dump import LARGEST_TEXT

LARGEST_REVISION = 2**31 - 1


def definition_field(**options: Any) -> forms.CharField:
    """The field of a definition's text, numbered and judged as one types where scripts run."""
    widget = forms.Textarea(
        attrs={
            "class": "definition__text",
            "rows": 24,
            "wrap": "off",
            "spellcheck": "false",
            "autocapitalize": "off",
            "autocomplete": "off",
            "data-definition": "",
        }
    )
    return forms.CharField(
        label=gettext_lazy("Définition (JSON)"),
        strip=False,
        max_length=LARGEST_TEXT,
        widget=widget,
        error_messages={
            "max_length": gettext_lazy("La définition dépasse 1 Mio."),
            "null_characters_not_allowed": gettext_lazy("Ce texte contient un caractère invisible (nul)."),
        },
        **options,
    )


class DraftForm(forms.Form):
    """A draft's text and the revision it was read at."""

    revision = forms.IntegerField(min_value=0, max_value=LARGEST_REVISION, widget=forms.HiddenInput)
    text = definition_field(required=False)

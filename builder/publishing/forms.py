"""What is asked before a publication."""

from django import forms
from django.utils.translation import gettext_lazy

from builder.editor.forms import LARGEST_REVISION


class PublicationForm(forms.Form):
    """The note of a version, and the revision of the draft that was read."""

    revision = forms.IntegerField(min_value=0, max_value=LARGEST_REVISION, widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("Ce qui change"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Une phrase pour l’historique, par exemple « Ajout de la question sur le groupe »."
        ),
        error_messages={"required": gettext_lazy("Dites en une phrase ce qui change.")},
    )

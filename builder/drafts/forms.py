"""Beginning a démarche."""

import json
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from builder.editor.forms import definition_field
from formdefs import DefinitionError, DefinitionProblem, canonical, dump, library, load

PASTED = ""
LONGEST_SLUG = 80


def start_choices() -> list[tuple[str, str]]:
    """Where a definition may come from: pasted, or one that ships with the platform."""
    shipped = [(name, json.loads(library.text(name))["title"]) for name in library.names()]
    return [(PASTED, _("La définition collée ci-dessous")), *shipped]


class NewProcedureForm(forms.Form):
    """Title, address and first definition of a démarche."""

    title = forms.CharField(
        label=gettext_lazy("Titre"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Laissez vide pour garder le titre de la définition."),
    )
    slug = forms.SlugField(
        label=gettext_lazy("Adresse"),
        max_length=LONGEST_SLUG,
        required=False,
        help_text=gettext_lazy(
            "Minuscules, chiffres et tirets, par exemple « aide-au-velo ». Tirée du titre si elle est vide."
        ),
        error_messages={
            "invalid": gettext_lazy("L’adresse se compose de lettres sans accent, de chiffres et de tirets.")
        },
    )
    start = forms.ChoiceField(
        label=gettext_lazy("Partir de"), choices=start_choices, required=False, widget=forms.RadioSelect
    )
    text = definition_field(required=False)

    def clean(self) -> dict[str, Any]:
        """Put the title in the definition, and draw the address from it; `problems` are the definition's."""
        given = super().clean() or {}
        self.problems: tuple[DefinitionProblem, ...] = ()
        text = library.text(given["start"]) if given.get("start") else given.get("text", "")
        if not text.strip() and "text" not in self.errors:
            self.add_error("text", _("Collez une définition, ou choisissez-en une qui existe."))
        if self.errors:
            return given
        try:
            given["text"] = titled(text, given["title"])
            load(given["text"])
        except DefinitionError as error:
            self.problems = error.problems
            self.add_error("text", _("Cette définition ne peut pas être lue."))
            return given
        given["slug"] = (given["slug"] or slugify(title_of(given["text"]))[:LONGEST_SLUG].strip("-")).lower()
        if not given["slug"]:
            self.add_error("slug", _("Donnez une adresse, par exemple « aide-au-velo »."))
        return given


def titled(text: str, title: str) -> str:
    """The canonical text of a definition, under another title where one is given. Raises DefinitionError."""
    document = json.loads(canonical(text))
    if title and isinstance(document, dict):
        document["title"] = title
    return dump(document)


def title_of(text: str) -> str:
    """The title in a definition that may lack one."""
    document = json.loads(text)
    return str(document.get("title", "")) if isinstance(document, dict) else ""

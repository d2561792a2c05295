"""Beginning a démarche."""

import json
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from builder.editor.forms import definition_field
from formdefs import DefinitionError, DefinitionProblem, canonical, dump, library, load
from formdefs.dump import LARGEST_TEXT
from formdefs.importers import Loss, import_schema

PASTED, BLANK = "", "vide"
LONGEST_SLUG = 80
LONGEST_ID = 60


def start_choices() -> list[tuple[str, str]]:
    """Where a definition may come from: pasted, or one that ships with the platform."""
    shipped = [(name, json.loads(library.text(name))["title"]) for name in library.names()]
    blank = (BLANK, _("Un formulaire vide, à composer"))
    return [blank, *shipped, (PASTED, _("La définition collée ci-dessous"))]


def blank(title: str) -> str:
    """The least that a démarche says: one page, one section, one question, one review step."""
    question = {"type": "string", "title": _("Nom")}
    section = {"id": "demande", "title": _("Votre demande"), "fields": ["nom"]}
    phase = {
        "id": "demande",
        "title": _("Formulaire"),
        "answers": {"type": "object", "properties": {"nom": question}, "required": ["nom"]},
        "layout": [{"page": "formulaire", "title": _("Formulaire"), "sections": [section]}],
        "reviews": [{"id": "instruction", "title": _("Instruction"), "role": "instructeur"}],
    }
    return dump(
        {
            "definition": 1,
            "id": slugify(title)[:LONGEST_ID].strip("-") or "demarche",
            "title": title,
            "roles": {"instructeur": {"title": _("Instructeur")}},
            "phases": [phase],
        }
    )


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
        label=gettext_lazy("Partir de"),
        choices=start_choices,
        required=False,
        initial=BLANK,
        widget=forms.RadioSelect,
    )
    text = definition_field(required=False)
    interface = forms.CharField(
        label=gettext_lazy("Schéma d’interface"),
        required=False,
        max_length=LARGEST_TEXT,
        help_text=gettext_lazy(
            "Facultatif : le schéma d’interface de rjsf ou de JSON Forms qui accompagne un JSON Schema."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "class": "definition__text"}),
    )

    def clean(self) -> dict[str, Any]:
        """Put the title in the definition, and draw the address from it; `problems` are the definition's."""
        given = super().clean() or {}
        self.problems: tuple[DefinitionProblem, ...] = ()
        self.losses: tuple[Loss, ...] = ()
        if given.get("start") == BLANK and not given.get("title"):
            self.add_error("title", _("Donnez le titre de la démarche."))
            return given
        text = self._text(given)
        if not text.strip() and "text" not in self.errors:
            self.add_error("text", _("Collez une définition, ou choisissez-en une qui existe."))
        if self.errors:
            return given
        try:
            text = self._imported(text, given) if not given.get("start") else text
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

    def _imported(self, text: str, given: dict[str, Any]) -> str:
        """The text pasted, or the definition made of it where it is a JSON Schema written for another tool.

        Raises DefinitionError.
        """
        document = json.loads(canonical(text))
        interface = _json(given.get("interface", ""))
        if not isinstance(document, dict) or "definition" in document:
            return text
        # With keywords of ours it is ours to mend, not another tool's to translate.
        if not interface and ('"x-field"' in text or _is_flat(text)):
            return text
        imported = import_schema(document, ui=interface, title=given["title"])
        self.losses = imported.losses
        return imported.text

    def clean_interface(self) -> str:
        """A UI schema is a JSON object."""
        text = str(self.cleaned_data["interface"])
        if text.strip() and _json(text) is None:
            raise forms.ValidationError(_("Un schéma d’interface est un objet JSON."))
        return text

    def _text(self, given: dict[str, Any]) -> str:
        """The definition that is begun from."""
        start = given.get("start")
        if start == BLANK:
            return blank(given["title"])
        return library.text(start) if start else str(given.get("text", ""))


def _is_flat(text: str) -> bool:
    """Whether a text loads as it is, each question with an input of its own: the parts have no screen."""
    try:
        questions = load(text, slug="demarche").first_phase.questions
    except DefinitionError:
        return False
    return not any(each.type.slug == "object" for each in questions.values())


def _json(text: str) -> dict[str, Any] | None:
    """The JSON object of a text; nothing where it is none."""
    try:
        read = json.loads(text) if text.strip() else None
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


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

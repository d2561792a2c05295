"""What a condition may be about: a question, a fact, a group's rows; and the comparisons that suit it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from builder.organisation_types import TYPE, with_unknown
from builder.ruling.grounds import OUTSIDE, Ground
from formdefs import Question
from formdefs.definition import ValueType

COUNT = "count:"
UNARY = ("yes", "no", "known", "unknown")
SIGNS = {"eq": "==", "ne": "!=", "ge": ">=", "gt": ">", "le": "<=", "lt": "<"}
OPERATORS = {
    "yes": gettext_lazy("est Oui"),
    "no": gettext_lazy("est Non"),
    "is": gettext_lazy("est"),
    "is_not": gettext_lazy("n’est pas"),
    "among": gettext_lazy("est parmi"),
    "has": gettext_lazy("contient"),
    "has_not": gettext_lazy("ne contient pas"),
    "eq": gettext_lazy("est égal à"),
    "ne": gettext_lazy("est différent de"),
    "ge": gettext_lazy("est d’au moins"),
    "gt": gettext_lazy("est plus de"),
    "le": gettext_lazy("est d’au plus"),
    "lt": gettext_lazy("est moins de"),
    "on": gettext_lazy("est le"),
    "before": gettext_lazy("est avant le"),
    "until": gettext_lazy("est au plus tard le"),
    "after": gettext_lazy("est après le"),
    "from": gettext_lazy("est à partir du"),
    "known": gettext_lazy("a une réponse"),
    "unknown": gettext_lazy("est sans réponse"),
    "some": gettext_lazy("a une ligne où"),
    "all": gettext_lazy("a toutes ses lignes où"),
    "none": gettext_lazy("n’a aucune ligne où"),
    "at_least": gettext_lazy("a au moins N lignes où"),
    "at_most": gettext_lazy("a au plus N lignes où"),
}
BY_KIND: Mapping[str, tuple[str, ...]] = {
    "boolean": ("yes", "no", "known", "unknown"),
    "choice": ("is", "is_not", "among", "known", "unknown"),
    "text": ("is", "is_not", "among", "has", "has_not", "known", "unknown"),
    "number": ("eq", "ne", "ge", "gt", "le", "lt", "known", "unknown"),
    "date": ("on", "before", "until", "after", "from", "known", "unknown"),
    "list": ("has", "has_not", "known", "unknown"),
    "rows": ("ge", "gt", "eq", "le", "lt"),
    "group": ("some", "all", "none", "at_least", "at_most"),
    "files": ("known", "unknown"),
}
DATES = {"on": "==", "before": "<", "until": "<=", "after": ">", "from": ">="}
COMPARISONS = {"is": "==", "is_not": "!=", **SIGNS, **DATES}
"""Comparisons with a value, or with another answer of the same kind."""


OVER_ROWS = BY_KIND["group"]
"""Comparisons whose value is another group of conditions, on each row."""


@dataclass(frozen=True)
class Subject:
    """What a condition may be about: a question, a fact, a group's rows or their number.

    `inside` is what a condition on each row of a group may be about; `listed` the values of a fact, by name.
    """

    name: str
    title: str
    kind: str
    type: ValueType
    question: Question | None = None
    inside: Mapping[str, Subject] = field(default_factory=dict, compare=False, repr=False)
    listed: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def operators(self) -> tuple[tuple[str, str], ...]:
        """The comparisons that suit it."""
        return tuple((each, str(OPERATORS[each])) for each in BY_KIND[self.kind])

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The values it may take, where they are listed."""
        if self.question is not None and self.kind in ("choice", "list"):
            return tuple((choice.value, choice.label) for choice in self.question.choices)
        if self.type.values:
            return tuple((value, str(QUALITIES.get(value, value))) for value in sorted(self.type.values))
        return tuple(self.listed.items())

    def offered(self, *held: str) -> tuple[tuple[str, str], ...]:
        """The values it may take, and those that a rule holds though the portal does not know them."""
        if self.name not in LISTED or not self.listed:
            return self.choices
        return tuple(with_unknown(self.listed, filter(None, held)).items())

    def compared(self, known: Mapping[str, Subject]) -> dict[str, str]:
        """What it may be compared with besides a value, with titles: other answers like it, today’s date."""
        if self.kind not in ("number", "date", "text"):
            return {}
        return {
            each.name: each.title
            for each in known.values()
            if each.kind == self.kind and each.type.money == self.type.money and each.name != self.name
        }


def subjects(ground: Ground) -> dict[str, Subject]:
    """Everything that a condition may be about where a rule stands, by name."""
    found: dict[str, Subject] = {}
    for name, question in ground.readable().items():
        kind = question.type.reads_as(question)
        title = question.title
        if kind.kind == "list" and kind.item is not None and kind.item.kind == "row":
            if question.rows and not name.startswith("parent."):
                inside = subjects(ground.inside(name))
                found[name] = Subject(name, title, "group", kind, question, inside)
            found[COUNT + name] = Subject(
                COUNT + name, _("Nombre de lignes : {title}").format(title=title), "rows", ValueType("number")
            )
        elif (known := _kind(kind, question)) is not None:
            found[name] = Subject(name, title, known, kind, question)
    for name, kind in OUTSIDE.items():
        known = "choice" if name in LISTED else _kind(kind, None)
        if known is not None:
            listed = ground.titles.facts.get(name, {})
            found[name] = Subject(name, str(FACTS.get(name, name)), known, kind, listed=listed)
    return found


LISTED = (TYPE,)
"""Texts known besides answers whose values are chosen among those of the portal."""


FACTS = {
    "organisation.name": gettext_lazy("Organisme › Nom"),
    "organisation.type": gettext_lazy("Organisme › Type"),
    "organisation.region": gettext_lazy("Organisme › Région"),
    "organisation.finess": gettext_lazy("Organisme › FINESS"),
    "organisation.siret": gettext_lazy("Organisme › SIRET"),
    "organisation.id": gettext_lazy("Organisme › Identifiant"),
    "organisation.type_label": gettext_lazy("Organisme › Type, en toutes lettres"),
    "organisation.region_label": gettext_lazy("Organisme › Région, en toutes lettres"),
    "applicant.kind": gettext_lazy("Demandeur › Qualité"),
    "applicant.first_name": gettext_lazy("Demandeur › Prénom"),
    "applicant.last_name": gettext_lazy("Demandeur › Nom"),
    "applicant.email": gettext_lazy("Demandeur › Adresse e-mail"),
    "dossier.reference": gettext_lazy("Dossier › Numéro"),
    "today": gettext_lazy("Date du jour"),
}


QUALITIES = {
    "person": gettext_lazy("un particulier"),
    "organisation": gettext_lazy("un organisme"),
    "on_behalf": gettext_lazy("un mandataire"),
}


def _kind(kind: ValueType, question: Question | None) -> str | None:
    if kind.kind == "text":
        return "choice" if kind.values else "text"
    if kind.kind == "list" and kind.item is not None and kind.item.kind == "text":
        return "list" if question is not None and question.choices else "files"
    return kind.kind if kind.kind in ("boolean", "number", "date") else None

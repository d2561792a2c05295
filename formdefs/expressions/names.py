"""What an expression may name, and of what type each name is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from formdefs.definition import Question, ValueType

TEXT = ValueType("text")
_ENTITY = ValueType("row", columns={"id": TEXT, "name": TEXT, "finess": TEXT})
_ORGANISATION = {
    **dict.fromkeys(("id", "name", "type", "type_label", "region", "region_label", "finess", "siret"), TEXT),
    "entities": ValueType("list", item=_ENTITY),
}
_APPLICANT = dict.fromkeys(("first_name", "last_name", "email"), TEXT) | {
    "kind": ValueType("text", values=frozenset({"person", "organisation", "on_behalf"}))
}
OUTER: Mapping[str, ValueType] = {
    "organisation": ValueType("row", columns=_ORGANISATION),
    "applicant": ValueType("row", columns=_APPLICANT),
    "dossier": ValueType("row", columns={"reference": TEXT}),
    "today": ValueType("date"),
}
# No question may be called so, whether or not the root can be read where the rule stands.
ROOTS = frozenset(OUTER) | {"row", "parent", "phases"}


@dataclass(frozen=True)
class Names:
    """The names readable at one level: a phase's questions, a row's, or one item of a list.

    `level` counts from 0, the phase, whose id is `phase`; `item` is the type of the item itself, which
    "" names.
    """

    columns: Mapping[str, ValueType] = field(default_factory=dict)
    parent: Names | None = None
    item: ValueType | None = None
    phase: str = ""

    @property
    def level(self) -> int:
        return 0 if self.parent is None else self.parent.level + 1

    def inside(self, item: ValueType) -> Names:
        """The names of one item of a list that is read from here."""
        return Names(columns=item.columns, parent=self, item=item)


def phase_names(questions: Iterable[Question], phase: str = "") -> Names:
    """The names of a phase's questions, or of the questions of a row when put inside another."""
    return Names({question.name: question.type.reads_as(question) for question in questions}, phase=phase)

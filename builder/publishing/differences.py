"""What differs between the draft and what is published, in words where they are easy."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from formdefs import Change, Definition, changes
from formdefs.evolution import AGAIN, LOSES, SAFE, SENTENCES, evolution
from runtime.procedures.definitions import definition_of
from runtime.procedures.models import Procedure

LONGEST = 160
_QUESTION = re.compile(r"^(?:/phases/\d+/answers)?/properties/([^/]+)(/.*)?$")
SIGNS = {
    "added": gettext_lazy("Ajouté"),
    "removed": gettext_lazy("Retiré"),
    "changed": gettext_lazy("Modifié"),
}
PARTS = (
    (r"^/title$", gettext_lazy("Le titre de la démarche")),
    (r"^/(summary|description)$", gettext_lazy("La présentation de la démarche")),
    (r"^/words(/|$)", gettext_lazy("Les mots de la démarche")),
    (r"^/applicants(/|$)", gettext_lazy("Qui peut déposer")),
    (r"^/opening(/|$)", gettext_lazy("Les dates proposées")),
    (r"^/phases/\d+/first_deposit_by$", gettext_lazy("Les dates proposées")),
    (r"^/entry_rules(/|$)", gettext_lazy("Les règles d’entrée")),
    (r"^/roles(/|$)", gettext_lazy("Les rôles")),
    (r"^/phases/\d+/reviews(/|$)", gettext_lazy("Les étapes d’instruction")),
    (r"^/phases/\d+/layout(/|$)", gettext_lazy("La disposition des pages")),
    (r"^(/phases/\d+/answers)?/required$", gettext_lazy("Les questions obligatoires")),
)


@dataclass(frozen=True)
class SaidChange:
    """One difference: its kind and sign, a sentence, its path, and both values, shortened."""

    kind: str
    sign: str
    sentence: str
    pointer: str
    before: str
    after: str


COSTS = {
    SAFE: gettext_lazy("Sans effet sur les réponses"),
    AGAIN: gettext_lazy("À répondre de nouveau"),
    LOSES: gettext_lazy("Perd des réponses"),
}


@dataclass(frozen=True)
class SaidEvolution:
    """One change as an administrator says it, and what it costs to answers already given."""

    sentence: str
    cost: str
    says: str


def said_evolution(procedure: Procedure, draft: Definition | None) -> tuple[SaidEvolution, ...]:
    """What the draft changes for people; nothing before the first publication."""
    version = procedure.current_version
    if version is None or draft is None:
        return ()
    return tuple(
        SaidEvolution(_(SENTENCES[each.code]).format(**each.params), each.cost, str(COSTS[each.cost]))
        for each in evolution(definition_of(version), draft)
    )


def said_changes(procedure: Procedure, draft: Definition | None) -> tuple[SaidChange, ...]:
    """What the draft changes to the version in force; nothing before the first publication."""
    version = procedure.current_version
    if version is None or draft is None:
        return ()
    published = definition_of(version).document
    return tuple(said(change, published, draft.document) for change in changes(published, draft.document))


def text_changes(old: str, new: str) -> tuple[SaidChange, ...]:
    """What differs between two texts; nothing where one of them is not JSON."""
    try:
        before, after = json.loads(old), json.loads(new)
    except ValueError:
        return ()
    return tuple(said(change, before, after) for change in changes(before, after))


def said(change: Change, old: Any, new: Any) -> SaidChange:
    """A difference in words."""
    return SaidChange(
        kind=change.kind,
        sign=str(SIGNS[change.kind]),
        sentence=_sentence(change, old, new),
        pointer=change.pointer,
        before=_short(change.before) if change.kind != "added" else "",
        after=_short(change.after) if change.kind != "removed" else "",
    )


def _sentence(change: Change, old: Any, new: Any) -> str:
    asked = _QUESTION.match(change.pointer)
    if asked is None:
        return next((str(said) for pattern, said in PARTS if re.match(pattern, change.pointer)), "")
    title = _title(old if change.kind == "removed" else new, change.pointer, asked[1])
    if asked[2]:
        return _("La question « {title} » change.").format(title=title)
    return {
        "added": _("La question « {title} » est ajoutée."),
        "removed": _("La question « {title} » est retirée."),
        "changed": _("La question « {title} » change."),
    }[change.kind].format(title=title)


def _title(document: Any, pointer: str, name: str) -> str:
    """The title of the question that a pointer is about, its name where it has none."""
    steps = list(_steps(pointer))
    for key in steps[: steps.index("properties") + 2]:
        document = document[int(key)] if isinstance(document, list) else document[key]
    return str(document.get("title", name)) if isinstance(document, Mapping) else name


def _steps(pointer: str) -> Iterator[str]:
    return (step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"

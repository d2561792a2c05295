"""What is done to the review: its steps, its roles, the rules to begin a dossier."""

from __future__ import annotations

from typing import Any

from builder.acts import naming
from builder.acts.documents import (
    ENTRY,
    PROCEDURE,
    ROLE,
    STEP,
    WHOLE,
    Impossible,
    Target,
    path_to,
    phase_path,
)
from builder.acts.patches import ABSENT, Edit
from builder.acts.places import names_in
from builder.acts.questions import Done
from builder.acts.settings import put
from formdefs.errors import gettext_noop

DECISIONS = ["accept", "request_changes", "refuse"]
PRESETS: dict[str, tuple[str, tuple[tuple[str, str, str | None, str, int], ...]]] = {
    "un-niveau": (
        gettext_noop("Une instruction"),
        (("instructeur", "Instructeur", None, "Instruction", 30),),
    ),
    "deux-niveaux": (
        gettext_noop("ARS, puis ANS (deux niveaux)"),
        (
            ("ars", "Vérificateur ARS", "organisation.region", "Vérification ARS", 30),
            ("ans", "Vérificateur ANS", None, "Analyse ANS", 45),
        ),
    ),
}
"""Models of a review: for each step the role, its title and scope, the step's title, its working days."""


def use_preset(edit: Edit, *, preset: str) -> Done:
    """Give the démarche the steps and the roles of a model."""
    if preset not in PRESETS:
        raise Impossible(gettext_noop("Choisissez un modèle de la liste."))
    title, steps = PRESETS[preset]
    roles = {role: {"title": said} | ({"scope": scope} if scope else {}) for role, said, scope, _, _ in steps}
    reviews = [
        {
            "id": role,
            "title": step,
            "role": role,
            "decisions": list(DECISIONS),
            "within": {"working_days": days},
        }
        for role, _, _, step, days in steps
    ]
    put(edit, ("roles",), roles)
    put(edit, (*phase_path(edit.document), "reviews"), reviews)
    return Done(Target(STEP, str(reviews[0]["id"])), gettext_noop("processus « {title} »"), {"title": title})


def add_step(edit: Edit, at: Target, *, title: str) -> Done:
    """Add a step after the selected one, last otherwise, for the role of the step before."""
    path = (*phase_path(edit.document), "reviews")
    reviews: list[dict[str, Any]] = edit.get(path)
    number = next((n for n, each in enumerate(reviews) if at == Target(STEP, each["id"])), len(reviews) - 1)
    name = naming.identity(title, {each["id"] for each in reviews}, blank="etape", mark="-")
    step = {"id": name, "title": title, "role": reviews[number]["role"], "decisions": list(DECISIONS)}
    edit.insert(path, step, number + 1)
    return Done(Target(STEP, name), gettext_noop("étape « {title} » ajoutée"), {"title": title})


def add_role(edit: Edit, *, title: str) -> Done:
    """Add a role."""
    name = naming.identity(title, edit.get(("roles",), {}), blank="role", mark="-")
    put(edit, ("roles", name), {"title": title})
    return Done(Target(ROLE, name), gettext_noop("rôle « {title} » ajouté"), {"title": title})


def add_entry_rule(edit: Edit, *, message: str) -> Done:
    """Add a rule to begin a dossier; it asks nothing until its condition is written."""
    rules = edit.get(("entry_rules",), [])
    name = naming.identity("regle", {each.get("id") for each in rules}, mark="-")
    rule = {"id": name, "when": True, "message": message}
    if rules:
        edit.insert(("entry_rules",), rule)
    else:
        put(edit, ("entry_rules",), [rule])
    return Done(Target(ENTRY, name), gettext_noop("règle d’entrée ajoutée"), {})


def move_listed(edit: Edit, at: Target, *, by: int) -> Done:
    """Move a step or an entry rule one place."""
    path = path_to(edit.document, at)
    if at.kind in (PROCEDURE, ROLE):
        raise Impossible(gettext_noop("Cet élément ne se déplace pas."))
    names = names_in(edit.get(path[:-1]))
    index = names.index(path[-1]) + by
    if not 0 <= index < len(names):
        raise Impossible(gettext_noop("C’est déjà au bord de la liste."))
    item = edit.get(path)
    edit.put(path, ABSENT)
    edit.insert(path[:-1], item, index)
    return Done(at, gettext_noop("« {title} » déplacée"), {"title": said(item)})


def delete_listed(edit: Edit, at: Target) -> Done:
    """Take out a step, a role or an entry rule."""
    path = path_to(edit.document, at)
    item = edit.get(path)
    if at.kind == STEP and len(edit.get(path[:-1])) == 1:
        raise Impossible(gettext_noop("L’instruction garde au moins une étape."))
    if at.kind == ROLE:
        reviews = edit.get((*phase_path(edit.document), "reviews"))
        held = [said(each) for each in reviews if each["role"] == at.id]
        if held:
            raise Impossible(
                gettext_noop("Ce rôle tient l’étape « {step} » : donnez-la d’abord à un autre rôle."),
                step=held[0],
            )
    edit.remove(path)
    return Done(Target(PROCEDURE, WHOLE), gettext_noop("« {title} » supprimée"), {"title": said(item)})


def said(item: Any) -> str:
    """What a step, a role or an entry rule is called."""
    return str(item.get("title") or item.get("message") or item.get("id") or "")

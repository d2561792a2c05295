"""What the editor's templates are given."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from builder.acts import Target
from builder.acts.documents import (
    CELLS,
    CHECK,
    CHECKS,
    COLUMN,
    ENTRY,
    LINE,
    PAGE,
    PROCEDURE,
    QUESTION,
    ROLE,
    ROW_CHECK,
    SECTION,
    SHEET,
    STEP,
    WORKBOOK,
    is_group,
    own,
    path_to,
)
from builder.acts.kinds import slug_of
from builder.acts.patches import Edit
from builder.composer.addresses import ACCESS, FORM, TEXTS, address_of
from builder.composer.composition import Composition
from builder.composer.palette import icon_of
from builder.composer.panels import panel_of
from builder.journal.selectors import frozen_names
from builder.organisation_types import TYPE
from builder.ruling.grounds import written_rule
from formdefs.registry import TYPES

KINDS = {
    SECTION: "list-ul",
    PAGE: "doc-empty",
    PROCEDURE: "form",
    STEP: "tasks",
    ROLE: "group",
    ENTRY: "key",
} | {
    WORKBOOK: "doc-full",
    SHEET: "table",
    CHECK: "check",
    ROW_CHECK: "check",
}


@dataclass(frozen=True)
class Head:
    """What the panel says on top: the part, its type, its identity and whether that is frozen."""

    title: str
    kind: str
    icon: str
    identity: str
    frozen: bool


@dataclass(frozen=True)
class Rule:
    """The condition of a part: said in French, and where it is changed."""

    text: str
    address: str
    title: str


def head_of(composition: Composition, target: Target) -> Head:
    """The head of a panel."""
    part = Edit(composition.document).get(path_to(composition.document, target), composition.document)
    title = str(part.get("title") or part.get("message") or target.id)
    if target.kind == QUESTION:
        slug = slug_of(part)
        frozen = target.id in frozen_names(composition.procedure)
        return Head(title, str(TYPES[slug].title), icon_of(slug), target.id.rpartition(".")[2], frozen)
    if target.kind in CELLS:
        slug = slug_of(part)
        where = _("Colonne") if target.kind == COLUMN else _("Ligne")
        kind = f"{where}, {_(TYPES[slug].title).lower()}"
        return Head(title, kind, icon_of(slug), target.id.rpartition(".")[2], True)
    names = {
        WORKBOOK: _("Classeur"),
        SHEET: _("Feuille"),
        CHECK: _("Contrôle"),
        ROW_CHECK: _("Contrôle de chaque ligne"),
        SECTION: _("Section"),
        PAGE: _("Page"),
        PROCEDURE: _("Démarche"),
        STEP: _("Étape d’instruction"),
        ROLE: _("Rôle"),
        ENTRY: _("Règle d’entrée"),
    }
    return Head(title, names[target.kind], KINDS[target.kind], "", False)


def rule_of(composition: Composition, target: Target) -> Rule | None:
    """The condition of a part that may have one."""
    if target.kind not in RULED:
        return None
    address = reverse("builder_rule", args=[composition.procedure.slug, target.kind, target.id])
    title = {
        ENTRY: _("Condition"),
        CHECK: _("Ce qui doit être vrai"),
        ROW_CHECK: _("Ce qui doit être vrai de chaque ligne"),
        STEP: _("Passer par cette étape si…"),
    }.get(target.kind, _("Afficher si…"))
    ground = composition.ground(target)
    rule = written_rule(composition.document, target)
    return Rule("" if rule in (None, True) else ground.said(rule), address, title)


RULED = frozenset({QUESTION, SECTION, PAGE, ENTRY, STEP, *CHECKS})
"""Parts that have a rule of their own."""


GROUPS = {TEXTS: ("naming", "words"), ACCESS: ("access", "dates"), FORM: ("naming",)}
"""What the panel of the whole démarche shows on each screen."""


def groups_of(target: Target, tab: str) -> tuple[str, ...]:
    """The groups of settings that the panel of a part shows on a screen, () for them all."""
    return GROUPS.get(tab, ()) if target.kind == PROCEDURE else ()


def panel_context(
    composition: Composition,
    target: Target,
    *,
    groups: Collection[str] = (),
    raw: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What the panel's templates are given."""
    readers = composition.readings.get(target.id, ()) if target.kind == QUESTION else ()
    slug = composition.procedure.slug
    return {
        "procedure": composition.procedure,
        "target": target,
        "head": head_of(composition, target),
        "panel": panel_of(
            composition.document,
            target,
            groups=groups,
            types=composition.facts[TYPE],
            raw=raw,
            errors=errors,
        ),
        "rule": rule_of(composition, target),
        "formula": formula_of(composition, target),
        "own_checks": _row_checks(composition, target),
        "readers": [(each.title, address_of(slug, each.target), str(each.target)) for each in readers],
        "movable": target.kind != PROCEDURE and target.kind != ROLE,
        "copyable": target.kind in (QUESTION, SECTION),
        "deletable": target.kind != PROCEDURE,
        "convertible": target.kind == QUESTION,
        "revision": composition.procedure.draft_revision,
        "act_url": reverse("builder_act", args=[slug]),
    }


def _row_checks(composition: Composition, target: Target) -> list[tuple[str, str]] | None:
    """The checks of a group's rows with where each is set, None for what has no rows."""
    if target.kind != QUESTION:
        return None
    part = Edit(composition.document).get(path_to(composition.document, target), {})
    if not is_group(part):
        return None
    slug = composition.procedure.slug
    return [
        (str(check["message"]), address_of(slug, Target(ROW_CHECK, f"{target.id}.{check['id']}")))
        for check in own(part).get("checks", ())
    ]


def formula_of(composition: Composition, target: Target) -> Rule | None:
    """The formula of a question or a cell, where its type gives a value that may be computed."""
    if target.kind not in (QUESTION, COLUMN, LINE):
        return None
    rule = written_rule(composition.document, target, "compute")
    part = Edit(composition.document).get(path_to(composition.document, target), {})
    if rule is None and slug_of(part) not in COMPUTED:
        return None
    address = reverse("builder_formula", args=[composition.procedure.slug, target.kind, target.id])
    text = "" if rule is None else composition.ground(target).said(rule)
    return Rule(text, address, _("Valeur calculée"))


COMPUTED = frozenset({"integer", "decimal", "money", "percentage", "text", "date", "yes_no"})
"""Types for which a formula is offered."""

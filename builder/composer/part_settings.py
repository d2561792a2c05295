"""The settings of whatever is no question: section, page, step, role, entry rule, the whole démarche."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from builder.acts import ABSENT, Target
from builder.acts.documents import (
    CELLS,
    CHECKS,
    PAGE,
    PROCEDURE,
    QUESTION,
    ROLE,
    SECTION,
    SHEET,
    STEP,
    WORKBOOK,
    path_to,
    phase_path,
)
from builder.acts.patches import Edit
from builder.acts.places import Path
from builder.composer.labels import COMMON
from builder.composer.question_settings import of_question
from builder.composer.settings import (
    BOX,
    LINE,
    Setting,
    Unwritable,
    asked,
    line,
    one_of,
    several,
    shown_facts,
    text,
)
from builder.composer.workbook_settings import of_cell, of_check, of_sheet, of_workbook
from builder.organisation_types import with_unknown


def settings_of(
    document: Any,
    target: Target,
    *,
    groups: Collection[str] = (),
    types: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Setting, ...]:
    """Every setting of a part that the panel offers, only those of some `groups` where they are told.

    `types` are the types of the portal's organisations, label by code. Raises Impossible when the part
    is gone.
    """
    part = Edit(document).get(path_to(document, target), document)
    makers: dict[str, Callable[[], Iterator[Setting]]] = {
        QUESTION: lambda: of_question(document, target, part),
        SECTION: lambda: of_section(document, part),
        PAGE: lambda: of_page(part),
        STEP: lambda: of_step(document, part),
        ROLE: lambda: of_role(part),
        PROCEDURE: lambda: of_procedure(document, groups, types),
        WORKBOOK: lambda: of_workbook(part),
        SHEET: lambda: of_sheet(part),
    }
    makers |= dict.fromkeys(CELLS, lambda: of_cell(document, target, part))
    makers |= dict.fromkeys(CHECKS, lambda: of_check(document, target, part))
    maker = makers.get(target.kind)
    said = line("title", ("message",), part.get("message"), _("Ce qui est dit sinon"), group="naming")
    found = tuple(maker()) if maker else (said,)
    return tuple(each for each in found if not groups or each.group in groups)


def of_section(document: Any, part: Mapping[str, Any]) -> Iterator[Setting]:
    yield line("title", ("title",), part.get("title"), COMMON["title"], group="naming")
    yield text("intro", ("intro",), part.get("intro"), COMMON["intro"], group="naming")
    yield shown_facts(part)
    hint = _("La personne qu’elle nomme est rappelée parmi les contacts, à côté du formulaire.")
    contact = asked(BOX, _("C’est un contact du dossier"), help=hint)
    held = part.get("id") in Edit(document).get((*phase_path(document), "contacts"), ())
    yield Setting("contact", ("contact",), contact, "facts", held, bool)


def of_page(part: Mapping[str, Any]) -> Iterator[Setting]:
    yield line("title", ("title",), part.get("title"), COMMON["title"], group="naming")
    yield text("intro", ("intro",), part.get("intro"), COMMON["intro"], group="naming")


def of_step(document: Any, part: Mapping[str, Any]) -> Iterator[Setting]:
    yield line("title", ("title",), part.get("title"), COMMON["title"], group="naming")
    roles = [
        {"const": key, "title": str(role.get("title", key))}
        for key, role in document.get("roles", {}).items()
    ]
    schema_asked = asked(
        {"type": "string", "oneOf": roles, "x-field": {"as": "select"}}, _("Rôle"), required=True
    )
    yield Setting("role", ("role",), schema_asked, "who", part.get("role"))
    decisions = several(
        ("accept", "request_changes", "refuse", "dismiss"), _("Décisions possibles"), needed=True
    )
    given = part.get("decisions", ["accept", "request_changes", "refuse"])
    yield Setting("decisions", ("decisions",), decisions, "decisions", given)
    days = asked({"type": "integer", "minimum": 1, "maximum": 1000}, _("Délai, en jours ouvrés"))
    yield Setting(
        "days", ("within", "working_days"), days, "delay", part.get("within", {}).get("working_days")
    )


def of_role(part: Mapping[str, Any]) -> Iterator[Setting]:
    yield line("title", ("title",), part.get("title"), COMMON["title"], group="naming")
    scopes = {
        "organisation.region": _("Une région"),
        "organisation.type": _("Un type d’organisme"),
        "organisation.id": _("Un organisme"),
    }
    listed = [{"const": scope, "title": title} for scope, title in scopes.items()]
    hint = _("Chacun ne voit que les dossiers de ce qui lui est confié dans Équipes ; sans périmètre, tous.")
    schema = {"type": "string", "oneOf": listed, "x-field": {"as": "select"}}
    yield Setting("scope", ("scope",), asked(schema, _("Périmètre"), help=hint), "who", part.get("scope"))


def of_procedure(document: Any, groups: Collection[str], types: Mapping[str, str]) -> Iterator[Setting]:
    phase, words = phase_path(document), document.get("words", {})
    written = document["phases"][0]
    yield line("title", ("title",), document.get("title"), _("Titre de la démarche"), group="naming")
    yield text("summary", ("summary",), document.get("summary"), _("Résumé, dans les listes"), group="naming")
    yield text(
        "description",
        ("description",),
        document.get("description"),
        _("Présentation, sur sa page"),
        group="naming",
    )
    yield line(
        "phase_title", (*phase, "title"), written.get("title"), _("Titre du formulaire"), group="naming"
    )
    for key, title in (
        ("dossier", _("Un dossier s’appelle")),
        ("dossier_plural", _("Au pluriel")),
        ("submit", _("Bouton de transmission")),
    ):
        schema = asked({**LINE, "maxLength": 40 if key != "submit" else 500}, title)
        yield Setting(f"word_{key}", ("words", key), schema, "words", words.get(key))
    yield Setting(
        "dossier_gender",
        ("words", "dossier_gender"),
        one_of("mf", _("Genre")),
        "words",
        words.get("dossier_gender"),
    )
    # The portal is asked for its types only where they are shown.
    if not groups or "access" in groups:
        yield from _access(document.get("applicants", {}), types)
    yield from _opening(document, phase)


def _access(applicants: Mapping[str, Any], types: Mapping[str, str]) -> Iterator[Setting]:
    kinds = several(("person", "organisation", "on_behalf"), _("Qui peut déposer"))
    yield Setting(
        "kinds", ("applicants", "kinds"), kinds, "access", applicants.get("kinds", ["person", "organisation"])
    )
    yield from _admitted(applicants.get("organisation_types", []), types)
    account = one_of(("required", "optional"), _("Compte"))
    yield Setting(
        "account", ("applicants", "account"), account, "access", applicants.get("account", "required")
    )
    team = one_of(("assignee_only", "colleagues_read"), _("Collègues"))
    yield Setting("team", ("applicants", "team"), team, "access", applicants.get("team", "assignee_only"))


def _admitted(held: Sequence[str], types: Mapping[str, str]) -> Iterator[Setting]:
    """Which types of organisation may file; nothing to choose where none is known or written."""
    listed = [{"const": code, "title": label} for code, label in with_unknown(types, held).items()]
    if not listed:
        return
    hint = _("N’en cochez aucun pour les admettre tous.")
    boxes = {"type": "array", "items": {"type": "string", "oneOf": listed}}
    schema = asked(boxes, _("Types d’organisme admis"), help=hint)

    def write(ticked: Any) -> Any:
        kept = [code for code in held if code in (ticked or ())]
        return [*kept, *(code for code in ticked or () if code not in held)] or ABSENT

    path = ("applicants", "organisation_types")
    yield Setting("organisation_types", path, schema, "access", list(held), write)


def _opening(document: Any, phase: Path) -> Iterator[Setting]:
    opening = document.get("opening", {})
    limit = document["phases"][0].get("first_deposit_by")
    for name, path, value, title in (
        ("opens", ("opening", "opens"), opening.get("opens"), _("Ouverture proposée")),
        ("first_deposit_by", (*phase, "first_deposit_by"), limit, _("Premier dépôt avant")),
        ("closes", ("opening", "closes"), opening.get("closes"), _("Fermeture proposée")),
    ):
        schema_asked = asked(LINE, title, help=_("Par exemple 31/03/2027 23:59, heure de Paris."))
        yield Setting(name, path, schema_asked, "dates", _minute(value), _written_minute)
    most = asked(
        {"type": "integer", "minimum": 1, "maximum": 1000},
        _("Dossiers par demandeur"),
        help=_("Au plus ; laissez vide pour ne pas les limiter."),
    )
    yield Setting("per_applicant", ("opening", "per_applicant"), most, "dates", opening.get("per_applicant"))


def _minute(value: Any) -> str | None:
    try:
        return datetime.strptime(str(value), "%Y-%m-%dT%H:%M").strftime("%d/%m/%Y %H:%M")
    except ValueError:
        return None


def _written_minute(value: Any) -> Any:
    if not value:
        return ABSENT
    text = re.sub(r"\s*(?:à|,)?\s*(\d{1,2})\s*[h:]\s*(\d{2})$", r" \1:\2", str(value).strip())
    try:
        return datetime.strptime(text, "%d/%m/%Y %H:%M").strftime("%Y-%m-%dT%H:%M")
    except ValueError as error:
        raise Unwritable(_("Écrivez une date et une heure, par exemple 31/03/2027 23:59.")) from error

"""The settings of a part of a definition, each as a question that the panel asks."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from builder.acts import ABSENT
from builder.acts.documents import PAGE, PROCEDURE, QUESTION, ROLE, SECTION, STEP, Target, path_to, phase_path
from builder.acts.kinds import slug_of
from builder.acts.patches import Edit
from builder.acts.places import Path
from builder.acts.requirement import is_conditional, is_required
from builder.acts.settings import choices_of
from builder.composer.labels import COMMON, label_of, value_label
from builder.composer.palette import field_name
from formdefs import questions as language
from formdefs.fields.base import FieldType
from formdefs.registry import TYPES

BOX = {"type": "boolean", "x-field": {"type": "certification"}}
LINE = {"type": "string", "maxLength": 500, "x-field": {"type": "text"}}
TEXT = {"type": "string", "x-field": {"type": "long_text"}}
COUNT = {"type": "integer", "minimum": 0}
LONGEST_LINE = 300
SOURCES = (
    *("organisation.name", "organisation.siret", "organisation.finess"),
    *("applicant.first_name", "applicant.last_name", "applicant.email"),
)
SHOWN = (
    *("organisation.name", "organisation.type", "organisation.region", "organisation.finess"),
    *("organisation.siret", "applicant.first_name", "applicant.last_name", "applicant.email"),
)
COMMON_OPTIONS: Mapping[str, Any] = getattr(language, "COMMON_OPTIONS", None) or language._COMMON_OPTIONS


class Unwritable(Exception):
    """What was typed cannot be written in the definition, with its French sentence."""


def as_it_is(value: Any) -> Any:
    """Nothing typed takes the property out."""
    return ABSENT if value in (None, "", []) else value


def box(value: Any) -> Any:
    """A box that is not ticked takes the property out."""
    return True if value else ABSENT


@dataclass(frozen=True)
class Setting:
    """A property of a part: its place below it, the question that asks it, its value, how it is written."""

    name: str
    path: Path
    schema: Mapping[str, Any]
    group: str
    value: Any
    write: Callable[[Any], Any] = as_it_is

    @property
    def label(self) -> str:
        """What it is called."""
        return str(self.schema["title"])


def settings_of(document: Any, target: Target) -> tuple[Setting, ...]:
    """Every setting of a part that the panel offers. Raises Impossible when the part is gone."""
    part = Edit(document).get(path_to(document, target), document)
    makers: Mapping[str, Callable[[], Iterator[Setting]]] = {
        QUESTION: lambda: _of_question(document, target, part),
        SECTION: lambda: _of_section(part),
        PAGE: lambda: _of_page(part),
        STEP: lambda: _of_step(document, part),
        ROLE: lambda: _of_role(part),
        PROCEDURE: lambda: _of_procedure(document),
    }
    maker = makers.get(target.kind)
    return (
        tuple(maker())
        if maker
        else (_line("title", ("message",), part.get("message"), _("Ce qui est dit sinon"), group="naming"),)
    )


def _asked(schema: Mapping[str, Any], title: Any, **own: Any) -> dict[str, Any]:
    """A question of the panel."""
    fields = {**schema.get("x-field", {}), **{key: value for key, value in own.items() if value}}
    given = {"title": str(title), **{key: value for key, value in schema.items() if key != "x-field"}}
    return given | ({"x-field": fields} if fields else {})


def _line(
    name: str, path: Path, value: Any, title: Any, *, group: str = "question", needed: bool = True
) -> Setting:
    return Setting(name, path, _asked(LINE, title, required=needed), group, value)


def _text(name: str, path: Path, value: Any, title: Any, *, group: str = "question") -> Setting:
    return Setting(name, path, _asked(TEXT, title), group, value)


def _choice(values: Any, title: Any, *, needed: bool = False, help_text: str = "") -> dict[str, Any]:
    listed = [{"const": str(value), "title": value_label(value)} for value in values]
    return _asked(
        {"type": "string", "oneOf": listed, "x-field": {"as": "select"}},
        title,
        required=needed,
        help=help_text,
    )


def _several(values: Any, title: Any, *, needed: bool = False) -> dict[str, Any]:
    listed = [{"const": str(value), "title": value_label(value)} for value in values]
    return _asked({"type": "array", "items": {"type": "string", "oneOf": listed}}, title, required=needed)


def _of_question(document: Any, target: Target, part: Mapping[str, Any]) -> Iterator[Setting]:
    own, kind = part.get("x-field", {}), TYPES[slug_of(part)]
    yield _line("title", ("title",), part.get("title"), COMMON["title"])
    yield _text("help", ("x-field", "help"), own.get("help", part.get("description")), COMMON["help"])
    yield from _choices(part)
    title = COMMON["required"] if is_conditional(document, target.id) else _("Obligatoire")
    yield Setting(
        "required", ("required",), _asked(BOX, title), "answer", is_required(document, target.id), bool
    )
    yield from _keywords(kind, part)
    yield from _options(kind, own)
    yield from _commons(own)


def _choices(part: Mapping[str, Any]) -> Iterator[Setting]:
    for listing in (part, part.get("items"), part.get("additionalProperties")):
        if isinstance(listing, Mapping) and {"oneOf", "enum"} & listing.keys():
            titles = [str(each.get("title", each["const"])) for each in choices_of(listing)]
            schema = _asked({**TEXT, "x-field": {**TEXT["x-field"], "required": True}}, COMMON["choices"])  # type: ignore[dict-item]
            yield Setting("choices", ("choices",), schema, "question", "\n".join(titles), _lines)


def _lines(value: Any) -> list[str]:
    found = list(dict.fromkeys(line.strip() for line in str(value or "").splitlines() if line.strip()))
    if not found:
        raise Unwritable(_("Écrivez au moins une réponse possible."))
    return found


def _keywords(kind: FieldType, part: Mapping[str, Any]) -> Iterator[Setting]:
    whole = "money" if kind.slug == "money" else "integer"
    for key in ("minLength", "maxLength", "minItems", "maxItems", "pattern"):
        if key in kind.keywords:
            schema = LINE if key == "pattern" else COUNT
            yield Setting(
                field_name("k", key), (key,), _asked(schema, label_of(key)), "answer", part.get(key)
            )
    for key in ("minimum", "maximum"):
        if key in kind.keywords:
            schema = {"type": "integer", "x-field": {"type": whole}}
            yield Setting(
                field_name("k", key), (key,), _asked(schema, label_of(key)), "answer", part.get(key)
            )


def _options(kind: FieldType, own: Mapping[str, Any]) -> Iterator[Setting]:
    for key, option in kind.options_schema.get("properties", {}).items():
        schema = _schema_of(
            option, str(option.get("title") or label_of(key)), str(option.get("description", ""))
        )
        if schema is None:
            continue
        value = own.get(key, option.get("default", kind.presets.get(key)))
        write = box if option.get("type") == "boolean" else as_it_is
        value = list(value) if isinstance(value, tuple) else value
        yield Setting(field_name("o", key), ("x-field", key), schema, "answer", value, write)


def _schema_of(option: Mapping[str, Any], title: str, described: str) -> dict[str, Any] | None:
    """The question that asks an option, None for one that only the expert tab writes."""
    kind = option.get("type")
    if "enum" in option and all(isinstance(value, str) for value in option["enum"]):
        return _choice(option["enum"], title, help_text=described)
    if isinstance(option.get("oneOf"), list) and all("const" in each for each in option["oneOf"]):
        return _asked(
            {"type": "string", "oneOf": option["oneOf"], "x-field": {"as": "select"}}, title, help=described
        )
    if kind == "boolean":
        return _asked(BOX, title, help=described)
    if kind == "integer":
        bounds = {key: option[key] for key in ("minimum", "maximum") if key in option}
        return _asked({"type": "integer", **bounds}, title, help=described)
    if kind == "string":
        bounds = {
            key: option[key] for key in ("minLength", "maxLength") if key in option and option[key] <= 1000
        }
        short = option.get("maxLength", 0) <= LONGEST_LINE
        kind = {"x-field": {"type": "text"}} if short else {"x-field": {"type": "long_text"}}
        return _asked({"type": "string", **bounds, **kind}, title, help=described)
    items = option.get("items")
    if kind == "array" and isinstance(items, Mapping) and "enum" in items:
        return _several(items["enum"], title)
    if kind == "array" and isinstance(items, Mapping) and "oneOf" in items:
        listed = {"type": "array", "items": {"type": "string", "oneOf": items["oneOf"]}}
        return _asked(listed, title, help=described)
    return None


def _commons(own: Mapping[str, Any]) -> Iterator[Setting]:
    value = own.get("prefill")
    told = [*SOURCES, value] if isinstance(value, str) and value not in SOURCES else SOURCES
    yield Setting("prefill", ("x-field", "prefill"), _choice(told, COMMON["prefill"]), "prefill", value)
    hint = _("Par exemple « email », « organization » ; laissez vide sinon.")
    autocomplete = _asked(LINE, COMMON["autocomplete"], help=hint)
    yield Setting(
        "autocomplete", ("x-field", "autocomplete"), autocomplete, "prefill", own.get("autocomplete")
    )
    personal = _schema_of(COMMON_OPTIONS["personal"], str(COMMON["personal"]), "") or dict(LINE)
    yield Setting("personal", ("x-field", "personal"), personal, "personal", own.get("personal"))
    for key in ("internal", "confidential"):
        yield Setting(key, ("x-field", key), _asked(BOX, COMMON[key]), "review", own.get(key), box)


def _of_section(part: Mapping[str, Any]) -> Iterator[Setting]:
    yield _line("title", ("title",), part.get("title"), COMMON["title"], group="naming")
    yield _text("intro", ("intro",), part.get("intro"), COMMON["intro"], group="naming")
    shown = part.get("show", [])
    kept = {each["value"]: each["title"] for each in shown if isinstance(each, Mapping)}

    def write(values: Any) -> Any:
        return [
            {"value": each, "title": kept.get(each, value_label(each))} for each in values or ()
        ] or ABSENT

    yield Setting(
        "show", ("show",), _several(SHOWN, _("Rappelle, sans les demander")), "facts", list(kept), write
    )


def _of_page(part: Mapping[str, Any]) -> Iterator[Setting]:
    yield _line("title", ("title",), part.get("title"), COMMON["title"], group="naming")
    yield _text("intro", ("intro",), part.get("intro"), COMMON["intro"], group="naming")


def _of_step(document: Any, part: Mapping[str, Any]) -> Iterator[Setting]:
    yield _line("title", ("title",), part.get("title"), COMMON["title"], group="naming")
    roles = [
        {"const": key, "title": str(role.get("title", key))}
        for key, role in document.get("roles", {}).items()
    ]
    asked = _asked({"type": "string", "oneOf": roles, "x-field": {"as": "select"}}, _("Rôle"), required=True)
    yield Setting("role", ("role",), asked, "who", part.get("role"))
    decisions = _several(
        ("accept", "request_changes", "refuse", "dismiss"), _("Décisions possibles"), needed=True
    )
    given = part.get("decisions", ["accept", "request_changes", "refuse"])
    yield Setting("decisions", ("decisions",), decisions, "decisions", given)
    days = _asked({"type": "integer", "minimum": 1, "maximum": 1000}, _("Délai, en jours ouvrés"))
    yield Setting(
        "days", ("within", "working_days"), days, "delay", part.get("within", {}).get("working_days")
    )


def _of_role(part: Mapping[str, Any]) -> Iterator[Setting]:
    yield _line("title", ("title",), part.get("title"), COMMON["title"], group="naming")
    scopes = _choice(("organisation.region", "organisation.type", "organisation.id"), _("Périmètre"))
    yield Setting("scope", ("scope",), scopes, "who", part.get("scope"))


def _of_procedure(document: Any) -> Iterator[Setting]:
    phase, words = phase_path(document), document.get("words", {})
    written = document["phases"][0]
    yield _line("title", ("title",), document.get("title"), _("Titre de la démarche"), group="naming")
    yield _text(
        "summary", ("summary",), document.get("summary"), _("Résumé, dans les listes"), group="naming"
    )
    yield _text(
        "description",
        ("description",),
        document.get("description"),
        _("Présentation, sur sa page"),
        group="naming",
    )
    yield _line(
        "phase_title", (*phase, "title"), written.get("title"), _("Titre du formulaire"), group="naming"
    )
    for key, title in (
        ("dossier", _("Un dossier s’appelle")),
        ("dossier_plural", _("Au pluriel")),
        ("submit", _("Bouton de transmission")),
    ):
        schema = _asked({**LINE, "maxLength": 40 if key != "submit" else 500}, title)
        yield Setting(f"word_{key}", ("words", key), schema, "words", words.get(key))
    yield Setting(
        "dossier_gender",
        ("words", "dossier_gender"),
        _choice("mf", _("Genre")),
        "words",
        words.get("dossier_gender"),
    )
    yield from _opening(document, phase)


def _opening(document: Any, phase: Path) -> Iterator[Setting]:
    applicants, opening = document.get("applicants", {}), document.get("opening", {})
    kinds = _several(("person", "organisation", "on_behalf"), _("Qui peut déposer"))
    yield Setting(
        "kinds", ("applicants", "kinds"), kinds, "access", applicants.get("kinds", ["person", "organisation"])
    )
    hint = _("Un par ligne, par exemple « ght ». Laissez vide pour les admettre tous.")
    types = _asked(TEXT, _("Types d’organisme admis"), help=hint)
    listed = "\n".join(applicants.get("organisation_types", []))
    yield Setting("organisation_types", ("applicants", "organisation_types"), types, "access", listed, _slugs)
    account = _choice(("required", "optional"), _("Compte"))
    yield Setting(
        "account", ("applicants", "account"), account, "access", applicants.get("account", "required")
    )
    team = _choice(("assignee_only", "colleagues_read"), _("Collègues"))
    yield Setting("team", ("applicants", "team"), team, "access", applicants.get("team", "assignee_only"))
    limit = document["phases"][0].get("first_deposit_by")
    for name, path, value, title in (
        ("opens", ("opening", "opens"), opening.get("opens"), _("Ouverture proposée")),
        ("first_deposit_by", (*phase, "first_deposit_by"), limit, _("Premier dépôt avant")),
        ("closes", ("opening", "closes"), opening.get("closes"), _("Fermeture proposée")),
    ):
        asked = _asked(LINE, title, help=_("Par exemple 31/03/2027 23:59, heure de Paris."))
        yield Setting(name, path, asked, "dates", _minute(value), _written_minute)
    most = _asked({"type": "integer", "minimum": 1, "maximum": 1000}, _("Dossiers par demandeur"))
    yield Setting("per_applicant", ("opening", "per_applicant"), most, "dates", opening.get("per_applicant"))


def _slugs(value: Any) -> Any:
    return [line.strip() for line in str(value or "").splitlines() if line.strip()] or ABSENT


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

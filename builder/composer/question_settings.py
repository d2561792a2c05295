"""The settings of a question: its title, its answers, its type’s own, those of every type."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from builder.acts import Target
from builder.acts.kinds import WORKBOOK, slug_of
from builder.acts.requirement import is_conditional, is_required
from builder.acts.settings import choices_of
from builder.composer.date_settings import FORMS, bound_setting
from builder.composer.labels import COMMON, ITEMS, label_of
from builder.composer.palette import field_name
from builder.composer.prefill_settings import prefill_settings
from builder.composer.settings import (
    BOX,
    COUNT,
    LINE,
    TEXT,
    Setting,
    Unwritable,
    as_it_is,
    asked,
    box,
    line,
    schema_of,
    text,
)
from formdefs.fields.base import FieldType
from formdefs.options import COMMON_OPTIONS
from formdefs.registry import TYPES


def of_question(document: Any, target: Target, part: Mapping[str, Any]) -> Iterator[Setting]:
    own, kind = part.get("x-field", {}), TYPES[slug_of(part)]
    yield line("title", ("title",), part.get("title"), COMMON["title"])
    yield text("help", ("x-field", "help"), own.get("help", part.get("description")), COMMON["help"])
    yield from choices(part)
    title = COMMON["required"] if is_conditional(document, target.id) else _("Obligatoire")
    yield Setting(
        "required", ("required",), asked(BOX, title), "answer", is_required(document, target.id), bool
    )
    yield from keywords(kind, part)
    if kind.slug == WORKBOOK:
        yield _workbook(document, own)
    yield from options(kind, own)
    yield from prefill_settings(document, target, own.get("prefill"))
    yield from _commons(own)


def _workbook(document: Any, own: Mapping[str, Any]) -> Setting:
    """Which of the démarche’s workbooks a question asks for."""
    listed = [{"const": each["id"], "title": str(each["title"])} for each in document.get("documents", ())]
    schema = {"type": "string", "oneOf": listed, "x-field": {"as": "select"}}
    asked_for = asked(schema, label_of(WORKBOOK), required=True)
    return Setting("workbook", ("x-field", "workbook"), asked_for, "question", own.get("workbook"))


def choices(part: Mapping[str, Any]) -> Iterator[Setting]:
    """The answers that a question offers."""
    for listing in (part, part.get("items"), part.get("additionalProperties")):
        if isinstance(listing, Mapping) and choices_of(listing):
            titles = [str(each.get("title", each["const"])) for each in choices_of(listing)]
            schema = asked({**TEXT, "x-field": {**TEXT["x-field"], "required": True}}, COMMON["choices"])  # type: ignore[dict-item]
            yield Setting("choices", ("choices",), schema, "question", "\n".join(titles), _lines)


def _lines(value: Any) -> list[str]:
    found = list(dict.fromkeys(line.strip() for line in str(value or "").splitlines() if line.strip()))
    if not found:
        raise Unwritable(_("Écrivez au moins une réponse possible."))
    return found


def keywords(kind: FieldType, part: Mapping[str, Any]) -> Iterator[Setting]:
    """The bounds that a type knows, in the unit that one answers in."""
    for key in ("minLength", "maxLength", "minItems", "maxItems", "pattern"):
        if key in kind.keywords:
            schema = asked(LINE if key == "pattern" else COUNT, ITEMS.get((kind.slug, key)) or label_of(key))
            yield Setting(field_name("k", key), (key,), schema, "answer", part.get(key))
    for key in ("minimum", "maximum"):
        if key in kind.keywords:
            schema = {"type": "integer", "x-field": _unit(kind, part)}
            yield Setting(field_name("k", key), (key,), asked(schema, label_of(key)), "answer", part.get(key))


def _unit(kind: FieldType, part: Mapping[str, Any]) -> dict[str, Any]:
    """The type that asks a number as the question does: an amount, or with as many decimals."""
    if kind.slug == "money":
        return {"type": "money"}
    places = part.get("x-field", {}).get("places", kind.presets.get("places", 0))
    return {"type": "decimal", "places": places} if places else {"type": "integer"}


def options(kind: FieldType, own: Mapping[str, Any]) -> Iterator[Setting]:
    """What a type alone may be told."""
    for key, option in kind.options_schema.get("properties", {}).items():
        schema = schema_of(
            option, str(option.get("title") or label_of(key)), str(option.get("description", ""))
        )
        if key in ("min", "max") and kind.slug in FORMS:
            yield bound_setting(kind.slug, key, str(option["title"]), own.get(key))
            continue
        if schema is None or key == WORKBOOK:
            continue
        value = own.get(key, option.get("default", kind.presets.get(key)))
        write = box if option.get("type") == "boolean" else as_it_is
        value = list(value) if isinstance(value, tuple) else value
        yield Setting(field_name("o", key), ("x-field", key), schema, "answer", value, write)


def _commons(own: Mapping[str, Any]) -> Iterator[Setting]:
    hint = _("Par exemple « email », « organization » ; laissez vide sinon.")
    autocomplete = asked(LINE, COMMON["autocomplete"], help=hint)
    yield Setting(
        "autocomplete", ("x-field", "autocomplete"), autocomplete, "prefill", own.get("autocomplete")
    )
    personal = schema_of(COMMON_OPTIONS["personal"], str(COMMON["personal"]), "") or dict(LINE)
    yield Setting("personal", ("x-field", "personal"), personal, "personal", own.get("personal"))
    for key in ("internal", "confidential"):
        yield Setting(key, ("x-field", key), asked(BOX, COMMON[key]), "review", own.get(key), box)

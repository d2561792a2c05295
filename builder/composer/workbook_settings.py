"""The settings of a workbook, of its sheets, of their columns and lines, and of a check."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from builder.acts import Target
from builder.acts.checks import check_places
from builder.acts.documents import COLUMN
from builder.acts.given_rows import ENTITIES, GIVEN, given_of, rows_of
from builder.acts.kinds import slug_of
from builder.acts.workbooks import (
    LONGEST_SHEET,
    SUMMED,
    TAKING,
    cell_kinds,
    is_required,
    total_of,
    total_title,
)
from builder.composer.labels import COMMON
from builder.composer.question_settings import choices, keywords, options
from builder.composer.settings import BOX, LINE, Setting, asked, box, line, shown_facts, text
from formdefs.registry import TYPES


def of_workbook(part: Mapping[str, Any]) -> Iterator[Setting]:
    yield line("title", ("title",), part.get("title"), COMMON["title"], group="naming")
    hint = _("Le mode d’emploi, en haut de chaque feuille qui a une introduction.")
    schema = asked({"type": "string", "x-field": {"type": "long_text"}}, COMMON["intro"], help=hint)
    yield Setting("intro", ("intro",), schema, "naming", part.get("intro"))


def of_sheet(part: Mapping[str, Any]) -> Iterator[Setting]:
    schema = asked({**LINE, "maxLength": LONGEST_SHEET}, _("Titre de l’onglet"), required=True)
    yield Setting("title", ("title",), schema, "naming", part.get("title"))
    yield line(
        "heading", ("heading",), part.get("heading"), _("En-tête de la feuille"), group="naming", needed=False
    )
    yield text("intro", ("intro",), part.get("intro"), COMMON["intro"], group="naming")
    signed = asked(BOX, _("À imprimer seule et à signer"))
    yield Setting("signed", ("signed",), signed, "naming", part.get("signed"), box)
    if "table" in part:
        yield from _rows(part["table"])
    yield shown_facts(part)


def _rows(table: Mapping[str, Any]) -> Iterator[Setting]:
    sources = [{"const": ENTITIES, "title": _("Une par établissement rattaché à l’organisme")}]
    listed = {"type": "string", "oneOf": sources, "x-field": {"as": "select"}}
    hint = _("Sinon, le demandeur ajoute les siennes. Chaque colonne dit ce qu’elle reçoit.")
    given = asked(listed, _("Lignes données"), help=hint)
    yield Setting("each", ("table", "each"), given, "rows", table.get("each"))
    row = asked({**LINE, "maxLength": 40}, _("Une ligne s’appelle"))
    yield Setting("row_title", ("table", "row_title"), row, "rows", table.get("row_title"))
    for key, least, title in (("least", 0, _("Lignes au moins")), ("most", 1, _("Lignes au plus"))):
        schema = asked({"type": "integer", "minimum": least, "maximum": 5000}, title)
        yield Setting(key, ("table", key), schema, "rows", table.get(key))


def of_cell(document: Any, target: Target, part: Mapping[str, Any]) -> Iterator[Setting]:
    own, kind = part.get("x-field", {}), TYPES[slug_of(part)]
    yield line("title", ("title",), part.get("title"), COMMON["title"])
    fitting = [{"const": slug, "title": _(TYPES[slug].title)} for slug in cell_kinds()]
    listed = {"type": "string", "oneOf": fitting, "x-field": {"as": "select"}}
    yield Setting("kind", ("kind",), asked(listed, _("Type"), required=True), "question", kind.slug)
    yield from choices(part)
    if target.kind == COLUMN and "compute" not in own and kind.slug in TAKING and rows_of(document, target):
        yield _given(document, target)
    if "compute" not in own and not (target.kind == COLUMN and given_of(document, target)):
        must = asked(BOX, _("Obligatoire"))
        yield Setting("required", ("required",), must, "answer", is_required(document, target), bool)
    if target.kind == COLUMN and kind.slug in SUMMED:
        schema = asked(BOX, _("Somme en bas de colonne"))
        yield Setting("total", ("total",), schema, "total", bool(total_of(document, target)), bool)
        if total_of(document, target):
            hint = _("Sans titre : « Total », puis celui de la colonne.")
            named = asked(LINE, _("Titre de la somme"), help=hint)
            yield Setting("total_title", ("total_title",), named, "total", total_title(document, target))
    yield from keywords(kind, part)
    yield from options(kind, own)


def _given(document: Any, target: Target) -> Setting:
    """What each attached entity gives to a column."""
    said = {"name": _("Son nom"), "finess": _("Son numéro FINESS"), "id": _("Son identifiant")}
    listed = [{"const": key, "title": said[key]} for key in GIVEN]
    schema = {"type": "string", "oneOf": listed, "x-field": {"as": "select"}}
    hint = _("La colonne est alors remplie et verrouillée dans le fichier.")
    given = asked(schema, _("Reçoit de chaque établissement"), help=hint)
    return Setting("given", ("given",), given, "answer", given_of(document, target) or None)


def of_check(document: Any, target: Target, part: Mapping[str, Any]) -> Iterator[Setting]:
    yield line("message", ("message",), part.get("message"), _("Ce qui est dit sinon"), group="naming")
    places = [{"const": name, "title": title} for name, title in check_places(document, target)]
    listed = {"type": "string", "oneOf": places, "x-field": {"as": "select"}}
    yield Setting("said_at", ("at",), asked(listed, _("Dit à"), required=True), "where", part.get("at"))

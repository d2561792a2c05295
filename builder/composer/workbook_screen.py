"""What the screen of the workbooks shows: a sheet as a spreadsheet would, its checks, the other sheets."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from builder.acts import Target
from builder.acts.documents import CELLS, CHECK, SHEET, WORKBOOK, sheet_of, workbook_of
from builder.acts.workbooks import cell_kinds
from builder.composer.addresses import address_of
from builder.composer.composition import Composition
from builder.composer.workbook_grid import grid_of
from formdefs import Context, Sheet, Workbook
from formdefs.definition import Check
from formdefs.registry import TYPES
from runtime.wizard.preview import sample_context
from tenants.accounts.models import User


def shown_workbook(composition: Composition, target: Target) -> Workbook | None:
    """The workbook that a part belongs to; the first where none is chosen."""
    books = composition.definition.workbooks
    return books.get(workbook_of(target).id) or next(iter(books.values()), None)


def workbooks_context(composition: Composition, target: Target) -> dict[str, Any]:
    """What the screen is given."""
    slug, book = composition.procedure.slug, shown_workbook(composition, target)
    books = composition.definition.workbooks.values()
    given: dict[str, Any] = {
        "workbooks": [_book_card(composition, each, book) for each in books],
        "book": book,
    }
    if book is None:
        return given
    sheet = _shown_sheet(book, target)
    return {
        **given,
        "book_target": Target(WORKBOOK, book.id),
        "sheet": sheet,
        "sheet_target": Target(SHEET, f"{book.id}.{sheet.id}"),
        "place": target if target.kind in CELLS else Target(SHEET, f"{book.id}.{sheet.id}"),
        "grid": grid_of(book, sheet, sample_of(composition), target, slug),
        "tabs_of_book": [_sheet_tab(composition, book, each, sheet) for each in book.sheets],
        "checks": _checks(composition, book, target),
        "row_checks": _row_checks(composition, book, sheet, target),
        "cell_kinds": [(slug, _(TYPES[slug].title)) for slug in cell_kinds()],
        "file_url": reverse("builder_workbook_file", args=[slug, book.id]),
        "try_url": reverse("builder_try_workbook", args=[slug, book.id]),
        "columns_url": reverse("builder_paste_columns", args=[slug, f"{book.id}.{sheet.id}"]),
    }


def _book_card(composition: Composition, book: Workbook, shown: Workbook | None) -> dict[str, Any]:
    asking = [
        question.title
        for question in composition.definition.first_phase.questions.values()
        if question.options.get("workbook") == book.id
    ]
    read = ", ".join(f"« {title} »" for title in asking)
    at = Target(WORKBOOK, book.id)
    return {
        "title": book.title,
        "note": _("Demandé par {titles}").format(titles=read)
        if read
        else _("Aucune question ne le demande."),
        "address": address_of(composition.procedure.slug, at),
        "current": shown is not None and shown.id == book.id,
    }


def _shown_sheet(book: Workbook, target: Target) -> Sheet:
    """The sheet that a part belongs to, the first for what belongs to none."""
    wanted = sheet_of(target).id.partition(".")[2] if target.id.partition(".")[0] == book.id else ""
    return next((sheet for sheet in book.sheets if sheet.id == wanted), book.sheets[0])


def _sheet_tab(composition: Composition, book: Workbook, sheet: Sheet, shown: Sheet) -> dict[str, Any]:
    address = address_of(composition.procedure.slug, Target(SHEET, f"{book.id}.{sheet.id}"))
    return {"title": sheet.title, "signed": sheet.signed, "address": address, "current": sheet is shown}


def sample_of(composition: Composition) -> Context:
    """An imaginary applicant, to write and read a workbook with."""
    someone = User(first_name=_("Camille"), last_name=_("Exemple"), email="camille@exemple.fr")
    return sample_context(composition.definition, someone, timezone.now())


def _checks(composition: Composition, book: Workbook, target: Target) -> list[dict[str, Any]]:
    """What is checked of the whole workbook."""
    return [
        _check_card(composition, Target(CHECK, f"{book.id}.{each.id}"), each, target)
        for each in book.form.checks
    ]


def _row_checks(
    composition: Composition, book: Workbook, sheet: Sheet, target: Target
) -> list[dict[str, Any]]:
    """What is checked of each row of a sheet."""
    return [
        _check_card(composition, Target(CHECK, f"{book.id}.{sheet.id}.{each.id}"), each, target)
        for each in (sheet.table.checks if sheet.table else ())
    ]


def _check_card(composition: Composition, at: Target, check: Check, target: Target) -> dict[str, Any]:
    return {
        "title": check.message,
        "lines": (check_said(composition, at, check.that.source),),
        "address": address_of(composition.procedure.slug, at),
        "target": str(at),
        "current": at == target,
    }


def check_said(composition: Composition, at: Target, rule: Any) -> str:
    """What must be true, in French."""
    if rule is True:
        return _("toujours vrai : écrivez sa règle")
    return composition.ground(at).said(rule)

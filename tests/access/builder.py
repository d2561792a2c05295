"""Rows of the screens where démarches are made.

visitor, applicant, colleague, stranger, verifier, wrong verifier, editor, administrator, neighbour.
"""

from typing import Any

from tests.access.personas import Goods, Row


def slug(goods: Goods) -> dict[str, Any]:
    return {"slug": goods.procedure.slug}


def version(goods: Goods) -> dict[str, Any]:
    return {**slug(goods), "number": 1}


def page(goods: Goods) -> dict[str, Any]:
    return {**slug(goods), "page": "formulaire"}


def draft(goods: Goods) -> dict[str, Any]:
    return {"text": goods.procedure.draft_text, "revision": goods.procedure.draft_revision}


def new(goods: Goods) -> dict[str, Any]:
    return {"slug": "nouvelle", "text": goods.procedure.draft_text}


def question(goods: Goods) -> dict[str, Any]:
    return {**slug(goods), "kind": "q", "key": "iban"}


def workbook(goods: Goods) -> dict[str, Any]:
    return {"slug": goods.declaration.procedure.slug, "workbook": "trame-financiere"}


def column(goods: Goods) -> dict[str, Any]:
    return {"slug": goods.declaration.procedure.slug, "kind": "c", "key": "trame-financiere.frais.facture"}


def sheet(goods: Goods) -> dict[str, Any]:
    return {"slug": goods.declaration.procedure.slug, "sheet": "trame-financiere.frais"}


def help_text(goods: Goods) -> dict[str, Any]:
    panel = {"at": "q/iban", "shown": "help", "help": "Sur votre relevé.", "seen": "{}"}
    return {"act": "set", "revision": goods.procedure.draft_revision, **panel}


PAGE = "302 403 403 403 403 403 403 200 403"
ACT = "302 403 403 403 403 403 403 302 403"
TOLD_WHAT_IS_MISSING = "302 403 403 403 403 403 403 422 403"

ROWS = (
    Row("builder_list", "GET", PAGE),
    Row("builder_new", "GET", PAGE),
    Row("builder_new", "POST", ACT, lambda goods: {}, new),
    Row("builder_check", "POST", PAGE, lambda goods: {}, draft),
    Row("builder_sheet", "GET", PAGE, slug),
    Row("builder_composer", "GET", PAGE, slug),
    Row("builder_process", "GET", PAGE, slug),
    Row("builder_workbooks", "GET", PAGE, slug),
    Row("builder_workbook_file", "GET", PAGE, workbook),
    Row("builder_try_workbook", "POST", TOLD_WHAT_IS_MISSING, workbook, lambda goods: {}),
    Row("builder_grid", "GET", PAGE, column),
    Row("builder_paste_columns", "POST", PAGE, sheet, lambda goods: {"list": "Montant HT"}),
    Row("builder_documents", "GET", PAGE, slug),
    Row("builder_texts", "GET", PAGE, slug),
    Row("builder_access", "GET", PAGE, slug),
    Row("builder_part", "GET", PAGE, question),
    Row("builder_act", "POST", ACT, slug, help_text),
    Row("builder_presence", "POST", PAGE, slug, lambda goods: {"at": "q/iban", "revision": 1}),
    Row("builder_paste", "POST", PAGE, slug, lambda goods: {"list": "Nom", "at": "q/iban"}),
    Row("builder_rule", "GET", PAGE, question),
    Row("builder_rule", "POST", ACT, question, lambda goods: {"go": "clear", "revision": 1}),
    Row("builder_formula", "GET", PAGE, question),
    Row("builder_formula", "POST", PAGE, question, lambda goods: {"go": "draw", "formule": "1"}),
    Row("builder_editor", "GET", PAGE, slug),
    Row("builder_editor", "POST", ACT, slug, draft),
    Row("builder_draft_text", "GET", PAGE, slug),
    Row("builder_version_text", "GET", PAGE, version),
    Row("builder_preview", "GET", PAGE, slug),
    Row("builder_frame", "GET", PAGE, page),
    Row("builder_frame", "POST", ACT, page, lambda goods: {"go": "next"}),
    Row("builder_publish", "GET", PAGE, slug),
    # The draft says what the version in force says: there is nothing to publish.
    Row("builder_publish", "POST", TOLD_WHAT_IS_MISSING, slug, draft),
    Row("builder_schedule", "GET", PAGE, slug),
    Row("builder_schedule", "POST", TOLD_WHAT_IS_MISSING, slug, lambda goods: {"reason": ""}),
    Row("builder_teams", "GET", PAGE, slug),
    Row("builder_teams", "POST", TOLD_WHAT_IS_MISSING, slug, lambda goods: {"name": ""}),
)

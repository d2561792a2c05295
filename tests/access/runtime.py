"""Rows of the runtime's addresses.

visitor, applicant, colleague, stranger, verifier, wrong verifier, editor, administrator, neighbour.
What is not somebody's does not exist for them (404), so that a number tells nothing.
"""

from typing import Any

from tests.access.personas import Goods, Row
from tests.fixtures import picture


def slug(goods: Goods) -> dict[str, Any]:
    return {"slug": goods.procedure.slug}


def draft(goods: Goods) -> dict[str, Any]:
    return {"reference": goods.draft.reference}


def ready(goods: Goods) -> dict[str, Any]:
    return {"reference": goods.ready.reference}


def form(goods: Goods) -> dict[str, Any]:
    return {**draft(goods), "step": "formulaire"}


def sent(goods: Goods) -> dict[str, Any]:
    return {"reference": goods.deposited.reference}


def deposit(goods: Goods) -> dict[str, Any]:
    return {**sent(goods), "number": 1}


def attachment(goods: Goods) -> dict[str, Any]:
    return {"dossier": goods.deposited.reference, "reference": goods.attachment.reference}


def workbook(goods: Goods) -> dict[str, Any]:
    return {"reference": goods.declaration.reference, "question": "trame"}


def sheet(goods: Goods) -> dict[str, Any]:
    return {**workbook(goods), "sheet": "synthese"}


def question(goods: Goods) -> dict[str, Any]:
    return {**draft(goods), "name": "dsi_nom"}


def organisation(goods: Goods) -> dict[str, Any]:
    return {"applicant": goods.deposited.organisation.reference}


def answers(goods: Goods) -> dict[str, Any]:
    return {"dsi_nom": "Intrus", "revision": goods.draft.revision, "shown": "dsi_nom", "go": "draft"}


def file(goods: Goods) -> dict[str, Any]:
    return {"question": "rib", "file": picture()}


def begin(goods: Goods) -> dict[str, Any]:
    return {"action": "begin", "seen": goods.deposited.deposits_count}


ROWS = (
    Row("runtime:procedures", "GET", "200"),
    Row("runtime:procedure", "GET", "200", slug),
    Row("runtime:start", "GET", "302 200 200 200 200 200 200 200 200", slug),
    Row("runtime:start", "POST", "302 302 302 422 422 422 422 422 422", slug, organisation),
    Row("runtime:dashboard", "GET", "302 200 200 200 200 200 200 200 200"),
    Row("runtime:dossier", "GET", "302 200 404 404 404 404 404 404 404", draft),
    Row("runtime:dossier", "GET", "302 200 404 404 404 404 404 404 404", sent),
    Row("runtime:form", "GET", "302 200 404 404 404 404 404 404 404", form),
    Row("runtime:form", "POST", "302 302 404 404 404 404 404 404 404", form, answers),
    Row("runtime:recap", "GET", "302 200 404 404 404 404 404 404 404", draft),
    Row("runtime:recap", "POST", "302 302 404 404 404 404 404 404 404", ready),
    Row("runtime:submitted", "GET", "302 200 404 404 404 404 404 404 404", sent),
    Row("runtime:attach", "GET", "302 405 405 405 405 405 405 405 405", draft),
    Row("runtime:attach", "POST", "302 200 404 404 404 404 404 404 404", draft, file),
    Row("runtime:attachment", "GET", "302 200 404 404 200 404 404 404 404", attachment),
    Row("runtime:workbook", "GET", "302 200 404 404 404 404 404 404 404", workbook),
    Row("runtime:sheet_pdf", "GET", "302 200 404 404 404 404 404 404 404", sheet),
    Row("runtime:deposit", "GET", "302 200 404 404 200 404 404 404 404", deposit),
    Row("runtime:deposit_pdf", "GET", "302 200 404 404 200 404 404 404 404", deposit),
    Row("runtime:search_list", "GET", "200", lambda goods: {"name": "communes"}),
    Row("runtime:search_question", "GET", "302 200 404 404 404 404 404 404 404", question),
    Row("runtime:inbox", "GET", "302 403 403 403 200 200 403 403 403"),
    Row("runtime:review", "GET", "302 404 404 404 200 404 404 404 404", sent),
    Row("runtime:review", "GET", "302 404 404 404 404 404 404 404 404", draft),
    Row("runtime:review", "POST", "302 404 404 404 302 404 404 404 404", sent, begin),
)

"""Rows of « À la Une » in the administration.

visitor, applicant, colleague, stranger, verifier, wrong verifier, editor, administrator, neighbour.
"""

from typing import Any

from tests.access.personas import Goods, Row


def highlight(goods: Goods) -> dict[str, Any]:
    return {"pk": goods.highlight.pk}


def slug(goods: Goods) -> dict[str, Any]:
    return {"slug": goods.procedure.slug}


def period(goods: Goods) -> dict[str, Any]:
    return {"image_alt": ""}


PAGE = "302 403 403 403 403 403 200 200 403"
ACT = "302 403 403 403 403 403 302 302 403"
ONLY_POSTED = "302 403 403 403 403 403 405 405 403"

ROWS = (
    Row("highlights:index", "GET", PAGE),
    Row("highlights:edit", "GET", PAGE, highlight),
    Row("highlights:edit", "POST", ACT, highlight, period),
    Row("highlights:feature", "POST", ACT, slug),
    *(Row(f"highlights:{act}", "POST", ACT, highlight) for act in ("up", "down", "unfeature")),
    Row("highlights:feature", "GET", ONLY_POSTED, slug),
    *(Row(f"highlights:{act}", "GET", ONLY_POSTED, highlight) for act in ("up", "down", "unfeature")),
)

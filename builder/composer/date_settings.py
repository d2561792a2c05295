"""The first and the last date of a question, as one writes them in French."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from builder.acts import ABSENT
from builder.composer.settings import LINE, Setting, Unwritable, asked

DAY = ("%Y-%m-%d", "%d/%m/%Y", "31/01/2027")
FORMS: Mapping[str, tuple[str, str, str]] = {
    "date": DAY,
    "period": DAY,
    "date_time": DAY,
    "year_month": ("%Y-%m", "%m/%Y", "01/2027"),
    "time": ("%H:%M", "%H:%M", "18:30"),
}
"""How the language writes a bound of each type, how one writes it in French, an example."""
TODAY = "today"
SAYING_TODAY = frozenset({"date", "date_time", "period"})


def bound_setting(slug: str, key: str, title: str, value: Any) -> Setting:
    """The question that asks one of the bounds of a type of dates."""
    example = FORMS[slug][2]
    hint = _("Par exemple {example}.").format(example=example)
    if slug in SAYING_TODAY:
        hint = _("Par exemple {example}, ou « aujourd’hui » : le jour de la réponse.").format(example=example)
    schema = asked({**LINE, "maxLength": 40}, title, help=hint)
    return Setting(
        f"o_{key}", ("x-field", key), schema, "answer", _said(slug, value), lambda typed: _kept(slug, typed)
    )


def _said(slug: str, value: Any) -> str | None:
    if value == TODAY:
        return _("aujourd’hui")
    kept, french, _example = FORMS[slug]
    try:
        return datetime.strptime(str(value), kept).strftime(french)
    except ValueError:
        return None


def _kept(slug: str, typed: Any) -> Any:
    text = str(typed or "").strip()
    if not text:
        return ABSENT
    if slug in SAYING_TODAY and text.casefold().replace("'", "’") == _("aujourd’hui"):
        return TODAY
    kept, french, example = FORMS[slug]
    try:
        return datetime.strptime(text.replace(" h ", ":").replace("h", ":"), french).strftime(kept)
    except ValueError as error:
        raise Unwritable(_("Écrivez-le ainsi : {example}.").format(example=example)) from error

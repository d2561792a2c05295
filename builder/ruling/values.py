"""The values of conditions: what one types, and the constant that an expression writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from builder.ruling.subjects import Subject
from formdefs import Context, Invalid
from formdefs.definition import ValueType


class Unfinished(Exception):
    """A condition that cannot be written yet, with its French sentence."""


def literal(typed: str, subject: Subject) -> Any:
    """What is typed, as an expression writes it. Raises Unfinished."""
    text = typed.strip()
    if not text:
        raise Unfinished(_("Donnez une valeur à « {title} ».").format(title=subject.title))
    if subject.kind in ("choice", "text", "list"):
        return text
    if subject.question is None and subject.kind != "date":
        return _number(text, subject)
    try:
        value = _cleaned(text, subject)
    except (Invalid, ValueError, TypeError) as error:
        raise Unfinished(
            _("« {value} » ne convient pas à « {title} ».").format(value=text, title=subject.title)
        ) from error
    if subject.kind == "date":
        return value
    return _number(text, subject) if not isinstance(value, int) else _scaled(value, subject.type)


def _cleaned(text: str, subject: Subject) -> Any:
    if subject.question is None:
        day, month, year = text.split("/") if "/" in text else reversed(text.split("-"))
        return date(int(year), int(month), int(day)).isoformat()
    value = subject.question.type.clean(subject.question, text, Context(today=date.today()))
    if value is None:
        raise ValueError(text)
    return value


def _scaled(value: int, kind: ValueType) -> Any:
    """A whole number of a type's units, as a constant beside a question of that type."""
    if kind.money:
        return {"money": value}
    places = kind.places or 0
    return value if not places else {"decimal": [value, places]}


def _number(text: str, subject: Subject) -> Any:
    try:
        number = Decimal(
            text.replace("\N{NO-BREAK SPACE}", "").replace("\u202f", "").replace(" ", "").replace(",", ".")
        )
    except InvalidOperation as error:
        raise Unfinished(_("« {value} » n’est pas un nombre.").format(value=text)) from error
    places = max(0, -int(number.as_tuple().exponent))
    return {"decimal": [int(number.scaleb(places)), places]} if places else int(number)


def typed(value: Any, subject: Subject) -> str:
    """What one would type to give an expression this constant."""
    if isinstance(value, Mapping) and isinstance(value.get("money"), int | float):
        value = value["money"]
        return f"{value // 100},{value % 100:02}" if isinstance(value, int) else str(value)
    if isinstance(value, Mapping) and isinstance(value.get("decimal"), list):
        number, places = value["decimal"]
        return str(Decimal(number).scaleb(-places)).replace(".", ",")
    if subject.kind == "date" and isinstance(value, str) and value.count("-") == 2:
        return "/".join(reversed(value.split("-")))
    return str(value)

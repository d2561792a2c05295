"""Rules as people compose them: groups of (question, comparison, value), and what they are written as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from builder.acts.places import same
from builder.ruling.grounds import OUTSIDE, Ground
from formdefs import Context, Invalid, Question
from formdefs.definition import ValueType

ALL, ANY = "all", "any"
COUNT = "count:"
UNARY = ("yes", "no", "known", "unknown")
SIGNS = {"eq": "==", "ne": "!=", "ge": ">=", "gt": ">", "le": "<=", "lt": "<"}
OPERATORS = {
    "yes": gettext_lazy("est Oui"),
    "no": gettext_lazy("est Non"),
    "is": gettext_lazy("est"),
    "is_not": gettext_lazy("n’est pas"),
    "among": gettext_lazy("est parmi"),
    "has": gettext_lazy("contient"),
    "has_not": gettext_lazy("ne contient pas"),
    "eq": gettext_lazy("est égal à"),
    "ne": gettext_lazy("est différent de"),
    "ge": gettext_lazy("est d’au moins"),
    "gt": gettext_lazy("est plus de"),
    "le": gettext_lazy("est d’au plus"),
    "lt": gettext_lazy("est moins de"),
    "on": gettext_lazy("est le"),
    "before": gettext_lazy("est avant le"),
    "until": gettext_lazy("est au plus tard le"),
    "after": gettext_lazy("est après le"),
    "from": gettext_lazy("est à partir du"),
    "known": gettext_lazy("a une réponse"),
    "unknown": gettext_lazy("est sans réponse"),
}
BY_KIND: Mapping[str, tuple[str, ...]] = {
    "boolean": ("yes", "no", "known", "unknown"),
    "choice": ("is", "is_not", "among", "known", "unknown"),
    "text": ("is", "is_not", "among", "has", "has_not", "known", "unknown"),
    "number": ("eq", "ne", "ge", "gt", "le", "lt", "known", "unknown"),
    "date": ("on", "before", "until", "after", "from", "known", "unknown"),
    "list": ("has", "has_not", "known", "unknown"),
    "rows": ("ge", "gt", "eq", "le", "lt"),
    "files": ("known", "unknown"),
}
DATES = {"on": "==", "before": "<", "until": "<=", "after": ">", "from": ">="}


class Unfinished(Exception):
    """A condition that cannot be written yet, with its French sentence."""


@dataclass(frozen=True)
class Subject:
    """What a condition may be about: a question, a fact, or the number of a group's rows."""

    name: str
    title: str
    kind: str
    type: ValueType
    question: Question | None = None

    @property
    def operators(self) -> tuple[tuple[str, str], ...]:
        """The comparisons that suit it."""
        return tuple((each, str(OPERATORS[each])) for each in BY_KIND[self.kind])

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The values it may take, where they are listed."""
        if self.question is not None and self.kind in ("choice", "list"):
            return tuple((choice.value, choice.label) for choice in self.question.choices)
        return tuple((value, value) for value in sorted(self.type.values or ()))


@dataclass(frozen=True)
class Condition:
    """One line: what, how, and the value as it is typed."""

    subject: str = ""
    operator: str = ""
    value: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Lines of which all must hold, or one."""

    how: str = ALL
    items: tuple[Condition | Group, ...] = field(default_factory=tuple)


def subjects(ground: Ground) -> dict[str, Subject]:
    """Everything that a condition may be about where a rule stands, by name."""
    found: dict[str, Subject] = {}
    for name, question in ground.readable().items():
        kind = question.type.reads_as(question)
        title = question.title
        if kind.kind == "list" and kind.item is not None and kind.item.kind == "row":
            found[COUNT + name] = Subject(
                COUNT + name, _("Nombre de lignes : {title}").format(title=title), "rows", ValueType("number")
            )
        elif (known := _kind(kind, question)) is not None:
            found[name] = Subject(name, title, known, kind, question)
    for name, kind in OUTSIDE.items():
        known = _kind(kind, None)
        if known is not None:
            found[name] = Subject(name, str(FACTS.get(name, name)), known, kind)
    return found


FACTS = {
    "organisation.name": gettext_lazy("Organisme › Nom"),
    "organisation.type": gettext_lazy("Organisme › Type"),
    "organisation.region": gettext_lazy("Organisme › Région"),
    "organisation.finess": gettext_lazy("Organisme › FINESS"),
    "organisation.siret": gettext_lazy("Organisme › SIRET"),
    "organisation.id": gettext_lazy("Organisme › Identifiant"),
    "organisation.type_label": gettext_lazy("Organisme › Type, en toutes lettres"),
    "organisation.region_label": gettext_lazy("Organisme › Région, en toutes lettres"),
    "applicant.kind": gettext_lazy("Demandeur › Qualité"),
    "applicant.first_name": gettext_lazy("Demandeur › Prénom"),
    "applicant.last_name": gettext_lazy("Demandeur › Nom"),
    "applicant.email": gettext_lazy("Demandeur › Adresse e-mail"),
    "dossier.reference": gettext_lazy("Dossier › Numéro"),
    "today": gettext_lazy("Date du jour"),
}


def _kind(kind: ValueType, question: Question | None) -> str | None:
    if kind.kind == "text":
        return "choice" if kind.values else "text"
    if kind.kind == "list" and kind.item is not None and kind.item.kind == "text":
        return "list" if question is not None and question.choices else "files"
    return kind.kind if kind.kind in ("boolean", "number", "date") else None


def written(group: Group, known: Mapping[str, Subject]) -> Any:
    """The expression of a group. Raises Unfinished."""
    parts = [
        written(item, known) if isinstance(item, Group) else _written_condition(item, known)
        for item in group.items
    ]
    if not parts:
        raise Unfinished(_("Ajoutez au moins une condition."))
    if len(parts) == 1:
        return parts[0]
    return {"and" if group.how == ALL else "or": parts}


def _written_condition(condition: Condition, known: Mapping[str, Subject]) -> Any:
    subject = known.get(condition.subject)
    if subject is None:
        raise Unfinished(_("Choisissez une question."))
    operator = condition.operator
    if operator not in BY_KIND[subject.kind]:
        raise Unfinished(_("Choisissez une comparaison pour « {title} ».").format(title=subject.title))
    name = {"var": subject.name.removeprefix(COUNT)}
    if operator in UNARY:
        return {
            "yes": name,
            "no": {"!": name},
            "known": {"!=": [name, None]},
            "unknown": {"==": [name, None]},
        }[operator]
    if operator == "among":
        values = [each for each in condition.values or condition.value.split(",") if each.strip()]
        if not values:
            raise Unfinished(_("Choisissez une valeur pour « {title} ».").format(title=subject.title))
        return {"in": [name, [literal(each.strip(), subject) for each in values]]}
    value = literal(condition.value, subject)
    if operator in ("has", "has_not"):
        found = {"in": [value, name]}
        return found if operator == "has" else {"!": found}
    if subject.kind == "rows":
        return {SIGNS[operator]: [{"count": name}, value]}
    signs = {"is": "==", "is_not": "!=", **SIGNS, **DATES}
    return {signs[operator]: [name, value]}


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


def read_group(rule: Any, known: Mapping[str, Subject]) -> Group | None:
    """The group that an expression stands for, None where lines cannot say it exactly."""
    if rule is None or rule is True:
        return Group()
    found = _read(rule, known)
    if found is None:
        return None
    group = found if isinstance(found, Group) else Group(ALL, (found,))
    try:
        return group if same(written(group, known), rule) else None
    except Unfinished:
        return None


def _read(rule: Any, known: Mapping[str, Subject]) -> Condition | Group | None:
    if not isinstance(rule, Mapping) or len(rule) != 1:
        return None
    operator, given = next(iter(rule.items()))
    arguments = given if isinstance(given, list) else [given]
    if operator in ("and", "or"):
        items = [_read(each, known) for each in arguments]
        if any(item is None for item in items):
            return None
        return Group(ALL if operator == "and" else ANY, tuple(item for item in items if item is not None))
    if operator == "var":
        return Condition(str(arguments[0]), "yes")
    if operator == "!" and isinstance(arguments[0], Mapping):
        inner = _read(arguments[0], known)
        opposite = {"yes": "no", "has": "has_not"}
        if isinstance(inner, Condition) and inner.operator in opposite:
            return Condition(inner.subject, opposite[inner.operator], inner.value)
        return None
    return _read_comparison(operator, arguments, known) if len(arguments) == 2 else None


def _read_comparison(operator: str, arguments: list[Any], known: Mapping[str, Subject]) -> Condition | None:
    left, right = arguments
    if operator == "in" and isinstance(right, Mapping):
        subject = known.get(str(right.get("var")))
        return Condition(subject.name, "has", str(left)) if subject else None
    name = left.get("var") if isinstance(left, Mapping) else None
    if isinstance(left, Mapping) and isinstance(left.get("count"), Mapping):
        name = f"{COUNT}{left['count'].get('var')}"
    subject = known.get(str(name))
    if subject is None:
        return None
    if right is None:
        return Condition(subject.name, {"==": "unknown", "!=": "known"}.get(operator, ""))
    if operator == "in" and isinstance(right, list):
        return Condition(subject.name, "among", ", ".join(map(str, right)), tuple(map(str, right)))
    for each in BY_KIND[subject.kind]:
        if {"is": "==", "is_not": "!=", **SIGNS, **DATES}.get(each) == operator:
            return Condition(subject.name, each, typed(right, subject))
    return None


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

"""The rules of a definition, said in French."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from formdefs import Question

ROOTS = {
    "organisation.name": gettext_lazy("le nom de l’organisme"),
    "organisation.type": gettext_lazy("le type de l’organisme"),
    "organisation.region": gettext_lazy("la région de l’organisme"),
    "organisation.finess": gettext_lazy("le FINESS de l’organisme"),
    "organisation.siret": gettext_lazy("le SIRET de l’organisme"),
    "organisation.entities": gettext_lazy("les entités rattachées"),
    "applicant.kind": gettext_lazy("la qualité du demandeur"),
    "today": gettext_lazy("la date du jour"),
}
COMPARED = {
    "==": gettext_lazy("{left} est {right}"),
    "!=": gettext_lazy("{left} n’est pas {right}"),
    "<": gettext_lazy("{left} est inférieur à {right}"),
    "<=": gettext_lazy("{left} est inférieur ou égal à {right}"),
    ">": gettext_lazy("{left} est supérieur à {right}"),
    ">=": gettext_lazy("{left} est supérieur ou égal à {right}"),
    "in": gettext_lazy("{left} est parmi {right}"),
}


class _Unsayable(Exception):
    """A rule for which there is no plain sentence."""


def rule_text(rule: Any, questions: Mapping[str, Question]) -> str:
    """A condition as a French clause, else the rule itself on one line.

    `questions` are those that the rule may name, by name.
    """
    try:
        return _said(rule, questions)
    except _Unsayable:
        return json.dumps(rule, ensure_ascii=False)


def _said(rule: Any, questions: Mapping[str, Question]) -> str:
    operator, arguments = _call(rule)
    if operator in COMPARED and len(arguments) == 2:
        return _compared(operator, arguments, questions)
    if operator in ("and", "or") and arguments:
        joined = _(" et ") if operator == "and" else _(" ou ")
        parts = [_said(each, questions) for each in arguments]
        return joined.join(f"({part})" if len(parts) > 1 and _is_joined(each) else part
                           for part, each in zip(parts, arguments, strict=True))  # fmt: skip
    if operator == "!!" and len(arguments) == 1:
        return _("{name} n’est pas vide").format(name=_named(arguments[0], questions))
    if operator == "!" and len(arguments) == 1:
        if _call(arguments[0])[0] == "var":
            return _("la réponse à {name} est « Non »").format(name=_named(arguments[0], questions))
        return _("il est faux que {rule}").format(rule=_said(arguments[0], questions))
    if operator == "var":
        return _("la réponse à {name} est « Oui »").format(name=_named(rule, questions))
    raise _Unsayable


def _compared(operator: str, arguments: list[Any], questions: Mapping[str, Question]) -> str:
    left, right = arguments
    if right is None and operator in ("==", "!="):
        template = _("{name} est sans réponse") if operator == "==" else _("{name} a une réponse")
        return template.format(name=_named(left, questions))
    asked = _question(left, questions)
    return str(COMPARED[operator]).format(left=_named(left, questions), right=_value(right, asked, questions))


def _is_joined(rule: Any) -> bool:
    return isinstance(rule, Mapping) and next(iter(rule), "") in ("and", "or")


def _call(rule: Any) -> tuple[str, list[Any]]:
    if not isinstance(rule, Mapping) or len(rule) != 1:
        raise _Unsayable
    operator, given = next(iter(rule.items()))
    return operator, list(given) if isinstance(given, list | tuple) else [given]


def _question(rule: Any, questions: Mapping[str, Question]) -> Question | None:
    if isinstance(rule, Mapping) and isinstance(rule.get("var"), str):
        return questions.get(rule["var"].removeprefix("row."))
    return None


def _named(rule: Any, questions: Mapping[str, Question]) -> str:
    """What a name stands for: a fact about the applicant, or a question's title."""
    operator, arguments = _call(rule)
    if operator == "count" and len(arguments) == 1:
        return _("le nombre de lignes dans {name}").format(name=_named(arguments[0], questions))
    if operator != "var" or len(arguments) != 1 or not isinstance(arguments[0], str):
        raise _Unsayable
    root = ROOTS.get(arguments[0])
    if root is not None:
        return str(root)
    question = _question(rule, questions)
    if question is None:
        raise _Unsayable
    return _quoted(question.title)


def _value(value: Any, asked: Question | None, questions: Mapping[str, Question]) -> str:
    if isinstance(value, Mapping):
        return _named(value, questions)
    if isinstance(value, list | tuple):
        return ", ".join(_value(each, asked, questions) for each in value)
    if isinstance(value, bool):
        return _("« Oui »") if value else _("« Non »")
    if isinstance(value, int | float):
        return str(value)
    labels = {choice.value: choice.label for choice in asked.choices} if asked else {}
    return _quoted(labels.get(str(value), str(value)))


_quoted: Callable[[str], str] = "« {} »".format

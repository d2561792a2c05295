"""Formulas: any expression as a line of text, and back, nothing lost.

`total ≥ 100 000 € et (statut = "prive" ou non groupe)` ; `somme(depenses.montant)` ; every other operator is
written as a call: `if(groupe; 1; 2)`. Arguments are parted by « ; », since French numbers have a comma.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from formdefs.expressions.operators import COLLECTORS, OPERATORS

COMPARISONS = {"=": "==", "≠": "!=", "<": "<", "≤": "<=", ">": ">", "≥": ">=", "parmi": "in"}
WRITTEN = {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "in": "parmi"}
SYNONYMS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "×": "*", "&&": "et", "||": "ou"}
FUNCTIONS = {
    "somme": "sum",
    "nombre": "count",
    "moyenne": "average",
    "si": "if",
    "arrondi": "round",
    "jours_entre": "days_between",
    "renseigne": "answered",
    "une_ligne": "some",
    "toutes_les_lignes": "all",
    "aucune_ligne": "none",
    "lignes": "filter",
}
FRENCH = {operator: name for name, operator in FUNCTIONS.items()}
ANY_OPERATOR = "operateur"
"""The call of an operator whose name is a sign: `operateur("!!" ; nom)`."""
GATHERING = ("sum", "average", "min", "max")
"""Operators on a list of numbers: `somme(depenses.montant)` gathers a column by itself."""
CONSTANTS = {"vrai": True, "faux": False, "rien": None}
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d(?:[\d\u00a0\u202f]*\d)?(?:[.,]\d+)?(?:[\s\u00a0\u202f]?€)?)
    |(?P<text>"(?:[^"\\]|\\.)*")
    |(?P<name>[a-zàâçéèêëîïôûùœ_][\wàâçéèêëîïôûùœ]*(?:\.[a-z_]\w*)*)
    |(?P<sign>≠|≤|≥|==|!=|<=|>=|&&|\|\||[=<>+\-*×/%(){}\[\];]))""",
    re.VERBOSE,
)


class Unreadable(Exception):
    """A formula that cannot be read: a French sentence, and the character where."""

    def __init__(self, message: str, place: int) -> None:
        super().__init__(message)
        self.place = place


def parse(text: str) -> Any:
    """The expression that a formula writes. Raises Unreadable."""
    return _Reader(text).whole()


class _Reader:
    """One reading of a formula, from left to right."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str, int]] = []
        place = 0
        while text[place:].strip():
            found = _TOKEN.match(text, place)
            if found is None or found.end() == place:
                raise Unreadable(
                    _("« {text} » n’est pas attendu ici.").format(text=text[place:].strip()[:12]), place
                )
            kind = str(found.lastgroup)
            self.tokens.append((kind, found[kind], found.start(kind)))
            place = found.end()
        self.place, self.end = 0, len(text)

    def whole(self) -> Any:
        found = self.either()
        if self.place < len(self.tokens):
            self.refuse()
        return found

    def peek(self) -> str:
        if self.place >= len(self.tokens):
            return ""
        kind, text, _start = self.tokens[self.place]
        return SYNONYMS.get(text, text) if kind in ("sign", "name") else ""

    def take(self, *wanted: str) -> str:
        found = self.peek()
        if found and found in wanted:
            self.place += 1
            return found
        return ""

    def expect(self, wanted: str) -> None:
        if not self.take(wanted):
            self.refuse(_("Il manque « {sign} ».").format(sign=wanted))

    def refuse(self, message: str = "") -> None:
        if self.place < len(self.tokens):
            text, start = self.tokens[self.place][1:]
            raise Unreadable(message or _("« {text} » n’est pas attendu ici.").format(text=text), start)
        raise Unreadable(message or _("La formule n’est pas finie."), self.end)

    def chain(self, below: Callable[[], Any], sign: str, operator: str) -> Any:
        parts = [below()]
        while self.take(sign):
            parts.append(below())
        return parts[0] if len(parts) == 1 else {operator: parts}

    def either(self) -> Any:
        return self.chain(self.both, "ou", "or")

    def both(self) -> Any:
        return self.chain(self.negated, "et", "and")

    def negated(self) -> Any:
        if self.take("non"):
            return {"!": self.negated()}
        return self.compared()

    def compared(self) -> Any:
        left = self.summed()
        sign = self.take(*COMPARISONS)
        return {COMPARISONS[sign]: [left, self.summed()]} if sign else left

    def summed(self) -> Any:
        left = self.multiplied()
        while sign := self.take("+", "-"):
            parts = [left, self.multiplied()]
            while sign == "+" and self.take("+"):
                parts.append(self.multiplied())
            left = {sign: parts}
        return left

    def multiplied(self) -> Any:
        left = self.single()
        while sign := self.take("*", "/", "%"):
            parts = [left, self.single()]
            while sign == "*" and self.take("*"):
                parts.append(self.single())
            left = {sign: parts}
        return left

    def single(self) -> Any:
        if self.take("("):
            inner = self.either()
            self.expect(")")
            return inner
        if self.take("["):
            return self.listed("]")
        if self.take("-"):
            value = self.single()
            return (
                -value if isinstance(value, int | float) and not isinstance(value, bool) else {"-": [value]}
            )
        if self.place >= len(self.tokens):
            self.refuse()
        kind, text, _start = self.tokens[self.place]
        if kind not in ("number", "text", "name"):
            self.refuse()
        self.place += 1
        if kind == "number":
            return number(text)
        return json.loads(text) if kind == "text" else self.named(text)

    def named(self, name: str) -> Any:
        if self.take("("):
            operator = FUNCTIONS.get(name, name)
            if not {operator} & {*OPERATORS, *COLLECTORS, ANY_OPERATOR}:
                self.place -= 2
                self.refuse(_("« {name} » n’est pas une fonction.").format(name=name))
            return call(operator, self.listed(")"))
        if name in CONSTANTS:
            return CONSTANTS[name]
        return {"var": "" if name == "ligne" else name}

    def listed(self, end: str) -> list[Any]:
        if self.take(end):
            return []
        found = [self.either()]
        while self.take(";"):
            found.append(self.either())
        self.expect(end)
        return found


def call(operator: str, arguments: list[Any]) -> Any:
    """A call; gathering a column of a group is spelt out."""
    if operator == ANY_OPERATOR and arguments and arguments[0] in OPERATORS:
        return {arguments[0]: arguments[1:]}
    if operator in GATHERING and len(arguments) == 1 and isinstance(arguments[0], dict):
        name = arguments[0].get("var")
        if (
            isinstance(name, str)
            and "." in name
            and not name.startswith(("row.", "parent.", "organisation."))
        ):
            group, _dot, column = name.partition(".")
            return {operator: [{"map": [{"var": group}, {"var": column}]}]}
    return {operator: arguments}


def number(text: str) -> Any:
    """A number as it is typed; an amount in euros is so many cents."""
    digits = re.sub(r"[\s\u00a0\u202f€]", "", text).replace(",", ".")
    if "€" in text:
        whole, _dot, cents = digits.partition(".")
        return {"money": int(whole + cents[:2].ljust(2, "0"))}
    whole, _dot, decimals = digits.partition(".")
    return {"decimal": [int(whole + decimals), len(decimals)]} if decimals else int(digits)


def formula(rule: Any, strength: int = 0) -> str:
    """The formula of an expression; `strength` is of what stands around it."""
    if isinstance(rule, Mapping) and len(rule) == 1:
        operator, given = next(iter(rule.items()))
        return _call_text(operator, given if isinstance(given, list) else [given], strength)
    if isinstance(rule, list):
        return f"[{' ; '.join(formula(each) for each in rule)}]"
    if isinstance(rule, str):
        return json.dumps(rule, ensure_ascii=False)
    if isinstance(rule, bool) or rule is None:
        return next(word for word, value in CONSTANTS.items() if value is rule)
    return str(rule)


STRENGTH = {"or": 1, "and": 2, "!": 3, **dict.fromkeys(WRITTEN, 4), "+": 5, "-": 5, "*": 6, "/": 6, "%": 6}
MANY = {"or": " ou ", "and": " et ", "+": " + ", "*": " * "}


def _call_text(operator: str, arguments: list[Any], strength: int) -> str:
    if operator == "var" and arguments and isinstance(arguments[0], str):
        return arguments[0] or "ligne"
    if operator == "money" and isinstance(arguments[0], int) and arguments[0] >= 0:
        return f"{arguments[0] // 100},{arguments[0] % 100:02} €"
    if operator == "decimal" and len(arguments) == 2 and arguments[0] >= 0 < arguments[1]:
        digits = str(arguments[0]).rjust(arguments[1] + 1, "0")
        return f"{digits[: -arguments[1]]},{digits[-arguments[1] :]}"
    own = STRENGTH.get(operator, 9)
    text = None
    if operator in MANY and len(arguments) > 1:
        text = MANY[operator].join(formula(each, own + 1) for each in arguments)
    elif operator == "!" and len(arguments) == 1:
        text = f"non {formula(arguments[0], own)}"
    elif operator in (*WRITTEN, "-", "/", "%") and len(arguments) == 2:
        sides = [formula(each, own + 1) for each in arguments]
        text = f" {WRITTEN.get(operator, operator)} ".join(sides)
    if text is not None:
        return f"({text})" if own < strength else text
    column = _column(operator, arguments)
    name = FRENCH.get(operator, operator)
    if not name.isidentifier():
        name, arguments = ANY_OPERATOR, [operator, *arguments]
    return f"{name}({column})" if column else f"{name}({' ; '.join(formula(each) for each in arguments)})"


def _column(operator: str, arguments: list[Any]) -> str:
    """The column that a call gathers: « depenses.montant »."""
    if operator not in GATHERING or len(arguments) != 1 or not isinstance(arguments[0], Mapping):
        return ""
    mapped = arguments[0].get("map")
    if not isinstance(mapped, list) or len(mapped) != 2:
        return ""
    names = [each.get("var") if isinstance(each, Mapping) and len(each) == 1 else None for each in mapped]
    simple = all(isinstance(name, str) and re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)
    return ".".join(map(str, names)) if simple else ""

"""The canonical text of a definition, and its strict reading."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from formdefs.errors import DefinitionError, DefinitionProblem

LARGEST_TEXT = 1024 * 1024
DEEPEST = 40
LARGEST_NUMBER = 2**53 - 1
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")


def dump(document: Any) -> str:
    """The canonical text: two spaces, keys in the author's order, a line feed at the end."""
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def canonical(text: str) -> str:
    """The canonical text of what a text says; raises DefinitionError."""
    return dump(parse(text))


def parse(text: str) -> Any:
    """What a JSON text says; DefinitionError on anything that two readers could take differently."""
    if len(text) > LARGEST_TEXT or len(text.encode("utf-8", "surrogatepass")) > LARGEST_TEXT:
        _refuse(
            "json.large", "La définition dépasse 1 Mio. Allégez-la, ou partagez-la en plusieurs démarches."
        )
    text = text.removeprefix("\ufeff")
    _check_depth(text)
    try:
        document = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_decimal,
            parse_int=_integer,
        )
    except json.JSONDecodeError as error:
        _refuse("json.syntax", _syntax(error), error.lineno)
    except _Unsound as error:
        _refuse(error.code, error.message, _line_of(text, error.clue))
    if _SURROGATE.search(json.dumps(document, ensure_ascii=False)):
        _refuse("json.surrogate", "Un texte contient la moitié d’un caractère (\\ud800 à \\udfff).")
    return document


class _Unsound(Exception):
    def __init__(self, code: str, message: str, clue: str) -> None:
        super().__init__(message)
        self.code, self.message, self.clue = code, message, clue


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise _Unsound(
            "json.duplicate",
            f"La clé « {double} » est écrite deux fois dans le même objet.",
            json.dumps(double, ensure_ascii=False),
        )
    return found


def _constant(name: str) -> NoReturn:
    raise _Unsound("json.number", f"« {name} » n’est pas un nombre JSON.", name)


def _integer(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > LARGEST_NUMBER:
        raise _Unsound("json.number", f"Le nombre {digits[:20]} est trop grand.", digits)
    return int(digits)


def _decimal(digits: str) -> float:
    value = float(digits)
    if abs(value) > LARGEST_NUMBER or len(digits) > 40:
        raise _Unsound("json.number", f"Le nombre {digits[:20]} est trop grand.", digits)
    return value


def _check_depth(text: str) -> None:
    depth = 0
    for line, content in enumerate(_STRING.sub(_blank, text).split("\n"), 1):
        for character in content:
            if character in "[{":
                depth += 1
                if depth > DEEPEST:
                    _refuse(
                        "json.deep", f"La définition est trop imbriquée : {DEEPEST} niveaux au plus.", line
                    )
            elif character in "]}":
                depth -= 1


def _blank(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def _line_of(text: str, clue: str) -> int | None:
    """The line of the last place where the clue stands: a double is refused at its second writing."""
    place = text.rfind(clue)
    return None if place < 0 else text.count("\n", 0, place) + 1


def _syntax(error: json.JSONDecodeError) -> str:
    reason = next(
        (french for english, french in _REASONS.items() if error.msg.startswith(english)), "texte inattendu"
    )
    return f"Ce n’est pas du JSON : {reason}, ligne {error.lineno}, colonne {error.colno}."


_REASONS = {
    "Expecting property name": "il manque une clé entre guillemets droits, ou il y a une virgule de trop",
    "Illegal trailing comma": "il y a une virgule de trop",
    "Expecting ',' delimiter": "il manque une virgule",
    "Expecting ':' delimiter": "il manque un deux-points",
    "Expecting value": "il manque une valeur",
    "Unterminated string": "un texte n’est pas fermé par un guillemet droit",
    "Invalid control character": "un texte contient un retour à la ligne ; écrivez \\n",
    "Invalid \\": "une barre oblique inverse est mal employée ; doublez-la",
    "Extra data": "il y a du texte après la fin",
}


def _refuse(code: str, message: str, line: int | None = None) -> NoReturn:
    raise DefinitionError([DefinitionProblem("", code, message, line)])

"""Whether a regular expression may be run on what people type."""

from __future__ import annotations

import re
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser
from typing import Any

LONGEST = 200
# The ways in which a pattern may match 255 characters; beyond, a hostile answer could hold a server.
MOST_WAYS = 20_000_000
REACH = 255


def flaw(pattern: Any) -> str | None:
    """A French sentence on why a pattern is refused, None when it may be used."""
    if not isinstance(pattern, str) or len(pattern) > LONGEST:
        return "Un motif est un texte de 200 caractères au plus."
    if re.search(r"\\[pPkAZzGQEhHRKX]|\(\?(?!:)", pattern):
        return (
            "Ce motif emploie une écriture que tous les validateurs ne lisent pas pareil (\\p, (?…)). "
            "Écrivez-le avec des classes simples, par exemple [A-Z]."
        )
    try:
        re.compile(pattern)
        tree = parser.parse(pattern)
    except (re.error, RecursionError, OverflowError):
        return "Ce motif n’est pas une expression régulière valable."
    anchored = bool(tree) and tree[0] == (constants.AT, constants.AT_BEGINNING)
    ways = _ways(tree)
    if ways is None or ways * (1 if anchored else REACH) > MOST_WAYS:
        return (
            "Ce motif pourrait bloquer la lecture d’une réponse (répétitions imbriquées ou trop "
            "nombreuses). Simplifiez-le, et commencez-le par ^."
        )
    return None


def _ways(tree: Any) -> int | None:
    """In how many ways at most a pattern may match; None when that cannot be bounded."""
    total = 1
    for operation, argument in tree:
        ways = _ways_of(operation, argument)
        if ways is None:
            return None
        total *= ways
        if total > MOST_WAYS:
            return None
    return total


def _ways_of(operation: Any, argument: Any) -> int | None:
    if operation in (constants.MAX_REPEAT, constants.MIN_REPEAT):
        least, most, body = argument
        inner = _ways(body)
        if inner is None or (inner > 1 and most > 16):
            return None
        spread = min(int(most), REACH) - min(int(least), REACH) + 1
        return int(spread * inner ** (int(most) if inner > 1 else 1))
    if operation is constants.BRANCH:
        branches = [_ways(branch) for branch in argument[1]]
        return None if None in branches else sum(branch for branch in branches if branch is not None)
    if operation is constants.SUBPATTERN:
        return _ways(argument[3])
    if operation in (
        constants.LITERAL,
        constants.NOT_LITERAL,
        constants.IN,
        constants.ANY,
        constants.AT,
        constants.CATEGORY,
    ):
        return 1
    return None

"""The rules that a definition may write: JsonLogic's syntax, typed, total.

`parse` checks a rule against the names it may read and gives an `Expression`.
"""

from formdefs.expressions.french import Titles, say
from formdefs.expressions.names import ROOTS, Names, phase_names
from formdefs.expressions.nodes import ExpressionFlaw, Parsed, Scope
from formdefs.expressions.parsing import parse, parse_as, read

__all__ = [
    "ROOTS",
    "ExpressionFlaw",
    "Names",
    "Parsed",
    "Scope",
    "Titles",
    "parse",
    "parse_as",
    "phase_names",
    "read",
    "say",
]

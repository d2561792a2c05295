"""The rules that a definition may write: JsonLogic's syntax, typed, total.

`parse` checks a rule against the names it may read and gives an `Expression`.
"""

from formdefs.expressions.names import ROOTS, Names, phase_names
from formdefs.expressions.nodes import ExpressionFlaw, Parsed, Scope
from formdefs.expressions.parsing import parse

__all__ = ["ROOTS", "ExpressionFlaw", "Names", "Parsed", "Scope", "parse", "phase_names"]

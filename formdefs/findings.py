"""What is found while a definition is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from formdefs.definition import Workbook
from formdefs.errors import DefinitionProblem
from formdefs.expressions import ExpressionFlaw, Names, Parsed, parse


@dataclass
class Findings:
    """The problems found while a definition is read, and the workbooks that its questions may ask for."""

    problems: list[DefinitionProblem] = field(default_factory=list)
    workbooks: Mapping[str, Workbook] = field(default_factory=dict)

    def add(self, pointer: str, code: str, message: str) -> None:
        """Note a problem."""
        self.problems.append(DefinitionProblem(pointer, code, message))

    def rule(self, rule: Any, names: Names, pointer: str) -> Parsed | None:
        """The rule parsed, or None once its flaw is noted."""
        if rule is None:
            return None
        try:
            return parse(rule, names)
        except ExpressionFlaw as flaw:
            self.add(pointer + flaw.pointer, flaw.code, flaw.message)
            return None


def mapping(value: Any) -> Mapping[str, Any]:
    """The value if it is an object, else an empty one: its wrong shape is noted elsewhere."""
    return value if isinstance(value, Mapping) else {}


def sequence(value: Any) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []

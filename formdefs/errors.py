"""What can go wrong, said as data: a wrong answer, a wrong definition, an act that is not allowed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


def gettext_noop(message: str) -> str:
    """Mark a French source sentence for the catalogues, which are read where it is shown."""
    return message


class Invalid(Exception):
    """An answer that its field type refuses: a code, and what its sentence needs."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class DefinitionProblem:
    """One thing wrong in a definition: where (JSON pointer, line from 1), what, and in French."""

    pointer: str
    code: str
    message: str
    line: int | None = None


class DefinitionError(Exception):
    """A definition that cannot be loaded, with every problem found."""

    def __init__(self, problems: Iterable[DefinitionProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{p.pointer or '/'} : {p.message}" for p in self.problems))


class Refused(Exception):
    """An act that the process does not allow, with its French sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

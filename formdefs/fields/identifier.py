"""What the types share whose answers are numbers that a register gives."""

from __future__ import annotations

from typing import Any

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid
from formdefs.fields.base import FieldType, compact, typed_text


class Identifier(FieldType):
    """A number kept without blanks, and written in the groups of its mask (« 3 3 3 ») where it has one."""

    family = "Identifiants"
    lasting = True
    example: str

    def check(self, number: str) -> None:
        """Raise Invalid where the number cannot be one that the register gave."""
        raise NotImplementedError

    def clean(self, question: Question, raw: Any, context: Context) -> str | None:
        text = typed_text(raw)
        if text is None:
            return None
        number = compact(text)
        self.check(number)
        return number

    def text(self, question: Question, value: str, context: Context) -> str:
        return "\u00a0".join(self._groups(value))

    def raw(self, question: Question, value: str) -> str:
        return " ".join(self._groups(value))

    def sample(self, question: Question) -> str:
        return self.example

    def _groups(self, value: str) -> list[str]:
        groups, begin = [], 0
        for size in map(int, str(self.presets.get("mask", len(value))).split()):
            groups.append(value[begin : begin + size])
            begin += size
        return groups


def check_digits(slug: str, number: str, wanted: int) -> None:
    """Raise Invalid where a number is not of so many digits: "<slug>.digits", ".short" or ".long"."""
    if not (number.isascii() and number.isdigit()):
        raise Invalid(f"{slug}.digits")
    if gap := wanted - len(number):
        raise Invalid(f"{slug}.short" if gap > 0 else f"{slug}.long", gap=abs(gap))

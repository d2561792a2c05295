"""Title inside a section."""

from __future__ import annotations

from typing import Any, ClassVar

from formdefs.context import Context
from formdefs.definition import Question, ValueType
from formdefs.fields.base import FieldType


class Title(FieldType):
    """A heading between questions: it asks nothing, and is neither counted nor kept."""

    slug, title, control, json_type = "title", "Titre", "heading", "null"
    family = "Structure"
    description = "Un intertitre entre deux questions."
    synonyms: ClassVar[tuple[str, ...]] = ("intertitre", "sous-titre", "rubrique", "section", "séparateur")
    static = True

    def clean(self, question: Question, raw: Any, context: Context) -> None:
        return None

    def text(self, question: Question, value: Any, context: Context) -> str:
        return ""

    def cell(self, question: Question, value: Any) -> object:
        return ""

    def sample(self, question: Question) -> Any:
        return None

    def reads_as(self, question: Question) -> ValueType:
        return ValueType("null")

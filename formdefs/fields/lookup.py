"""What the types share whose answers are in a long list that is searched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from formdefs.context import Context
from formdefs.data import Entry, Listing, packaged
from formdefs.definition import Choice, Question, ValueType
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType, typed_text
from formdefs.fields.choice import choices_of

# Beyond, a list is searched rather than unrolled.
SHORT_LIST = 120
SAID = 60

# Keyed by the question itself: a definition that is dropped takes its lists away.
_OWN: WeakKeyDictionary[Question, Listing] = WeakKeyDictionary()


class Lookup(FieldType):
    """One answer of a list: the value is its code, and what is typed its code or its name.

    A name that could mean two entries asks to choose: nothing is guessed.
    """

    control = "lookup"
    messages = {
        "lookup.unknown": gettext_noop(
            "« {typed} » n’est pas dans la liste. Cherchez de nouveau, puis choisissez une réponse proposée."
        ),
        "lookup.several": gettext_noop(
            "Des réponses de la liste ressemblent à « {typed} ». Choisissez celle qui convient."
        ),
    }

    def source(self, options: Mapping[str, Any]) -> str:
        """The name of the list that comes with the platform, "" where it is the schema's own."""
        return ""

    def listing(self, question: Question) -> Listing:
        """The list of a question, ready to be searched."""
        if source := self.source(question.options):
            return packaged(source)
        found = _OWN.get(question)
        return found or _OWN.setdefault(
            question, Listing(Entry(each.value, each.label) for each in choices_of(question.schema))
        )

    def _size(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> int:
        source = self.source(options)
        return len(packaged(source).entries if source else choices_of(schema))

    def control_of(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> str:
        return "select" if self._size(schema, options) <= SHORT_LIST else "lookup"

    def choices(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[Choice, ...]:
        if self._size(schema, options) > SHORT_LIST:
            return ()
        source = self.source(options)
        if not source:
            return choices_of(schema)
        return tuple(Choice(each.code, each.label) for each in packaged(source).entries)

    def matches(self, question: Question, typed: str) -> tuple[Choice, ...]:
        return tuple(Choice(each.code, each.label) for each in self.listing(question).matches(typed))

    def typed(self, question: Question, raw: Any) -> Any:
        entry = self.listing(question).meant(raw) if isinstance(raw, str) else None
        return entry.label if entry else raw

    def clean(self, question: Question, raw: Any, context: Context) -> str | None:
        text = typed_text(raw)
        if text is None:
            return None
        entry = self.listing(question).meant(text)
        if entry is None:
            several = bool(self.listing(question).matches(text))
            raise Invalid("lookup.several" if several else "lookup.unknown", typed=text[:SAID])
        return entry.code

    def _label(self, question: Question, value: str) -> str:
        entry = self.listing(question).by_code.get(value)
        return entry.label if entry else value

    def text(self, question: Question, value: str, context: Context) -> str:
        return self._label(question, value)

    def cell(self, question: Question, value: str) -> object:
        return self._label(question, value)

    def sample(self, question: Question) -> str:
        return self.listing(question).entries[0].code

    def reads_as(self, question: Question) -> ValueType:
        return ValueType("text", values=self.listing(question).codes)

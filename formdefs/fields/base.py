"""What every field type gives, and the sentences that several of them share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from formdefs.context import Context
from formdefs.definition import Choice, Question, ValueType
from formdefs.errors import Invalid, gettext_noop

ANNOTATIONS = frozenset(
    {"title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment"}
)
STRING_KEYWORDS = frozenset({"minLength", "maxLength", "pattern"})
NUMBER_KEYWORDS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})
LIST_KEYWORDS = frozenset({"minItems", "maxItems", "uniqueItems", "items"})

# A lone surrogate cannot be written in UTF-8, nor a NUL in PostgreSQL; the other controls and the
# direction marks would let a text show otherwise than it reads.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)

SHARED_MESSAGES: Mapping[str, str] = {
    "type": gettext_noop("Cette réponse n’a pas la forme attendue. Saisissez-la de nouveau."),
    "characters": gettext_noop(
        "Ce texte contient un caractère invisible qui ne peut pas être gardé. Retapez-le sans copier-coller."
    ),
    "pattern": gettext_noop("Cette réponse n’a pas la forme demandée. Relisez l’aide de la question."),
    "minLength": gettext_noop("Écrivez au moins {limit} caractères : il en manque {gap}."),
    "maxLength": gettext_noop("Écrivez au plus {limit} caractères : il y en a {gap} de trop."),
    "minimum": gettext_noop("Indiquez au moins {limit}."),
    "maximum": gettext_noop("Indiquez au plus {limit}."),
    "exclusiveMinimum": gettext_noop("Indiquez plus de {limit}."),
    "exclusiveMaximum": gettext_noop("Indiquez moins de {limit}."),
    "multipleOf": gettext_noop("Indiquez un multiple de {limit}."),
    "minItems": gettext_noop("Il en faut au moins {limit} : il en manque {gap}."),
    "maxItems": gettext_noop("Il en faut au plus {limit} : il y en a {gap} de trop."),
    "uniqueItems": gettext_noop("La même réponse est donnée deux fois. Retirez-en une."),
    "const": gettext_noop("Cette réponse n’est pas celle qui est attendue."),
    "enum": gettext_noop("Cette réponse ne fait pas partie de celles qui sont possibles."),
}


FAMILIES = (
    "Texte",
    "Nombres",
    "Dates",
    "Choix",
    "Identité et contact",
    "Identifiants",
    "Lieux",
    "Fichiers",
    "Structure",
)


class FieldType:
    """A type of question: how it is recognised, asked, judged, shown and exported.

    A type has no state: the registry keeps one instance of each.
    """

    slug: ClassVar[str]
    # What the palette of the editor shows and searches; `family` is one of FAMILIES.
    title: ClassVar[str]
    family: ClassVar[str]
    description: ClassVar[str]
    synonyms: ClassVar[tuple[str, ...]]
    control: ClassVar[str] = "text"
    json_type: ClassVar[str] = "string"
    # Said beside every question of the type: the form expected, with an example.
    format_hint: ClassVar[str] = ""
    # The category of personal data that its answers are, unless the author says otherwise.
    personal: ClassVar[str] = ""
    # A text in the form, that asks nothing.
    static: ClassVar[bool] = False
    # Its answers name files that are given for it.
    takes_files: ClassVar[bool] = False
    # What was accepted once is for good: neither the day, the files, the applicant nor a list changes it.
    lasting: ClassVar[bool] = False
    # JSON Schema keywords that an author may write, and those that `clean` holds by itself.
    keywords: ClassVar[frozenset[str]] = frozenset()
    ensured: ClassVar[frozenset[str]] = frozenset()
    options_schema: ClassVar[Mapping[str, Any]] = {"properties": {}}
    # Options that hold rules: they have screens of their own.
    rules_schema: ClassVar[Mapping[str, Any]] = {}
    # `mask` is how a number is spaced out once it is left ("3 3 3 5"): never while typing, never judged.
    presets: ClassVar[Mapping[str, Any]] = {}
    messages: ClassVar[Mapping[str, str]] = {}
    # The registry asks the types of highest rank first whether a schema is theirs.
    rank: ClassVar[int] = 0

    def infer(self, schema: Mapping[str, Any]) -> bool:
        """Whether a schema without `x-field.type` is of this type."""
        return False

    def flaws(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[str, ...]:
        """French sentences on what an author wrote that options_schema cannot say."""
        return ()

    def control_of(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> str:
        """The control that asks this question."""
        return self.control

    def choices(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[Choice, ...]:
        """The answers to choose from, in the author's order."""
        return ()

    def parts(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[Question, ...]:
        """The questions of which a compound answer is made, each with an input of its own."""
        return ()

    def split(self, question: Question, value: Any) -> Mapping[str, Any]:
        """The values of the parts of a compound answer."""
        return {}

    def matches(self, question: Question, typed: str) -> tuple[Choice, ...]:
        """The answers of a long list that what is being typed may mean, the likeliest first."""
        return ()

    def typed(self, question: Question, raw: Any) -> Any:
        """What the control shows of a raw answer."""
        return raw

    def clean(self, question: Question, raw: Any, context: Context) -> Any:
        """The value of what was typed, None when nothing was; raises Invalid."""
        raise NotImplementedError

    def lasts(self, question: Question) -> bool:
        """Whether an answer to this question, once accepted, need not be looked at again."""
        return self.lasting

    def complete(self, question: Question, value: Any, context: Context) -> bool:
        """Whether a value that is not None answers the whole question."""
        return True

    def missing(self, question: Question, value: Any, context: Context) -> Mapping[str, Any]:
        """What the sentence "required" needs to say of an incomplete answer."""
        return {}

    def bound(self, question: Question, limit: int) -> str:
        """A bound of the schema, as a sentence says it."""
        return str(limit)

    def text(self, question: Question, value: Any, context: Context) -> str:
        """The value as a French reader expects it."""
        return str(value)

    def cell(self, question: Question, value: Any) -> object:
        """The value for a spreadsheet."""
        return value

    def sample(self, question: Question) -> Any:
        """A value that this question accepts."""
        raise NotImplementedError

    def raw(self, question: Question, value: Any) -> Any:
        """What would have to be typed to give that value."""
        return value

    def reads_as(self, question: Question) -> ValueType:
        """What expressions see: a whole number is in units of its last of the option `places`."""
        if self.json_type == "integer":
            return ValueType("number", places=int(question.options.get("places", 0)))
        return ValueType({"string": "text"}.get(self.json_type, self.json_type))


def typed_text(raw: Any) -> str | None:
    """One line of typed text, tidied; None when there is none; Invalid when it is no text."""
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise Invalid("type")
    return tidy(str(raw)) or None


def tidy(text: str, *, lines: bool = False) -> str:
    """The text in NFC without surrounding or doubled blanks; raises Invalid on hidden characters.

    With `lines`, only line ends are made uniform and the ends trimmed.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    if _FORBIDDEN.search(text):
        raise Invalid("characters")
    text = unicodedata.normalize("NFC", text)
    if lines:
        return text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return " ".join(part for part in re.split(r"[ \t\r\n]+", text.strip()) if part)


def compact(text: str) -> str:
    """The text without the blanks, dots, hyphens and slashes with which people space a number out."""
    return re.sub(r"[\s.\-/_]", "", text).upper()


def bounded(question: Question, value: str, said: Callable[[str], str], *, today: str = "") -> str:
    """The value when it stands between the options `min` and `max`, where "today" is `today`.

    Else raises Invalid, "<type>.early" or ".late", whose `limit` is the bound as `said` says it.
    """
    earliest, latest = (
        today if bound == "today" else bound for bound in map(question.options.get, ("min", "max"))
    )
    if earliest and value < earliest:
        raise Invalid(f"{question.type.slug}.early", limit=said(earliest))
    if latest and value > latest:
        raise Invalid(f"{question.type.slug}.late", limit=said(latest))
    return value


def check_length(question: Question, text: str, *, at_most: int) -> str:
    """The text when its length is what the schema asks, and `at_most` where it asks nothing."""
    least = int(question.schema.get("minLength", 0))
    most = int(question.schema.get("maxLength", at_most))
    if len(text) > most:
        raise Invalid("maxLength", limit=most, gap=len(text) - most)
    if len(text) < least:
        raise Invalid("minLength", limit=least, gap=least - len(text))
    return text

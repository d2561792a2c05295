"""The démarche as loaded: plain, frozen descriptions that hold no rule of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar, Protocol
from zoneinfo import ZoneInfo

from formdefs.context import Context


@dataclass(frozen=True)
class ValueType:
    """What an expression may expect of a value.

    `kind` is boolean, number, quotient, text, date, list, row or null; `values` are the only texts
    possible. A number is a whole one in units of its last of `places`, None standing for a constant
    that takes the unit of what it is put beside; `money` is in euros, cents when `places` is 2.
    """

    kind: str
    item: ValueType | None = None
    columns: Mapping[str, ValueType] = field(default_factory=dict)
    values: frozenset[str] | None = None
    places: int | None = 0
    money: bool = False


class AnswerType(Protocol):
    """What the rest of the house may ask of a field type (see `formdefs.fields.base.FieldType`)."""

    slug: ClassVar[str]
    title: ClassVar[str]
    json_type: ClassVar[str]
    messages: ClassVar[Mapping[str, str]]
    ensured: ClassVar[frozenset[str]]
    static: ClassVar[bool]
    takes_files: ClassVar[bool]
    format_hint: ClassVar[str]

    def matches(self, question: Question, typed: str) -> tuple[Choice, ...]: ...
    def typed(self, question: Question, raw: Any) -> Any: ...
    def split(self, question: Question, value: Any) -> Mapping[str, Any]: ...
    def control_of(self, schema: Mapping[str, Any], options: Mapping[str, Any]) -> str: ...
    def clean(self, question: Question, raw: Any, context: Context) -> Any: ...
    def complete(self, question: Question, value: Any, context: Context) -> bool: ...
    def lasts(self, question: Question) -> bool: ...
    def missing(self, question: Question, value: Any, context: Context) -> Mapping[str, Any]: ...
    def bound(self, question: Question, limit: int) -> str: ...
    def text(self, question: Question, value: Any, context: Context) -> str: ...
    def cell(self, question: Question, value: Any) -> object: ...
    def sample(self, question: Question) -> Any: ...
    def raw(self, question: Question, value: Any) -> Any: ...
    def reads_as(self, question: Question) -> ValueType: ...


class Expression(Protocol):
    """A rule of the definition, parsed and checked."""

    @property
    def source(self) -> Any: ...
    @property
    def node(self) -> Any: ...
    @property
    def type(self) -> ValueType: ...
    @property
    def reads(self) -> frozenset[tuple[int, str]]: ...
    def value(self, scope: Any) -> Any: ...
    def holds(self, scope: Any) -> bool: ...


@dataclass(frozen=True)
class LocalTime:
    """A minute on the wall clock of a place."""

    wall: datetime
    zone: str

    def begins(self) -> datetime:
        """The first instant of that minute, in UTC."""
        return self.wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def ends(self) -> datetime:
        """The instant when that minute is over, in UTC: a limit at 23:59 ends at 24:00.

        Where the clock shows the minute twice, the second one counts: a limit is read in the
        applicant's favour.
        """
        wall = self.wall.replace(tzinfo=ZoneInfo(self.zone), fold=1)
        return wall.astimezone(UTC) + timedelta(minutes=1)

    def __str__(self) -> str:
        return self.wall.strftime("%Y-%m-%dT%H:%M")


@dataclass(frozen=True)
class Words:
    """The démarche's own words: how a dossier is called ("m" or "f"), what its button says."""

    dossier: str = "dossier"
    dossier_gender: str = "m"
    dossier_plural: str = "dossiers"
    submit: str = "Transmettre votre dossier"

    @property
    def Dossier(self) -> str:
        """The word at the beginning of a sentence."""
        return self.dossier[:1].upper() + self.dossier[1:]

    @property
    def the_dossier(self) -> str:
        """The word with its article: « la candidature », « l’offre », « le dossier »."""
        if self.dossier[:1].lower() in "aeiouyéèêàâîôûœ":
            return f"l’{self.dossier}"
        return f"{'la' if self.dossier_gender == 'f' else 'le'} {self.dossier}"

    @property
    def your_dossier(self) -> str:
        """« votre candidature »."""
        return f"votre {self.dossier}"


@dataclass(frozen=True)
class Applicants:
    """Who may file. No organisation type named means any."""

    kinds: tuple[str, ...] = ("person", "organisation")
    organisation_types: tuple[str, ...] = ()
    account: str = "required"
    team: str = "assignee_only"


@dataclass(frozen=True)
class Opening:
    """The dates that the definition proposes; the live ones are kept beside it."""

    opens: LocalTime | None = None
    closes: LocalTime | None = None
    per_applicant: int | None = None


@dataclass(frozen=True)
class EntryRule:
    """A condition to begin a dossier, and what to say when it does not hold."""

    id: str
    when: Expression
    message: str


@dataclass(frozen=True)
class Role:
    """A reviewer's role; `scope` is the part of the applicant it is given for, or None for all."""

    id: str
    title: str
    scope: str | None = None


@dataclass(frozen=True)
class WorkingDays:
    """A time limit counted in working days."""

    days: int


@dataclass(frozen=True)
class Review:
    """One step of the review, skipped where its condition does not hold of the answers deposited."""

    id: str
    title: str
    role: str
    decisions: tuple[str, ...] = ("accept", "request_changes", "refuse")
    within: WorkingDays | None = None
    when: Expression | None = None


@dataclass(frozen=True)
class Choice:
    """One possible answer."""

    value: str
    label: str
    help: str = ""


@dataclass(frozen=True)
class Check:
    """What must be true of several answers together; else `message` is said at the question `at`."""

    id: str
    that: Expression
    message: str
    at: str


@dataclass(frozen=True, eq=False)
class Question:
    """One question of a form, or with `compute` a line that shows what is computed.

    `rows` are the questions of each row of a repeatable group, of which `checks` hold; `parts` those of a
    compound answer.
    """

    name: str
    title: str
    type: AnswerType
    control: str
    schema: Mapping[str, Any]
    help: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    required: bool = False
    when: Expression | None = None
    autocomplete: str = ""
    rows: tuple[Question, ...] = ()
    parts: tuple[Question, ...] = ()
    personal: str = ""
    internal: bool = False
    confidential: bool = False
    prefill: str = ""
    compute: Expression | None = None
    checks: tuple[Check, ...] = ()

    @property
    def holds_files(self) -> bool:
        """Whether files are given for it, for one of its parts or in its rows."""
        return self.type.takes_files or any(each.holds_files for each in (*self.parts, *self.rows))


@dataclass(frozen=True)
class Section:
    """A part of a page; `show` are the read-only facts above its questions, `show_titles` their names."""

    id: str
    title: str
    questions: tuple[Question, ...] = ()
    intro: str = ""
    when: Expression | None = None
    show: tuple[str, ...] = ()
    show_titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """One screen of questions."""

    id: str
    title: str
    sections: tuple[Section, ...] = ()
    intro: str = ""
    when: Expression | None = None


@dataclass(frozen=True, eq=False)
class Phase:
    """One form and its review; `schema` is the JSON Schema of its answers, as written."""

    id: str
    title: str
    pages: tuple[Page, ...]
    questions: Mapping[str, Question]
    schema: Mapping[str, Any]
    intro: str = ""
    first_deposit_by: LocalTime | None = None
    contacts: tuple[str, ...] = ()
    reviews: tuple[Review, ...] = ()
    checks: tuple[Check, ...] = ()

    @cached_property
    def holds_files(self) -> bool:
        """Whether files are given for one of its questions."""
        return any(question.holds_files for question in self.questions.values())

    def question_at(self, path: str) -> Question | None:
        """The question that a path names, in rows ("lots.r1.depenses.r2.montant") as at the top."""
        name, *below = path.split(".")
        question = self.questions.get(name)
        if len(below) % 2:
            return None
        for inner in below[1::2]:
            rows = question.rows if question is not None else ()
            question = next((each for each in rows if each.name == inner), None)
        return question

    def part_at(self, path: str) -> Question | None:
        """The part of a compound answer that a path names ("objectif.evidence")."""
        whole, _, name = path.rpartition(".")
        question = self.question_at(whole)
        return next((part for part in question.parts if part.name == name), None) if question else None


@dataclass(frozen=True, eq=False)
class Sheet:
    """One sheet of a workbook: facts, at most one table with its totals, then lines of one value each.

    `table` is a repeatable group of which each row is a row of the sheet; `each` names the list of the
    context that gives its rows where they are not the applicant's to choose, and `given` what fills which of
    its columns. `signed` sheets are printed
    alone, to be signed.
    """

    id: str
    title: str
    heading: str
    intro: str = ""
    show: tuple[str, ...] = ()
    show_titles: tuple[str, ...] = ()
    table: Question | None = None
    each: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    totals: Mapping[str, Question] = field(default_factory=dict)
    lines: tuple[Question, ...] = ()
    signed: bool = False


@dataclass(frozen=True, eq=False)
class Workbook:
    """A spreadsheet to fill in: its sheets, and the form that its cells are judged as.

    In `form`, a table is a repeatable group named as its sheet, a total or a line a computed question.
    """

    id: str
    title: str
    intro: str
    sheets: tuple[Sheet, ...]
    form: Phase


@dataclass(frozen=True, eq=False)
class Definition:
    """A whole démarche, with the canonical text it was read from."""

    text: str
    sha256: str
    document: Mapping[str, Any]
    id: str
    title: str
    phases: tuple[Phase, ...]
    summary: str = ""
    description: str = ""
    language: str = "fr"
    timezone: str = "Europe/Paris"
    kind: str = "case"
    words: Words = field(default_factory=Words)
    applicants: Applicants = field(default_factory=Applicants)
    opening: Opening = field(default_factory=Opening)
    entry_rules: tuple[EntryRule, ...] = ()
    roles: Mapping[str, Role] = field(default_factory=dict)
    workbooks: Mapping[str, Workbook] = field(default_factory=dict)

    @property
    def first_phase(self) -> Phase:
        """The phase that a new dossier begins with."""
        return self.phases[0]

    def phase(self, phase_id: str) -> Phase:
        """The phase of that id; KeyError when there is none."""
        for phase in self.phases:
            if phase.id == phase_id:
                return phase
        raise KeyError(phase_id)

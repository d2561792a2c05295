"""The language of démarches: what a definition says, and what follows from it."""

from formdefs.context import Context, FileFacts
from formdefs.definition import (
    Check,
    Choice,
    Definition,
    LocalTime,
    Page,
    Phase,
    Question,
    Review,
    Section,
    Sheet,
    Words,
    Workbook,
)
from formdefs.diff import Change, changes
from formdefs.dump import canonical, dump
from formdefs.entry import failed_entry_rules
from formdefs.errors import DefinitionError, DefinitionProblem, Invalid, Refused
from formdefs.evaluate import evaluate
from formdefs.expressions import Titles, say
from formdefs.fields.document import check_file
from formdefs.judgement import AnswerProblem, Judgement, PageState, QuestionState, SectionState
from formdefs.load import load
from formdefs.present import Line, PresentedRow, PresentedSection, present, shown
from formdefs.process import Action, Effect, Outcome, Process, State, apply, compile_process, skipped_reviews
from formdefs.sentences import sentence
from formdefs.strict import Unsaid, strict

__all__ = [
    "Action",
    "AnswerProblem",
    "Change",
    "Check",
    "Choice",
    "Context",
    "Definition",
    "DefinitionError",
    "DefinitionProblem",
    "Effect",
    "FileFacts",
    "Invalid",
    "Judgement",
    "Line",
    "LocalTime",
    "Outcome",
    "Page",
    "PageState",
    "Phase",
    "PresentedRow",
    "PresentedSection",
    "Process",
    "Question",
    "QuestionState",
    "Refused",
    "Review",
    "Section",
    "SectionState",
    "Sheet",
    "State",
    "Titles",
    "Unsaid",
    "Words",
    "Workbook",
    "apply",
    "canonical",
    "changes",
    "check_file",
    "compile_process",
    "dump",
    "evaluate",
    "failed_entry_rules",
    "load",
    "present",
    "say",
    "sentence",
    "shown",
    "skipped_reviews",
    "strict",
]

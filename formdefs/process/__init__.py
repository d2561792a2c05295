"""What may happen to a dossier: the graph that a definition compiles to, and its one step forward."""

from formdefs.process.apply import Effect, Outcome, apply
from formdefs.process.graph import APPLICANT, Action, Process, State, compile_process
from formdefs.process.skipping import skipped_reviews

__all__ = [
    "APPLICANT",
    "Action",
    "Effect",
    "Outcome",
    "Process",
    "State",
    "apply",
    "compile_process",
    "skipped_reviews",
]

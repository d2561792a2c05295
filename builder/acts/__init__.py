"""Every act of the editor as a function from a document to an invertible patch; no framework, no I/O."""

from builder.acts.difference import difference
from builder.acts.documents import Impossible, Target, target_of
from builder.acts.patches import ABSENT, Changed, Op, Patch, apply, inverse, read, written
from builder.acts.performing import Asked, Performed, perform
from builder.acts.questions import Done

__all__ = [
    "ABSENT",
    "Asked",
    "Changed",
    "Done",
    "Impossible",
    "Op",
    "Patch",
    "Performed",
    "Target",
    "apply",
    "difference",
    "inverse",
    "perform",
    "read",
    "target_of",
    "written",
]

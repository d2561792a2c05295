"""Which steps of the review a dossier does not go through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.context import Context
from formdefs.definition import Phase
from formdefs.expressions import Scope


def skipped_reviews(phase: Phase, answers: Mapping[str, Any], context: Context) -> frozenset[str]:
    """The ids of the steps whose condition does not hold of the answers deposited."""
    scope = Scope(answers, context.roots)
    return frozenset(
        review.id for review in phase.reviews if review.when is not None and not review.when.holds(scope)
    )

"""Mending a draft that does not load, where that is sure."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from builder.acts import difference
from builder.acts.documents import PROCEDURE, WHOLE, Target
from builder.acts.mending import Mend, mend_of
from builder.journal.outcomes import Refusal
from builder.journal.selectors import locked_draft
from builder.journal.writing import Kept, definition_in, drop_undone, row_of, write
from formdefs import DefinitionError, DefinitionProblem, dump
from formdefs.dump import parse
from runtime.procedures.definitions import draft_definition
from runtime.procedures.models import Procedure
from tenants.accounts.models import User

MOST = 100


def mends_of(text: str) -> tuple[tuple[DefinitionProblem, str], ...]:
    """The problems of a draft, each with what surely mends it, "" where nothing does."""
    try:
        draft_definition(text)
    except DefinitionError as error:
        document = _parsed(text)
        return tuple((problem, _said(document, problem)) for problem in error.problems)
    return ()


def _said(document: Any, problem: DefinitionProblem) -> str:
    mend = mend_of(document, problem) if document is not None else None
    return _(mend.said) if mend else ""


@transaction.atomic
def mend(*, procedure: Procedure, by: User, pointer: str | None = None) -> Kept:
    """Mend what is wrong at a place, or all that surely can be. Raises Refusal."""
    procedure = locked_draft(procedure, by)
    text = procedure.draft_text
    document = _parsed(text)
    first, count, said = document, 0, ""
    while document is not None and count < MOST and (found := _next(document, pointer)) is not None:
        document, count, said = found.document, count + 1, _(found.said)
        if pointer is not None:
            break
    if not count:
        raise Refusal(_("Rien ici ne se corrige sûrement : corrigez le texte dans l’onglet Expert."))
    after = dump(document)
    write(procedure, after, by, definition_in(after))
    said = said if count == 1 else _("{count} corrections").format(count=count)
    row = row_of(procedure, by, "mend", said, difference(first, document))
    row.at = row.then = str(Target(PROCEDURE, WHOLE))
    # What does not load comes back only as the text that it was.
    row.text_before, row.text_after = text, after
    drop_undone(procedure, by)
    row.save()
    return Kept(procedure, said, Target(PROCEDURE, WHOLE), None, definition_in(after))


def _next(document: Any, pointer: str | None) -> Mend | None:
    """The first sure mend, of a problem at `pointer` where that is told."""
    try:
        draft_definition(dump(document))
    except DefinitionError as error:
        wanted = [each for each in error.problems if pointer in (None, each.pointer)]
        return next((mend for each in wanted if (mend := mend_of(document, each)) is not None), None)
    return None


def _parsed(text: str) -> Any:
    try:
        return parse(text)
    except DefinitionError:
        return None

"""Writing a draft: its text, its revision, and the row of the journal that says how to take it back."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from builder.acts import Patch, Target, written
from builder.acts.breakages import broken_parts
from builder.acts.documents import target_of
from builder.journal.outcomes import Refusal, StillRead, Unreadable
from formdefs import Definition, DefinitionError, dump
from formdefs.dump import parse
from runtime.procedures.definitions import draft_definition
from runtime.procedures.models import DraftAct, Procedure
from tenants.accounts.models import User

LONGEST_SAYING = 700


@dataclass(frozen=True)
class Kept:
    """A draft after an act: what was done, the definitions before and after, what is selected."""

    procedure: Procedure
    said: str
    select: Target
    before: Definition | None
    after: Definition | None
    changed: bool = True


def already(procedure: Procedure, done: DraftAct, now: Definition | None, said: str = "") -> Kept:
    """An act that was done before, told again with all the draft as it now is."""
    return Kept(procedure, said or done.said, target_of(done.then), None, now)


def read_draft(procedure: Procedure) -> tuple[Any, Definition]:
    try:
        return parse(procedure.draft_text), draft_definition(procedure.draft_text)
    except DefinitionError as error:
        raise Unreadable(error.problems) from error


def loaded(text: str) -> Definition:
    try:
        return draft_definition(text)
    except DefinitionError as error:
        problem = error.problems[0].message
        raise Refusal(_("Impossible : {problem}").format(problem=problem)) from error


def loaded_without(text: str, document: Any, title: str) -> Definition:
    """What is left once a part was taken out. Raises StillRead where other parts need it, else Refusal."""
    try:
        return draft_definition(text)
    except DefinitionError as error:
        readers = broken_parts(document, (problem.pointer for problem in error.problems))
        if readers:
            raise StillRead(title, readers) from error
    return loaded(text)


def write(procedure: Procedure, text: str, by: User, definition: Definition | None) -> None:
    procedure.draft_text = text
    procedure.draft_revision += 1
    procedure.draft_by = by
    fields = ["draft_text", "draft_revision", "draft_by", "draft_at"]
    if procedure.current_version_id is None and definition is not None:
        procedure.title = definition.title[: Procedure._meta.get_field("title").max_length]
        fields.append("title")
    procedure.save(update_fields=fields)


def row_of(procedure: Procedure, by: User, name: str, said: str, patch: Patch) -> DraftAct:
    return DraftAct(
        portal_id=procedure.portal_id,
        procedure=procedure,
        number=procedure.draft_revision,
        name=name,
        said=said[:LONGEST_SAYING],
        patch=written(patch),
        by=by,
    )


def keep_texts(row: DraftAct, before: str, document: Any, after: str) -> None:
    """Keep the texts whole where a patch could not give them back byte for byte."""
    if document is None or dump(document) != before:
        row.text_before, row.text_after = before, after


def drop_undone(procedure: Procedure, by: User) -> None:
    """A new act ends what could be redone."""
    procedure.acts.filter(by=by, state=DraftAct.State.UNDONE).update(state=DraftAct.State.DROPPED)


def definition_in(text: str) -> Definition | None:
    try:
        return draft_definition(text)
    except DefinitionError:
        return None

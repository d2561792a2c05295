"""Undoing, doing again and putting back: acts carried back and forth, each in one transaction."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from builder.acts import Changed, Op, apply, inverse, read, target_of
from builder.acts.places import overlap, pointer, same
from builder.journal.outcomes import Overtaken, Refusal, Unreadable
from builder.journal.selectors import locked_draft, redoable, undoable
from builder.journal.writing import (
    Kept,
    already,
    definition_in,
    drop_undone,
    loaded,
    read_draft,
    row_of,
    write,
)
from formdefs import DefinitionError, dump
from formdefs.dump import parse
from runtime.procedures.models import DraftAct, Procedure
from tenants.accounts.models import User


@transaction.atomic
def undo(*, procedure: Procedure, by: User, insist: bool = False, revision: int | None = None) -> Kept:
    """Undo the person's own last act. Raises Refusal (Overtaken where somebody changed it since).

    A page that knows a `revision` and has not heard that it was done since is told so: not two are undone.
    """
    procedure = locked_draft(procedure, by)
    if done := _carried_since(procedure, by, revision, kind=DraftAct.Kind.UNDO):
        return already(procedure, done, definition_in(procedure.draft_text), _undone(done))
    last = undoable(procedure, by)
    if last is None:
        raise Refusal(_("Il n’y a rien à annuler."))
    return _carry(procedure, by, last, back=True, insist=insist)


@transaction.atomic
def redo(*, procedure: Procedure, by: User, insist: bool = False, revision: int | None = None) -> Kept:
    """Do again what the person last undid, once for a `revision` that a page knows. Raises Refusal."""
    procedure = locked_draft(procedure, by)
    if done := _carried_since(procedure, by, revision, kind=DraftAct.Kind.REDO):
        return already(procedure, done, definition_in(procedure.draft_text), _redone(done))
    last = redoable(procedure, by)
    if last is None:
        raise Refusal(_("Il n’y a rien à rétablir."))
    return _carry(procedure, by, last, back=False, insist=insist)


@transaction.atomic
def restore(*, procedure: Procedure, number: int, by: User, revision: int | None = None) -> Kept:
    """Put back what somebody's act took out, as an act of one's own. Raises Refusal."""
    procedure = locked_draft(procedure, by)
    if done := _carried_since(procedure, by, revision, name="restore"):
        return already(procedure, done, definition_in(procedure.draft_text))
    theirs = procedure.acts.filter(number=number, name="delete").first()
    if theirs is None:
        raise Refusal(_("Il n’y a rien à rétablir."))
    document, before = read_draft(procedure)
    patch = inverse(read(theirs.patch))
    text = dump(_replayed(procedure, document, patch, theirs, insist=False))
    after = loaded(text)
    said = _("rétablissement de {said}").format(said=theirs.said)
    write(procedure, text, by, after)
    row = row_of(procedure, by, "restore", said, patch)
    row.at, row.then = theirs.then, theirs.at
    drop_undone(procedure, by)
    row.save()
    return Kept(procedure, said, target_of(theirs.at), before, after)


def _carry(procedure: Procedure, by: User, last: DraftAct, *, back: bool, insist: bool) -> Kept:
    """Undo an act (`back`) or do it again, and journal that."""
    known, wanted = last.text_after, last.text_before
    if not back:
        known, wanted = wanted, known
    patch = inverse(read(last.patch)) if back else read(last.patch)
    before = definition_in(procedure.draft_text)
    if known is not None and wanted is not None and procedure.draft_text == known:
        text = wanted
    else:
        try:
            document = parse(procedure.draft_text)
        except DefinitionError as error:
            raise Unreadable(error.problems) from error
        replayed = _replayed(procedure, document, patch, last, insist=insist)
        text = _as_written(dump(replayed), wanted, replayed)
        loaded(text)
    after = definition_in(text)
    select = target_of(last.at if back else last.then)
    kind = DraftAct.Kind.UNDO if back else DraftAct.Kind.REDO
    write(procedure, text, by, after)
    row = row_of(procedure, by, last.name, last.said, patch)
    row.kind, row.of = kind, last
    row.at, row.then = (last.then, last.at) if back else (last.at, last.then)
    row.save()
    last.state = DraftAct.State.UNDONE if back else DraftAct.State.DONE
    last.save(update_fields=("state",))
    return Kept(procedure, _undone(last) if back else _redone(last), select, before, after)


def _undone(act: DraftAct) -> str:
    return _("Annulé : {said}").format(said=act.said)


def _redone(act: DraftAct) -> str:
    return _("Rétabli : {said}").format(said=act.said)


def _carried_since(procedure: Procedure, by: User, revision: int | None, **which: str) -> DraftAct | None:
    """What the person carried since the revision that their page knows: its answer was lost."""
    if revision is None or revision >= procedure.draft_revision:
        return None
    return procedure.acts.filter(by=by, number__gt=revision, **which).order_by("number").first()


def _as_written(text: str, wanted: str | None, document: Any) -> str:
    """The text as its author had written it, where that says the same."""
    try:
        return wanted if wanted is not None and same(parse(wanted), document) else text
    except DefinitionError:
        return text


def _replayed(
    procedure: Procedure, document: Any, patch: Iterable[Op], last: DraftAct, *, insist: bool
) -> Any:
    try:
        return apply(document, patch, insist=insist)
    except Changed as changed:
        place = pointer(changed.op.path)
        others = procedure.acts.filter(number__gt=last.number).exclude(by=last.by).select_related("by")
        found = next(
            (o for o in others if any(overlap(pointer(op.path), place) for op in read(o.patch))), None
        )
        raise Overtaken(last, found) from changed

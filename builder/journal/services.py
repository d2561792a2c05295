"""What is done to a draft, each time in one transaction: lock, perform, judge, write, journal."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from builder.acts import Asked, Performed, difference, perform
from builder.acts.documents import (
    PAGE,
    QUESTION,
    SECTION,
    Impossible,
    Target,
    path_to,
    stands,
    target_of,
    title_of,
)
from builder.acts.patches import Edit
from builder.acts.readers import read_too_early, readers_of
from builder.acts.requirement import names_under
from builder.journal.clashes import SETTING, look_for_conflict
from builder.journal.outcomes import Gone, Refusal, StillRead
from builder.journal.selectors import RENAMING, acts_since, frozen_names, locked_draft, takes_out
from builder.journal.writing import (
    LONGEST_SAYING,
    Kept,
    already,
    definition_in,
    drop_undone,
    keep_texts,
    loaded,
    loaded_without,
    read_draft,
    row_of,
    write,
)
from formdefs import Definition, DefinitionError, dump
from formdefs.dump import parse
from runtime.procedures.models import DraftAct, Procedure
from runtime.procedures.services import StaleDraft
from tenants.accounts.models import User


@transaction.atomic
def act(*, procedure: Procedure, asked: Asked, revision: int, by: User, insist: bool = False) -> Kept:
    """Do one act on a draft. `revision` is the draft's that the person saw.

    Raises Unreadable, Refusal (with its kinds Conflict, StillRead, Gone) or Forbidden. To `insist` writes
    over what somebody else gave to the same property.
    """
    procedure = locked_draft(procedure, by)
    document, before = read_draft(procedure)
    known = acts_since(procedure, revision)
    since = [each for each in known if each.by_id != by.pk]
    asked = replace(
        asked,
        at=_followed(asked.at, since, document),
        several=tuple(_followed(each, since, document) for each in asked.several),
        frozen=frozen_names(procedure),
        slug=procedure.slug,
    )
    mine = [each for each in known if each.by_id == by.pk]
    if asked.act == "delete" and not stands(document, asked.at) and (done := _done_before(mine, asked)):
        return already(procedure, done, before)
    if not insist:
        look_for_conflict(document, asked, since)
    if asked.act == "delete":
        _look_for_readers(before, document, frozenset(asked.several or (asked.at,)))
    performed = _performed(document, asked)
    said = _(performed.done.message).format(**performed.done.params)
    if asked.act not in SETTING and (done := _done_before(mine, asked, said)):
        return already(procedure, done, before)
    if not performed.patch:
        return Kept(procedure, said, performed.done.select, before, before, changed=False)
    text = dump(performed.document)
    deleted = performed.done.params.get("title") if asked.act == "delete" else None
    after = loaded(text) if deleted is None else loaded_without(text, performed.document, deleted)
    if asked.act == "move":
        _look_for_order(before, after, document)
    raw = procedure.draft_text
    write(procedure, text, by, after)
    row = row_of(procedure, by, asked.act, said, performed.patch)
    row.at, row.then = str(asked.at), str(performed.done.select)
    keep_texts(row, raw, document, text)
    drop_undone(procedure, by)
    row.save()
    return Kept(procedure, said, performed.done.select, before, after)


def _done_before(mine: Iterable[DraftAct], asked: Asked, said: str = "") -> DraftAct | None:
    """The person's own act that this one repeats: the page that sends it does not know that it was done.

    An answer was lost and the act sent again, or a button was pressed twice.
    """
    same = (DraftAct.Kind.ACT, asked.act, str(asked.at))
    found = (each for each in mine if (each.kind, each.name, each.at) == same)
    return next((each for each in found if not said or each.said == said[:LONGEST_SAYING]), None)


def _performed(document: Any, asked: Asked) -> Performed:
    try:
        return perform(document, asked)
    except Impossible as error:
        raise Refusal(_(error.message).format(**error.params)) from error


def _followed(at: Target, since: Iterable[DraftAct], document: Any) -> Target:
    """The part that a target has become: another's new title may have changed its identity."""
    for each in since:
        if each.at == str(at) != each.then and each.name in RENAMING:
            at = target_of(each.then)
        elif each.name == "delete" and not stands(document, at) and takes_out(each, at):
            raise Gone(each)
    return at


def _look_for_readers(before: Definition, document: Any, targets: frozenset[Target]) -> None:
    """What goes is read by no rule that stays."""
    names: dict[str, str] = {}
    for at in targets:
        if at.kind == QUESTION:
            names[at.id] = title_of(document, at.id)
        elif at.kind in (SECTION, PAGE) and (part := _part(document, at)) is not None:
            names |= dict.fromkeys(names_under(part), part["title"])
    readers = readers_of(before, frozenset(names), leaving=targets)
    if readers:
        raise StillRead(names[readers[0].reads], readers)


def _part(document: Any, at: Target) -> Any:
    try:
        return Edit(document).get(path_to(document, at))
    except (Impossible, KeyError):
        return None


def _look_for_order(before: Definition, after: Definition, document: Any) -> None:
    """A move does not put a question above one that its rule reads."""
    for reader, name in sorted(read_too_early(after) - read_too_early(before)):
        raise Refusal(
            _("Impossible ici : la règle de « {reader} » lit « {title} », qui viendrait après.").format(
                reader=title_of(document, reader), title=title_of(document, name)
            )
        )


@transaction.atomic
def save_text(*, procedure: Procedure, text: str, revision: int, by: User) -> Procedure:
    """Keep a whole text as the draft, as typed when it does not parse. Raises StaleDraft or Forbidden.

    A draft may be invalid: only publication and the visual panes ask for a definition that loads.
    """
    procedure = locked_draft(procedure, by)
    text, raw = text.replace("\r\n", "\n"), procedure.draft_text
    if text == raw:
        return procedure
    if procedure.draft_revision != revision:
        raise StaleDraft(procedure)
    old, new = _parsed(raw), _parsed(text)
    patch = difference(old, new) if old is not None and new is not None else ()
    write(procedure, text, by, definition_in(text))
    row = row_of(procedure, by, "text", _("texte de la définition"), patch)
    row.at = row.then = "d/demarche"
    if old is None or new is None or dump(old) != raw or dump(new) != text:
        row.text_before, row.text_after = raw, text
    drop_undone(procedure, by)
    row.save()
    return procedure


def _parsed(text: str) -> Any:
    try:
        return parse(text)
    except DefinitionError:
        return None

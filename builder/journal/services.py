"""What is done to a draft, each time in one transaction: lock, perform, judge, write, journal."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from builder.acts import Asked, Changed, Patch, Performed, apply, difference, inverse, perform, read, written
from builder.acts.documents import PAGE, QUESTION, SECTION, Impossible, Target, path_to, target_of, title_of
from builder.acts.patches import ABSENT, Edit, Op
from builder.acts.places import Missing, overlap, path_of, pointer, same
from builder.acts.places import at as standing_at
from builder.acts.readers import read_too_early, readers_of
from builder.acts.requirement import names_under
from builder.journal.outcomes import Clash, Conflict, Gone, Overtaken, Refusal, StillRead, Unreadable
from builder.journal.selectors import frozen_names, locked_draft, redoable, undoable
from formdefs import Definition, DefinitionError, dump
from formdefs.dump import parse
from runtime.dates import hour_in_full
from runtime.procedures.definitions import draft_definition
from runtime.procedures.models import DraftAct, Procedure
from runtime.procedures.services import StaleDraft
from tenants.accounts.models import User

SETTING = frozenset({"set", "retitle", "type"})
"""Acts on a property, which two people may give two values."""
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


@transaction.atomic
def act(*, procedure: Procedure, asked: Asked, revision: int, by: User, insist: bool = False) -> Kept:
    """Do one act on a draft. `revision` is the draft's that the person saw.

    Raises Unreadable, Refusal (with its kinds Conflict, StillRead, Gone) or Forbidden. To `insist` writes
    over what somebody else gave to the same property.
    """
    procedure = locked_draft(procedure, by)
    document, before = _read(procedure)
    since = _since(procedure, revision, by)
    asked = Asked(
        asked.act, _followed(asked.at, since, document), asked.args, frozen_names(procedure), procedure.slug
    )
    if not insist:
        _look_for_conflict(document, asked, since)
    if asked.act == "delete":
        _look_for_readers(before, document, asked.at)
    performed = _performed(document, asked)
    said = _(performed.done.message).format(**performed.done.params)
    if not performed.patch:
        return Kept(procedure, said, performed.done.select, before, before, changed=False)
    text = dump(performed.document)
    after = _loaded(text)
    if asked.act == "move":
        _look_for_order(before, after, document)
    raw = procedure.draft_text
    _write(procedure, text, by, after)
    row = _row(procedure, by, asked.act, said, performed.patch)
    row.at, row.then = str(asked.at), str(performed.done.select)
    _keep_texts(row, raw, document, text)
    _drop_undone(procedure, by)
    row.save()
    return Kept(procedure, said, performed.done.select, before, after)


def _read(procedure: Procedure) -> tuple[Any, Definition]:
    try:
        return parse(procedure.draft_text), draft_definition(procedure.draft_text)
    except DefinitionError as error:
        raise Unreadable(error.problems) from error


def _loaded(text: str) -> Definition:
    try:
        return draft_definition(text)
    except DefinitionError as error:
        problem = error.problems[0].message
        raise Refusal(_("Impossible : {problem}").format(problem=problem)) from error


def _performed(document: Any, asked: Asked) -> Performed:
    try:
        return perform(document, asked)
    except Impossible as error:
        raise Refusal(_(error.message).format(**error.params)) from error


def _since(procedure: Procedure, revision: int, by: User) -> list[DraftAct]:
    """What others did since a revision, in order; no statement where nothing happened."""
    if revision >= procedure.draft_revision:
        return []
    acts = procedure.acts.filter(number__gt=revision).exclude(by=by).select_related("by")
    return list(acts.order_by("number"))


def _followed(at: Target, since: Iterable[DraftAct], document: Any) -> Target:
    """The part that a target has become: another's new title may have changed its identity."""
    for each in since:
        if each.at == str(at) != each.then and each.name in SETTING:
            at = target_of(each.then)
        elif each.at == str(at) and each.name == "delete" and not _stands(document, at):
            raise Gone(each)
    return at


def _stands(document: Any, at: Target) -> bool:
    try:
        path_to(document, at)
    except (Impossible, KeyError):
        return False
    return True


def _look_for_conflict(document: Any, asked: Asked, since: list[DraftAct]) -> None:
    if asked.act not in SETTING or not since:
        return
    wanted = _wanted(document, asked)
    for other in reversed(since):
        for op in read(other.patch):
            for place, value in wanted.items():
                if overlap(pointer(op.path), place) and not _same_value(document, place, value):
                    raise Conflict(_clash(document, asked, place, value, other))


def _wanted(document: Any, asked: Asked) -> dict[str, Any]:
    """The properties that an act gives values to, by their pointers."""
    try:
        base = path_to(document, asked.at)
    except Impossible:
        return {}
    if asked.act == "retitle":
        return {pointer((*base, "title")): asked.args.get("title", "")}
    if asked.act == "type":
        return {pointer((*base, "x-field", "type")): asked.args.get("kind", "")}
    return {pointer((*base, *path)): value for path, value in asked.args["values"].items()}


def _value_at(document: Any, place: str) -> Any:
    try:
        return standing_at(document, path_of(place))
    except Missing:
        return ABSENT


def _same_value(document: Any, place: str, value: Any) -> bool:
    now = _value_at(document, place)
    return (now is value) if ABSENT in (now, value) else same(now, value)


def _clash(document: Any, asked: Asked, place: str, value: Any, other: DraftAct) -> Clash:
    theirs = _value_at(document, place)
    return Clash(
        label=str(asked.args.get("label") or _("l’intitulé")),
        mine=None if value is ABSENT else value,
        theirs=None if theirs is ABSENT else theirs,
        by=str(other.by),
        at=hour_in_full(other.time),
    )


def _look_for_readers(before: Definition, document: Any, at: Target) -> None:
    if at.kind == QUESTION:
        names, title = frozenset({at.id}), title_of(document, at.id)
    elif at.kind in (SECTION, PAGE):
        try:
            part = Edit(document).get(path_to(document, at))
        except (Impossible, KeyError):
            return
        names, title = frozenset(names_under(part)), part["title"]
    else:
        return
    readers = readers_of(before, names)
    if readers:
        raise StillRead(title, readers)


def _look_for_order(before: Definition, after: Definition, document: Any) -> None:
    """A move does not put a question above one that its rule reads."""
    for reader, name in sorted(read_too_early(after) - read_too_early(before)):
        raise Refusal(
            _("Impossible ici : la règle de « {reader} » lit « {title} », qui viendrait après.").format(
                reader=title_of(document, reader), title=title_of(document, name)
            )
        )


def _write(procedure: Procedure, text: str, by: User, definition: Definition | None) -> None:
    procedure.draft_text = text
    procedure.draft_revision += 1
    procedure.draft_by = by
    fields = ["draft_text", "draft_revision", "draft_by", "draft_at"]
    if procedure.current_version_id is None and definition is not None:
        procedure.title = definition.title[: Procedure._meta.get_field("title").max_length]
        fields.append("title")
    procedure.save(update_fields=fields)


def _row(procedure: Procedure, by: User, name: str, said: str, patch: Patch) -> DraftAct:
    return DraftAct(
        portal_id=procedure.portal_id,
        procedure=procedure,
        number=procedure.draft_revision,
        name=name,
        said=said[:LONGEST_SAYING],
        patch=written(patch),
        by=by,
    )


def _keep_texts(row: DraftAct, before: str, document: Any, after: str) -> None:
    """Keep the texts whole where a patch could not give them back byte for byte."""
    if document is None or dump(document) != before:
        row.text_before, row.text_after = before, after


def _drop_undone(procedure: Procedure, by: User) -> None:
    """A new act ends what could be redone."""
    procedure.acts.filter(by=by, state=DraftAct.State.UNDONE).update(state=DraftAct.State.DROPPED)


@transaction.atomic
def undo(*, procedure: Procedure, by: User, insist: bool = False) -> Kept:
    """Undo the person's own last act. Raises Refusal (Overtaken where somebody changed it since)."""
    procedure = locked_draft(procedure, by)
    last = undoable(procedure, by)
    if last is None:
        raise Refusal(_("Il n’y a rien à annuler."))
    return _carry(procedure, by, last, back=True, insist=insist)


@transaction.atomic
def redo(*, procedure: Procedure, by: User, insist: bool = False) -> Kept:
    """Do again what the person last undid. Raises Refusal."""
    procedure = locked_draft(procedure, by)
    last = redoable(procedure, by)
    if last is None:
        raise Refusal(_("Il n’y a rien à rétablir."))
    return _carry(procedure, by, last, back=False, insist=insist)


@transaction.atomic
def restore(*, procedure: Procedure, number: int, by: User) -> Kept:
    """Put back what somebody's act took out, as an act of one's own. Raises Refusal."""
    procedure = locked_draft(procedure, by)
    theirs = procedure.acts.filter(number=number, name="delete").first()
    if theirs is None:
        raise Refusal(_("Il n’y a rien à rétablir."))
    document, before = _read(procedure)
    patch = inverse(read(theirs.patch))
    text = dump(_replayed(procedure, document, patch, theirs, insist=False))
    after = _loaded(text)
    said = _("rétablissement de {said}").format(said=theirs.said)
    _write(procedure, text, by, after)
    row = _row(procedure, by, "restore", said, patch)
    row.at, row.then = theirs.then, theirs.at
    _drop_undone(procedure, by)
    row.save()
    return Kept(procedure, said, target_of(theirs.at), before, after)


def _carry(procedure: Procedure, by: User, last: DraftAct, *, back: bool, insist: bool) -> Kept:
    """Undo an act (`back`) or do it again, and journal that."""
    known, wanted = last.text_after, last.text_before
    if not back:
        known, wanted = wanted, known
    patch = inverse(read(last.patch)) if back else read(last.patch)
    before = _definition(procedure.draft_text)
    if known is not None and wanted is not None and procedure.draft_text == known:
        text = wanted
    else:
        try:
            document = parse(procedure.draft_text)
        except DefinitionError as error:
            raise Unreadable(error.problems) from error
        replayed = _replayed(procedure, document, patch, last, insist=insist)
        text = _as_written(dump(replayed), wanted, replayed)
        _loaded(text)
    after = _definition(text)
    select = target_of(last.at if back else last.then)
    kind = DraftAct.Kind.UNDO if back else DraftAct.Kind.REDO
    _write(procedure, text, by, after)
    row = _row(procedure, by, last.name, last.said, patch)
    row.kind, row.of = kind, last
    row.at, row.then = (last.then, last.at) if back else (last.at, last.then)
    row.save()
    last.state = DraftAct.State.UNDONE if back else DraftAct.State.DONE
    last.save(update_fields=("state",))
    said = _("Annulé : {said}") if back else _("Rétabli : {said}")
    return Kept(procedure, said.format(said=last.said), select, before, after)


def _definition(text: str) -> Definition | None:
    try:
        return draft_definition(text)
    except DefinitionError:
        return None


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


@transaction.atomic
def save_text(*, procedure: Procedure, text: str, revision: int, by: User) -> Procedure:
    """Keep a whole text as the draft, as typed when it does not parse. Raises StaleDraft or Forbidden.

    A draft may be invalid: only publication and the visual panes ask for a definition that loads.
    """
    procedure = locked_draft(procedure, by)
    if procedure.draft_revision != revision:
        raise StaleDraft(procedure)
    text, raw = text.replace("\r\n", "\n"), procedure.draft_text
    if text == raw:
        return procedure
    old, new = _parsed(raw), _parsed(text)
    patch = difference(old, new) if old is not None and new is not None else ()
    _write(procedure, text, by, _definition(text))
    row = _row(procedure, by, "text", _("texte de la définition"), patch)
    row.at = row.then = "d/demarche"
    if old is None or new is None or dump(old) != raw or dump(new) != text:
        row.text_before, row.text_after = raw, text
    _drop_undone(procedure, by)
    row.save()
    return procedure


def _parsed(text: str) -> Any:
    try:
        return parse(text)
    except DefinitionError:
        return None

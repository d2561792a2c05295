"""Reading a draft and its journal."""

from collections.abc import Iterable

from django.db.models import F

from builder.acts import ABSENT, Target, read
from builder.acts.documents import QUESTION, target_of
from formdefs import DefinitionError, Question
from runtime.procedures.definitions import definition_of
from runtime.procedures.models import DraftAct, Procedure
from tenants.accounts.models import User
from tenants.permissions import Forbidden, Person, visible


def acts_since(procedure: Procedure, revision: int) -> list[DraftAct]:
    """What was done since a revision, in order; no statement where nothing was."""
    if revision >= procedure.draft_revision:
        return []
    return list(procedure.acts.filter(number__gt=revision).select_related("by").order_by("number"))


def acts_of_others(procedure: Procedure, revision: int, by: User) -> list[DraftAct]:
    """What others did since a revision, in order."""
    return [each for each in acts_since(procedure, revision) if each.by_id != by.pk]


def deletion_of(procedure: Procedure, target: Target) -> DraftAct | None:
    """The act that took a part out, among the last deletions."""
    acts = procedure.acts.filter(name="delete", kind=DraftAct.Kind.ACT, state=DraftAct.State.DONE)
    lately = acts.select_related("by").order_by("-number")[:DELETIONS]
    return next((each for each in lately if takes_out(each, target)), None)


DELETIONS = 50
"""How many deletions are looked at to tell who took a part out."""


def takes_out(act: DraftAct, target: Target) -> bool:
    """Whether an act took a part out, or a group that held it."""
    tails = _tails(target)
    return any(
        op.after is ABSENT and op.path[-len(tail) :] == tail for op in read(act.patch) for tail in tails
    )


def _tails(target: Target) -> list[tuple[str, ...]]:
    """How the paths end that lead to a part, and to the groups around it."""
    if target.kind != QUESTION:
        return [(f"[{key}={target.id.rpartition('.')[2]}]",) for key in ("id", "page")]
    tail: tuple[str, ...] = ("answers",)
    tails = []
    for name in target.id.split("."):
        tail = (*tail, "properties", name)
        tails.append(tail)
        tail = (*tail, "items")
    return tails


def now_called(procedure: Procedure, target: Target) -> Target:
    """What a part that is there no longer has become: a title or a place may have named it anew."""
    renamed = procedure.acts.filter(name__in=RENAMING).exclude(at=F("then")).order_by("-number")
    for at, then in reversed(list(renamed.values_list("at", "then")[:RENAMED])):
        if at == str(target):
            target = target_of(then)
    return target


RENAMING = frozenset({"set", "retitle", "move"})
"""Acts after which a part may be called otherwise."""
RENAMED = 200
"""How many acts are looked at to tell what a part has become."""


_frozen: dict[tuple[int, int], frozenset[str]] = {}


def locked_draft(procedure: Procedure, by: Person) -> Procedure:
    """The démarche, locked, as it now is. Raises Forbidden: the check is the fetch."""
    found = (
        visible(by, "procedure.compose", Procedure.objects.all())
        .select_related("current_version", "opening")
        .defer("current_version__text")
        .select_for_update(of=("self",))
        .filter(pk=procedure.pk)
        .first()
    )
    if found is None:
        raise Forbidden(f"procedure.compose on {procedure.pk}")
    return found


def undoable(procedure: Procedure, by: User) -> DraftAct | None:
    """The act that the person would undo."""
    mine = procedure.acts.filter(by=by, kind=DraftAct.Kind.ACT, state=DraftAct.State.DONE)
    return mine.select_related("by").order_by("-number").first()


def redoable(procedure: Procedure, by: User) -> DraftAct | None:
    """The act that the person would do again: what was undone last is what was done first."""
    mine = procedure.acts.filter(by=by, kind=DraftAct.Kind.ACT, state=DraftAct.State.UNDONE)
    return mine.select_related("by").order_by("number").first()


def frozen_names(procedure: Procedure) -> frozenset[str]:
    """The dotted names of the questions that some published version has: they never change."""
    if procedure.current_version_id is None:
        return frozenset()
    key = (procedure.pk, procedure.current_version_id)
    if key not in _frozen:
        names: set[str] = set()
        for version in procedure.versions.all():
            try:
                names |= _names(definition_of(version).first_phase.questions.values())
            except DefinitionError:
                continue
        _frozen[key] = frozenset(names)
    return _frozen[key]


def _names(questions: Iterable[Question], prefix: str = "") -> set[str]:
    found: set[str] = set()
    for question in questions:
        found |= {f"{prefix}{question.name}"} | _names(question.rows, f"{prefix}{question.name}.")
    return found

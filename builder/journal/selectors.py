"""Reading a draft and its journal."""

from collections.abc import Iterable

from formdefs import DefinitionError, Question
from runtime.procedures.definitions import definition_of
from runtime.procedures.models import DraftAct, Procedure
from tenants.accounts.models import User
from tenants.permissions import Forbidden, Person, visible

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

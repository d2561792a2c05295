"""What an applicant does to a dossier, each time in one transaction: lock, permit, judge, write, record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from formdefs import AnswerProblem, Judgement, Phase, Refused, evaluate, failed_entry_rules
from runtime.dossiers.facts import context_of, facts_of
from runtime.dossiers.journal import next_event, record
from runtime.dossiers.limits import open_request, require_editable
from runtime.dossiers.merging import Flat, flatten, merge, unflatten
from runtime.dossiers.models import CorrectionRequest, Dossier, Event
from runtime.dossiers.prefilling import NOTHING, Prefilling, Proposed
from runtime.dossiers.references import new_reference
from runtime.dossiers.selectors import attachments_to_judge, locked_dossier
from runtime.dossiers.transitions import carry_out, process_of
from runtime.dossiers.windows import NOWHERE, Window, changed_since
from runtime.procedures.definitions import definition_of
from runtime.procedures.models import Procedure
from runtime.procedures.selectors import CLOCK
from runtime.uploads.models import Attachment
from tenants.accounts.models import User
from tenants.organisations.models import Organisation, sort_key
from tenants.permissions import require
from tenants.statements import Writing

DRAFTS_AN_HOUR = 30
"""New dossiers one person may begin in an hour."""
SAVED = (
    *("raw", "answers", "conflicts", "revision", "required", "answered"),
    *("last_event", "events_count", "updated_at"),
)
"""What a save of answers may change of a dossier."""


@dataclass(frozen=True)
class Draft:
    """A dossier being filled in, as it stands after a service has run."""

    dossier: Dossier
    judgement: Judgement
    attachments: tuple[Attachment, ...]
    request: CorrectionRequest | None
    conflicts: tuple[str, ...] = ()


class Incomplete(Exception):
    """The dossier cannot be transmitted: `problems` says what is missing or wrong."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("incomplete")
        self.draft = draft

    @property
    def problems(self) -> tuple[AnswerProblem, ...]:
        """What stands in the way, in reading order."""
        return self.draft.judgement.problems


@transaction.atomic
def create_dossier(
    *, procedure: Procedure, by: User, organisation: Organisation | None, proposed: Proposed = NOTHING
) -> Dossier:
    """Begin a dossier for `organisation`, or for the person alone. Raises Refused or Forbidden.

    The answers that its questions take from elsewhere are proposed: the applicant may change them.
    """
    require(by, "procedure.read", procedure)
    if organisation is not None:
        require(by, "organisation.file_for", organisation)
    procedure = (
        Procedure.objects.select_related("current_version", "opening", "portal")
        .annotate(**CLOCK)
        .get(pk=procedure.pk)
    )
    version = procedure.in_force
    definition = definition_of(version)
    facts = facts_of(by, organisation)
    _require_open(procedure, organisation, by)
    dossier = Dossier(
        portal_id=procedure.portal_id,
        reference=new_reference(),
        procedure=procedure,
        version=version,
        assignee=by,
        organisation=organisation,
        facts=facts,
        search_text=_search_text(by, organisation),
    )
    context = context_of(dossier, (), procedure.now)
    if problems := failed_entry_rules(definition, context):
        raise Refused("entry.refused", " ".join(problems))
    initial = process_of(dossier).initial
    dossier.phase, dossier.status, dossier.step = initial.phase, initial.status, initial.step
    phase = definition.phase(dossier.phase)
    dossier.raw, origins = Prefilling(facts, proposed, by, organisation).answers(phase)
    if origins:
        dossier.facts = facts | {"prefilled": origins}
    _judge(dossier, evaluate(phase, dossier.raw, context))
    dossier.save()
    record(dossier, "created", at=procedure.now, by=by, data={"version": version.sha256})
    dossier.save(update_fields=("events_count", "last_event"))
    return dossier


def _require_open(procedure: Procedure, organisation: Organisation | None, by: User) -> None:
    """Raise `Refused` where the démarche does not take this applicant's new dossier now."""
    definition, opening, now = definition_of(procedure.in_force), procedure.opening, procedure.now
    kind = "organisation" if organisation else "person"
    if kind not in definition.applicants.kinds:
        raise Refused("entry.kind", _("Cette démarche ne se fait pas à ce titre."))
    types = definition.applicants.organisation_types
    if organisation and types and organisation.type not in types:
        raise Refused("entry.type", _("Cette démarche n’est pas ouverte à ce type d’organisme."))
    if opening.opens and now < opening.opens:
        raise Refused("entry.not_open", _("Cette démarche n’est pas encore ouverte."))
    for limit in (opening.closes, opening.first_deposit_by):
        if limit and now >= limit:
            raise Refused("entry.closed", _("Cette démarche est close : il n’est plus possible d’y déposer."))
    mine = Dossier.objects.filter(procedure=procedure)
    mine = (
        mine.filter(organisation=organisation)
        if organisation
        else mine.filter(assignee=by, organisation=None)
    )
    if opening.per_applicant and mine.count() >= opening.per_applicant:
        raise Refused(
            "entry.quota",
            _("Un dossier existe déjà pour ce demandeur : retrouvez-le dans votre tableau de bord."),
        )
    recent = Dossier.objects.filter(assignee=by, created_at__gt=now - timedelta(hours=1)).count()
    if recent >= DRAFTS_AN_HOUR:
        raise Refused("entry.rate", _("Vous avez commencé beaucoup de dossiers : réessayez dans une heure."))


def _search_text(by: User, organisation: Organisation | None) -> str:
    named = [str(by)] + ([organisation.name, organisation.finess, organisation.siret] if organisation else [])
    return sort_key(" ".join(named))[:400]


@transaction.atomic
def save_answers(
    *,
    reference: str,
    by: User,
    given: Mapping[str, Any] | Callable[[Phase], Mapping[str, Any]],
    revision: int,
    window: Window = NOWHERE,
) -> Draft:
    """Keep what was typed on a page shown at `revision` in `window`, judge it, and record it.

    `given` holds raw leaves by path (see `merging`), or reads them once the dossier's phase is known. What
    another window changed meanwhile is merged; where both changed the same answer, the saved one stays and
    the other is kept in `conflicts`.
    Raises Dossier.DoesNotExist where the policy hides the dossier, Refused where it may not change now.
    """
    dossier = locked_dossier(by, "dossier.edit", reference)
    request = open_request(dossier)
    require_editable(dossier, request, dossier.arrived_at)
    if callable(given):
        given = given(definition_of(dossier.version).phase(dossier.phase))
    since = changed_since(dossier, revision, window)
    given = {path: value for path, value in given.items() if path not in since.overtaken}
    merged = merge(flatten(dossier.raw), since.shown, given)
    return write_answers(
        dossier,
        merged.flat,
        before=merged.before,
        conflicts=merged.conflicts,
        by=by,
        request=request,
        window=window,
    )


def write_answers(
    dossier: Dossier,
    flat: Flat,
    *,
    before: Flat,
    conflicts: Flat,
    by: User,
    request: CorrectionRequest | None,
    kind: str = "answers_saved",
    settled: tuple[str, ...] = (),
    window: Window = NOWHERE,
) -> Draft:
    """Judge and write the raw answers of a locked dossier, if anything changed."""
    attachments = attachments_to_judge(dossier)
    context = context_of(dossier, attachments, dossier.arrived_at)
    dossier.raw = unflatten(flat)
    changed = {path.partition(".")[0].rstrip("#") for path in before}
    accepted = {name: value for name, value in dossier.answers.items() if name not in changed}
    phase = definition_of(dossier.version).phase(dossier.phase)
    judgement = evaluate(phase, dossier.raw, context, accepted=accepted)
    kept = {path: value for path, value in dossier.conflicts.items() if path not in settled}
    kept |= {
        path: {"value": value, "at": dossier.arrived_at.isoformat()} for path, value in conflicts.items()
    }
    if before or kept != dossier.conflicts:
        dossier.conflicts = kept
        dossier.revision += 1
        _judge(dossier, judgement)
        data = {"revision": dossier.revision, "changed": sorted(before), **window.told}
        event = next_event(dossier, kind, at=dossier.arrived_at, by=by, data=data, before=before)
        _saving().write(event, dossier)
    return Draft(dossier, judgement, attachments, request, tuple(conflicts))


@cache
def _saving() -> Writing:
    return Writing(Event, Dossier, SAVED)


def _judge(dossier: Dossier, judgement: Judgement) -> None:
    dossier.answers = judgement.answers
    dossier.required, dossier.answered = judgement.required, judgement.answered


@transaction.atomic
def settle_conflict(*, reference: str, by: User, path: str, adopt: bool) -> Draft:
    """Choose between the saved answer and the one that was set aside: `adopt` takes the latter."""
    dossier = locked_dossier(by, "dossier.edit", reference)
    request = open_request(dossier)
    require_editable(dossier, request, dossier.arrived_at)
    flat, before = flatten(dossier.raw), {}
    if adopt and path in dossier.conflicts:
        before[path] = flat.get(path)
        flat[path] = dossier.conflicts[path]["value"]
    return write_answers(dossier, flat, before=before, conflicts={}, by=by, request=request, settled=(path,))


@transaction.atomic
def submit_dossier(*, reference: str, by: User) -> Dossier:
    """Transmit a dossier: everything is judged once more, then frozen in a deposit.

    Raises Incomplete with what is missing, Refused where the dates or the state forbid it,
    Dossier.DoesNotExist where the policy hides the dossier.
    """
    dossier = locked_dossier(by, "dossier.submit", reference)
    request = open_request(dossier)
    require_editable(dossier, request, dossier.arrived_at)
    attachments = attachments_to_judge(dossier)
    context = context_of(dossier, attachments, dossier.arrived_at)
    definition = definition_of(dossier.version)
    judgement = evaluate(definition.phase(dossier.phase), dossier.raw, context)
    if judgement.problems:
        raise Incomplete(Draft(dossier, judgement, attachments, request))
    if problems := failed_entry_rules(definition, context):
        raise Refused("entry.refused", " ".join(problems))
    _judge(dossier, judgement)
    dossier.raw = _visible_only(dossier, judgement)
    dossier.conflicts = {}
    action = "submit" if dossier.status == Dossier.Status.DRAFT else "resubmit"
    carry_out(
        dossier,
        action,
        role="applicant",
        by=by,
        now=dossier.arrived_at,
        given={},
        files=[file for file in context.files.values() if _names(judgement.answers, file.id)],
    )
    return dossier


def _visible_only(dossier: Dossier, judgement: Judgement) -> dict[str, Any]:
    """The raw answers without those of hidden questions: the deposit drops them."""
    flat = flatten(dossier.raw)
    return unflatten({path: value for path, value in flat.items() if path.rstrip("#") in judgement.visible})


def _names(answers: Any, attachment: str) -> bool:
    """Whether an attachment is given as the answer to a visible question."""
    if isinstance(answers, dict):
        return any(_names(value, attachment) for value in answers.values())
    if isinstance(answers, list):
        return any(_names(value, attachment) for value in answers)
    return answers == attachment

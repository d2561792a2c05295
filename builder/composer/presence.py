"""Who else composes a démarche just now, on which part, and what they did since a page knew it."""

import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from builder.acts import Target
from builder.acts.documents import target_of
from builder.composer.answers import gone_data, notice_data, standing
from builder.composer.composition import Composition, composition_of
from builder.composer.requests import revision_of
from builder.journal.clashes import SETTING
from builder.journal.selectors import acts_of_others, deletion_of
from builder.screens import composers_only, find_procedure
from formdefs import DefinitionError
from runtime.procedures.models import DraftAct, Procedure
from tenants.accounts.models import User

LASTS = 45
"""Seconds after which who no longer says that they are there is there no longer."""
COLOURS = 5
MOST_SAID = 3


@dataclass(frozen=True)
class Other:
    """Somebody else in the editor, with the part they have selected."""

    name: str
    initials: str
    at: str
    colour: int


def others_beside(procedure: Procedure, person: User, at: Target) -> tuple[Other, ...]:
    """The others who compose the démarche, once it is noted that the person is on a part.

    Kept in the cache, which all processes share. Two people who say so in the same instant may hide one
    another until they next do.
    """
    key, now = f"composer-presence:{procedure.pk}", time.time()
    known = {who: entry for who, entry in (cache.get(key) or {}).items() if entry["time"] > now - LASTS}
    known[person.pk] = {"name": str(person), "initials": initials(person), "at": str(at), "time": now}
    cache.set(key, known, LASTS)
    return tuple(
        Other(entry["name"], entry["initials"], entry["at"], place % COLOURS)
        for place, (who, entry) in enumerate(sorted(known.items()))
        if who != person.pk
    )


def initials(person: User) -> str:
    """« LM » for Lucie Martin."""
    names = [person.first_name, person.last_name] if person.last_name else str(person).split()
    return "".join(name[0] for name in names if name)[:2].upper()


@composers_only
@require_POST
def presence(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell a page who else is there, and what they changed since the revision that it knows."""
    procedure = find_procedure(request, slug)
    person: User = request.user  # type: ignore[assignment]
    at, revision = target_of(request.POST.get("at", "")), revision_of(request.POST)
    others = others_beside(procedure, person, at)
    answer: dict[str, Any] = {"people": [asdict(each) for each in others]}
    if procedure.draft_revision > revision:
        try:
            composition = composition_of(procedure)
        except DefinitionError:
            return JsonResponse({"reload": True})
        answer |= _since(request, composition, acts_of_others(procedure, revision, person), at)
    return JsonResponse(answer)


def _since(
    request: HttpRequest, composition: Composition, acts: list[DraftAct], at: Target
) -> dict[str, Any]:
    """The draft as it has become, what was done to it and where."""
    procedure = composition.procedure
    return {
        **standing(request, procedure),
        "said": said(acts),
        "touched": sorted({part for each in acts for part in (each.at, each.then)}),
        "rows": [row.as_data() for row in composition.rows],
        "order": [row.id for row in composition.rows],
        "notices": notice_data(composition),
        **_become(composition, at),
    }


def _become(composition: Composition, at: Target) -> dict[str, Any]:
    """What became of the part that a page shows: nothing, another identity, or its end."""
    now = composition.now(at)
    if composition.holds(now):
        return {} if now == at else {"became": str(now)}
    return gone_data(deletion_of(composition.procedure, at))


def said(acts: Iterable[DraftAct]) -> str:
    """What others did, the last things first."""
    listed = [_said(each) for each in reversed(list(acts))]
    more = len(listed) - MOST_SAID
    rest = [_("et {count} autres actes").format(count=more)] if more > 0 else []
    return ". ".join([*listed[:MOST_SAID], *rest])


def _said(act: DraftAct) -> str:
    if act.kind == DraftAct.Kind.UNDO:
        sentence = _("{who} a annulé : {said}")
    elif act.kind == DraftAct.Kind.REDO:
        sentence = _("{who} a rétabli : {said}")
    elif act.name in SETTING:
        sentence = _("{who} a changé : {said}")
    else:
        sentence = _("{who} : {said}")
    return sentence.format(who=act.by, said=act.said)

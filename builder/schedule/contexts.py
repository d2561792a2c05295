"""The journal of a démarche's dates, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runtime.dates import last_minute, moment_in_full
from runtime.procedures.models import OpeningChange, Procedure

NAMES = {
    "opens": gettext_lazy("Ouverture"),
    "first_deposit_by": gettext_lazy("Premier dépôt avant"),
    "closes": gettext_lazy("Fermeture"),
    "per_applicant": gettext_lazy("Dossiers par demandeur"),
}
LIMITS = ("first_deposit_by", "closes")


@dataclass(frozen=True)
class JournalEntry:
    """A change of dates: when, by whom, why, and each value before and after."""

    at: datetime
    by: str
    reason: str
    lines: tuple[tuple[str, str, str], ...]


def journal_of(procedure: Procedure) -> tuple[JournalEntry, ...]:
    """Every change of a démarche's dates, the last one first."""
    written = OpeningChange.objects.filter(opening__procedure=procedure).select_related("by")
    return tuple(
        JournalEntry(change.at, str(change.by or ""), change.reason, tuple(_lines(change)))
        for change in written
    )


def _lines(change: OpeningChange) -> Iterator[tuple[str, str, str]]:
    for name, said in NAMES.items():
        before, after = change.before.get(name), change.after.get(name)
        if before != after:
            yield str(said), _value(name, before), _value(name, after)


def _value(name: str, value: Any) -> str:
    if value is None:
        return _("à la publication") if name == "opens" else _("sans limite")
    if name == "per_applicant":
        return str(value)
    moment = datetime.fromisoformat(value)
    return moment_in_full(last_minute(moment) if name in LIMITS else moment)

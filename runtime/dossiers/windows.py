"""Telling what a page sent itself from what was changed in another window."""

from dataclasses import dataclass, field

from runtime.dossiers.merging import Flat
from runtime.dossiers.models import Dossier

REMEMBERED_SAVES = 500
"""How many saves back a page may be and still be merged answer by answer."""


@dataclass(frozen=True)
class Window:
    """One showing of a page; `turn` counts what it sends, since an answer may arrive after a later one."""

    identity: str = ""
    turn: int = 0

    @property
    def told(self) -> dict[str, list[str | int]]:
        """What a save's event says of it."""
        return {"window": [self.identity, self.turn]} if self.identity else {}


NOWHERE = Window()


@dataclass(frozen=True)
class Since:
    """What happened since a page was shown.

    `shown` holds what the page had for the leaves that others changed; `overtaken` the leaves that it changed
    itself later than what it sends now.
    """

    shown: Flat = field(default_factory=dict)
    overtaken: frozenset[str] = frozenset()


def changed_since(dossier: Dossier, revision: int, window: Window) -> Since:
    """What happened to a dossier since `window` was shown it at `revision`.

    What the page has sent since, it knows, even where the answer to it is late or was lost; but the rows that
    its buttons added are not on it.
    """
    if revision >= dossier.revision:
        return Since()
    shown: Flat = {}
    overtaken: set[str] = set()
    for data, before in (
        dossier.events.exclude(before=None)
        .order_by("-number")
        .values_list("data", "before")[:REMEMBERED_SAVES]
    ):
        if before is None or data["revision"] <= revision:
            break
        identity, turn = data.get("window", ("", 0))
        own = bool(identity) and identity == window.identity
        if own and turn > window.turn:
            overtaken |= before["values"].keys()
        shown |= {path: value for path, value in before["values"].items() if not own or path.endswith("#")}
    return Since(shown, frozenset(overtaken))

"""What a UI schema says of each value: its title, its place, when it is shown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

Path = tuple[Any, ...]


@dataclass(frozen=True)
class Hint:
    """What is said of one value; `shown` is (path of the data judged, schema, whether it must fit)."""

    title: str = ""
    help: str = ""
    widget: str = ""
    format: str = ""
    labels: tuple[str, ...] = ()
    hidden: bool = False
    shown: tuple[tuple[Path, Any, bool], ...] = ()


@dataclass
class Hints:
    """The hints of a UI schema by path, where "*" stands for any item of a list.

    `order` ranks the paths; `places` gives the page's and the section's title of a path.
    """

    of: dict[Path, Hint] = field(default_factory=dict)
    order: dict[Path, int] = field(default_factory=dict)
    places: dict[Path, tuple[str, str]] = field(default_factory=dict)

    def at(self, path: Path) -> Hint:
        """The hint of a path; a value inside a hidden or conditional one is so too."""
        found = self.of.get(path, Hint())
        for length in range(len(path)):
            around = self.of.get(path[:length])
            if around is not None:
                found = replace(found, hidden=found.hidden or around.hidden, shown=around.shown + found.shown)
        return found

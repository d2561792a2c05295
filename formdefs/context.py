"""What a form is judged in: the day, who files, for whom, and the files given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class FileFacts:
    """What is known of a file once it has been opened; `size` is in bytes.

    `reading` is what a workbook says: its `answers`, and the sentences of its `problems` and `notices`.
    """

    id: str
    name: str
    size: int
    media_type: str
    sha256: str
    reading: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Context:
    """Everything an answer may depend on besides the other answers.

    `organisation` has id, name, type, type_label, region, region_label, finess, siret and
    entities (mappings of id, name, finess); `applicant` has kind, first_name, last_name, email;
    `dossier` has reference. Any of them may be missing.
    """

    today: date
    organisation: Mapping[str, Any] = field(default_factory=dict)
    applicant: Mapping[str, Any] = field(default_factory=dict)
    dossier: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, FileFacts] = field(default_factory=dict)

    @property
    def entities(self) -> tuple[Mapping[str, Any], ...]:
        """The entities attached to the organisation, in their order."""
        return tuple(self.organisation.get("entities") or ())

    @property
    def roots(self) -> dict[str, Any]:
        """What the roots of expressions stand for."""
        return {
            "organisation": self.organisation,
            "applicant": self.applicant,
            "dossier": self.dossier,
            "today": self.today.isoformat(),
        }

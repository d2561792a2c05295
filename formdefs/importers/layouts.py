"""Pages and sections for the questions of an import."""

from __future__ import annotations

from typing import Any

from formdefs.importers.levels import Leaf
from formdefs.importers.names import named

GENERAL = "Informations"


def layout_of(leaves: list[Leaf], title: str) -> list[dict[str, Any]]:
    """The layout: the pages of the UI schema where it has some, and a section for each object."""
    pages: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for leaf in leaves:
        pages.setdefault(leaf.page, {}).setdefault(leaf.section, []).append(leaf.name)
    taken: set[str] = set()
    return [
        {
            "page": named(page or "formulaire", taken),
            "title": page or title,
            "sections": [
                {
                    "id": named(" ".join(section[-1:]) or "informations", taken),
                    "title": " – ".join(section) or GENERAL,
                    "fields": fields,
                }
                for section, fields in sections.items()
            ],
        }
        for page, sections in pages.items()
    ]

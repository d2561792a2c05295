"""What the tests of the language share: vectors, fixtures, small definitions."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

from formdefs import Context, Definition, FileFacts, load

ROOT = Path(__file__).parents[2]
VECTORS = ROOT / "tests" / "vectors"
FIXTURES = Path(os.environ.get("FIXTURES_DIR", ROOT / ".." / "shared" / "fixtures"))
TODAY = date(2026, 11, 22)


def vectors(name: str) -> Any:
    """The cases of one file of vectors."""
    return json.loads((VECTORS / f"{name}.json").read_text("utf-8"))


def context_of(case: dict[str, Any]) -> Context:
    """The context that a case asks for."""
    files = {
        key: FileFacts(
            key, facts["name"], facts["size"], facts["media_type"], "0" * 64, facts.get("reading", {})
        )
        for key, facts in case.get("files", {}).items()
    }
    return Context(
        today=date.fromisoformat(case.get("today", TODAY.isoformat())),
        organisation=case.get("organisation", {}),
        applicant=case.get("applicant", {}),
        files=files,
    )


TRAME = {
    "id": "trame",
    "kind": "workbook",
    "title": "Trame",
    "sheets": [
        {
            "id": "frais",
            "title": "Frais",
            "table": {
                "columns": {
                    "type": "object",
                    "properties": {
                        "montant": {"type": "integer", "title": "Montant", "x-field": {"type": "money"}}
                    },
                },
                "totals": {"total": {"column": "montant"}},
            },
        }
    ],
}
"""The workbook that questions of that type may ask for in tests."""


def form(properties: dict[str, Any], **more: Any) -> Definition:
    """A démarche of these questions."""
    if any(each.get("x-field", {}).get("type") == "workbook" for each in properties.values()):
        document = whole(properties) | {"documents": [TRAME]}
        document["phases"][0]["answers"] |= more
        return load(json.dumps(document))
    return load(json.dumps({"type": "object", "properties": properties, **more}), slug="essai")


def whole(properties: dict[str, Any], **phase: Any) -> dict[str, Any]:
    """The document of a complete definition around these questions."""
    return {
        "definition": 1,
        "id": "essai",
        "title": "Essai",
        "roles": {"agent": {"title": "Agent"}},
        "phases": [
            {
                "id": "demande",
                "title": "Demande",
                "answers": {"type": "object", "properties": properties},
                "reviews": [{"id": "instruction", "role": "agent"}],
                **phase,
            }
        ],
    }

"""What must be true of several answers together: adding a check to the form, or to a workbook."""

from __future__ import annotations

from typing import Any

from builder.acts import naming
from builder.acts.documents import (
    CHECK,
    OF_WORKBOOKS,
    QUESTION,
    Impossible,
    Target,
    answers_path,
    checks_path,
    path_to,
    title_of,
    workbook_of,
    workbook_path,
)
from builder.acts.patches import Edit
from builder.acts.questions import Done
from builder.acts.settings import put
from formdefs.errors import gettext_noop


def add_check(edit: Edit, at: Target, *, message: str) -> Done:
    """Add a check that holds until its rule is written, told at the selected question, else the last."""
    path_to(edit.document, at)
    path = checks_path(edit.document, at)
    listed = edit.get(path, [])
    name = naming.identity("controle", {each.get("id") for each in listed}, mark="-")
    target = Target(CHECK, f"{workbook_of(at).id}.{name}" if at.kind in OF_WORKBOOKS else name)
    places = [place for place, _ in check_places(edit.document, target)]
    if not places:
        raise Impossible(gettext_noop("Ajoutez d’abord une colonne ou une ligne."))
    asked = at.id if at.kind == QUESTION and at.id in places else places[-1]
    check = {"id": name, "that": True, "message": message, "at": asked}
    if listed:
        edit.insert(path, check)
    else:
        put(edit, path, [check])
    return Done(target, gettext_noop("contrôle ajouté"), {})


def check_places(document: Any, at: Target) -> list[tuple[str, str]]:
    """Where a check may be told, each with its title: the questions of the form, or what a workbook names."""
    if "." not in at.id:
        names = Edit(document).get((*answers_path(document), "properties"))
        return [(name, title_of(document, name)) for name in names]
    found: list[tuple[str, str]] = []
    for sheet in Edit(document).get((*workbook_path(at), "sheets"), []):
        table = sheet.get("table", {})
        if table:
            found.append((sheet["id"], str(sheet.get("title", sheet["id"]))))
        columns = table.get("columns", {}).get("properties", {})
        for name, total in table.get("totals", {}).items():
            column = columns.get(total.get("column"), {})
            found.append((name, str(total.get("title", f"Total {column.get('title', '')}"))))
        for name, line in sheet.get("lines", {}).get("properties", {}).items():
            found.append((name, str(line.get("title", name))))
    return found

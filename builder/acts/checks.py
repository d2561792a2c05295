"""What must be true of several answers together: of the form, of a workbook, of each row of a sheet."""

from __future__ import annotations

from typing import Any

from builder.acts import naming
from builder.acts.documents import (
    CHECK,
    COLUMN,
    OF_WORKBOOKS,
    PROCEDURE,
    QUESTION,
    WHOLE,
    WORKBOOK,
    Impossible,
    Target,
    answers_path,
    checks_path,
    is_row_check,
    path_to,
    sheet_of,
    sheet_path,
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
    within = f"{workbook_of(at).id}." if at.kind in OF_WORKBOOKS else ""
    return _added(edit, at, within, message)


def add_row_check(edit: Edit, at: Target, *, message: str) -> Done:
    """Add a check of each row of a sheet, told at the selected column, else the last."""
    path_to(edit.document, at)
    if at.kind not in OF_WORKBOOKS or at.kind == WORKBOOK or not edit.get((*sheet_path(at), "table")):
        raise Impossible(gettext_noop("Choisissez d’abord une feuille qui a des colonnes."))
    return _added(edit, at, f"{sheet_of(at).id}.", message)


def _added(edit: Edit, at: Target, within: str, message: str) -> Done:
    path = checks_path(edit.document, Target(CHECK, f"{within}nouveau"))
    listed = edit.get(path, [])
    name = naming.identity("controle", {each.get("id") for each in listed}, mark="-")
    target = Target(CHECK, f"{within}{name}")
    places = [place for place, _ in check_places(edit.document, target)]
    if not places:
        raise Impossible(gettext_noop("Ajoutez d’abord une colonne ou une ligne."))
    here = at.id.split(".")[-1] if at.kind == COLUMN else at.id
    asked = here if at.kind in (QUESTION, COLUMN) and here in places else places[-1]
    check = {"id": name, "that": True, "message": message, "at": asked}
    if listed:
        edit.insert(path, check)
    else:
        put(edit, path, [check])
    return Done(target, gettext_noop("contrôle ajouté"), {})


def delete_check(edit: Edit, at: Target) -> Done:
    """Take out a check; its sheet or its workbook is then selected, else the whole démarche."""
    path = path_to(edit.document, at)
    message = str(edit.get(path).get("message", at.id))
    edit.remove(path)
    within = sheet_of(at) if is_row_check(at) else workbook_of(at)
    return Done(
        within if "." in at.id else Target(PROCEDURE, WHOLE),
        gettext_noop("« {title} » supprimée"),
        {"title": message},
    )


def check_places(document: Any, at: Target) -> list[tuple[str, str]]:
    """Where a check may be told, each with its title: questions, what a workbook names, or columns."""
    if is_row_check(at):
        columns = Edit(document).get((*sheet_path(at), "table", "columns", "properties"), {})
        return [(name, str(column.get("title", name))) for name, column in columns.items()]
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

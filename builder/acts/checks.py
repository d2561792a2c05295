"""What must be true of several answers together: of the form, a workbook, each row of a group or a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from builder.acts import naming
from builder.acts.documents import (
    CHECK,
    COLUMN,
    OF_WORKBOOKS,
    PROCEDURE,
    QUESTION,
    ROW_CHECK,
    WHOLE,
    WORKBOOK,
    Impossible,
    Target,
    answers_path,
    checks_path,
    group_of,
    is_group,
    is_row_check,
    path_to,
    question_path,
    sheet_of,
    sheet_path,
    workbook_of,
    workbook_path,
)
from builder.acts.kinds import slug_of
from builder.acts.patches import Edit
from builder.acts.questions import Done
from builder.acts.settings import put
from formdefs.errors import gettext_noop
from formdefs.registry import TYPES


def add_check(edit: Edit, at: Target, *, message: str) -> Done:
    """Add a check that holds until its rule is written, told at the selected question, else the last."""
    path_to(edit.document, at)
    within = f"{workbook_of(at).id}." if at.kind in OF_WORKBOOKS else ""
    return _added(edit, at, Target(CHECK, f"{within}nouveau"), message)


def add_row_check(edit: Edit, at: Target, *, message: str) -> Done:
    """Add a check of each row of a group or of a sheet, told at the selected column, else the last."""
    path = path_to(edit.document, at)
    if at.kind == QUESTION:
        if not is_group(edit.get(path)):
            raise Impossible(gettext_noop("Choisissez d’abord un bloc répétable."))
        return _added(edit, at, Target(ROW_CHECK, f"{at.id}.nouveau"), message)
    if at.kind not in OF_WORKBOOKS or at.kind == WORKBOOK or not edit.get((*sheet_path(at), "table")):
        raise Impossible(gettext_noop("Choisissez d’abord une feuille qui a des colonnes."))
    return _added(edit, at, Target(CHECK, f"{sheet_of(at).id}.nouveau"), message)


def _added(edit: Edit, at: Target, new: Target, message: str) -> Done:
    """Add a check beside where `new` would be, which names it for now."""
    path = checks_path(edit.document, new)
    listed = edit.get(path, [])
    name = naming.identity("controle", {each.get("id") for each in listed}, mark="-")
    target = Target(new.kind, new.id.removesuffix("nouveau") + name)
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


def write_rule(edit: Edit, at: Target, rule: Any) -> None:
    """Write what must be true; the first time, it is told at the last question that it reads."""
    path = path_to(edit.document, at)
    if edit.get((*path, "that")) is True and rule is not True:
        named = _read(rule)
        read = [name for name, _ in check_places(edit.document, at) if name in named]
        if read and edit.get((*path, "at")) not in read:
            edit.put((*path, "at"), read[-1])
    edit.put((*path, "that"), rule)


def _read(rule: Any) -> list[str]:
    """The names that a rule reads, in its order."""
    if isinstance(rule, list):
        return [name for each in rule for name in _read(each)]
    if not isinstance(rule, Mapping):
        return []
    if isinstance(rule.get("var"), str):
        return [rule["var"]]
    return [name for each in rule.values() for name in _read(each)]


def delete_check(edit: Edit, at: Target) -> Done:
    """Take out a check; its sheet or its workbook is then selected, else the whole démarche."""
    path = path_to(edit.document, at)
    message = str(edit.get(path).get("message", at.id))
    edit.remove(path)
    within = sheet_of(at) if is_row_check(at) else workbook_of(at)
    return Done(
        within if at.kind == CHECK and "." in at.id else Target(PROCEDURE, WHOLE),
        gettext_noop("« {title} » supprimé"),
        {"title": message},
    )


def check_places(document: Any, at: Target) -> list[tuple[str, str]]:
    """Where a check may be told, each with its title: questions, what a workbook names, or columns."""
    if is_row_check(at):
        columns = Edit(document).get((*sheet_path(at), "table", "columns", "properties"), {})
        return [(name, str(column.get("title", name))) for name, column in columns.items()]
    if at.kind == ROW_CHECK:
        return _questions_told(document, group_of(at).id)
    if "." not in at.id:
        return _questions_told(document, "")
    return _cells_told(document, at)


def _questions_told(document: Any, group: str) -> list[tuple[str, str]]:
    """The questions of the form, or of a group's rows, that are more than a title or an explanation."""
    holder = (*question_path(document, group), "items") if group else answers_path(document)
    asked = Edit(document).get((*holder, "properties"), {})
    return [
        (name, str(schema.get("title") or name))
        for name, schema in asked.items()
        if not TYPES[slug_of(schema)].static
    ]


def _cells_told(document: Any, at: Target) -> list[tuple[str, str]]:
    """The tables, the totals and the lines of a workbook."""
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

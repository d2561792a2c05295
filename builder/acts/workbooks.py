"""What is done to the workbooks that a démarche asks for: their sheets, columns, lines and totals."""

from __future__ import annotations

import re
from typing import Any

from builder.acts import kinds, naming
from builder.acts.documents import (
    COLUMN,
    LINE,
    OF_WORKBOOKS,
    PROCEDURE,
    SHEET,
    WHOLE,
    WORKBOOK,
    Impossible,
    Target,
    own,
    path_to,
    questions,
    sheet_of,
    sheet_path,
    workbook_of,
    workbook_path,
)
from builder.acts.patches import ABSENT, Edit
from builder.acts.places import Path, names_in
from builder.acts.questions import Done
from builder.acts.settings import put
from formdefs.errors import gettext_noop
from formdefs.registry import TYPES

LONGEST_SHEET = 31
CONTROLS = frozenset({"text", "textarea", "number", "money", "date", "yesno", "radio"})
"""How a type is asked where one cell can hold its answer."""
SUMMED = frozenset({"integer", "decimal", "money"})
TAKING = frozenset({"text", "finess"})
"""The types of column that an attached entity may fill."""
FIRST_COLUMN = {"type": "string", "title": "Intitulé"}


def cell_kinds() -> tuple[str, ...]:
    """The types that the cells of a workbook may have."""
    return tuple(slug for slug in kinds.startable() if TYPES[slug].control in CONTROLS)


def add_workbook(edit: Edit, *, title: str) -> Done:
    """Add a workbook with a first sheet and its table of one column."""
    taken = {each["id"] for each in edit.get(("documents",), [])}
    name = naming.identity(title, taken, blank="classeur", mark="-")
    table = {"columns": {"type": "object", "properties": {"intitule": dict(FIRST_COLUMN)}}}
    sheet = {"id": "lignes", "title": "Feuille 1", "table": table}
    written = {"id": name, "kind": "workbook", "title": title, "sheets": [sheet]}
    _append(edit, ("documents",), written)
    return Done(Target(WORKBOOK, name), gettext_noop("classeur « {title} » ajouté"), {"title": title})


def _append(edit: Edit, path: Path, item: Any) -> None:
    """Put an item last in a list that may not be written yet."""
    if edit.get(path) is None:
        put(edit, path, [item])
    else:
        edit.insert(path, item)


def add_sheet(edit: Edit, at: Target, *, title: str) -> Done:
    """Add an empty sheet after the one where one is, last otherwise."""
    _inside(edit, at)
    path = (*workbook_path(at), "sheets")
    check_sheet_title(title)
    sheets = edit.get(path)
    name = naming.identity(title, _names(edit.get(workbook_path(at))), blank="feuille")
    ids = [each["id"] for each in sheets]
    here = at.id.split(".")[1] if "." in at.id else ids[-1]
    edit.insert(path, {"id": name, "title": title}, ids.index(here) + 1)
    target = Target(SHEET, f"{workbook_of(at).id}.{name}")
    return Done(target, gettext_noop("feuille « {title} » ajoutée"), {"title": title})


def check_sheet_title(title: str) -> None:
    """Raises Impossible for a title that a spreadsheet would refuse as a tab's."""
    if len(title) > LONGEST_SHEET or re.search(r"[\[\]:*?/\\']", title):
        raise Impossible(
            gettext_noop(
                "Le titre d’une feuille a 31 caractères au plus, sans apostrophe droite, crochet, "
                "deux-points, barre, étoile ni point d’interrogation."
            )
        )


def _inside(edit: Edit, at: Target, *, sheet: bool = False) -> None:
    """Raises Impossible where `at` is no part of a workbook, or of none of its sheets where one is needed."""
    if at.kind not in OF_WORKBOOKS or (sheet and at.kind == WORKBOOK):
        raise Impossible(gettext_noop("Choisissez d’abord une feuille."))
    path_to(edit.document, at)


def _names(workbook: Any) -> set[str]:
    """The names that rules read in a workbook: its sheets, totals and lines."""
    found: set[str] = set()
    for sheet in workbook["sheets"]:
        found |= {sheet["id"], *sheet.get("table", {}).get("totals", {})}
        found |= set(sheet.get("lines", {}).get("properties", {}))
    return found


def add_column(edit: Edit, at: Target, *, title: str, kind: str) -> Done:
    """Add a column after the one where one is, last otherwise; the first makes the table."""
    _inside(edit, at, sheet=True)
    path = (*sheet_path(at), "table", "columns", "properties")
    name = naming.identity(title, edit.get(path, {}), blank="colonne")
    _add_cell(edit, path, name, at, title, kind)
    target = Target(COLUMN, f"{sheet_of(at).id}.{name}")
    return Done(target, gettext_noop("colonne « {title} » ajoutée"), {"title": title})


def add_line(edit: Edit, at: Target, *, title: str, kind: str) -> Done:
    """Add a line of one value after the one where one is, last otherwise."""
    _inside(edit, at, sheet=True)
    path = (*sheet_path(at), "lines", "properties")
    name = naming.identity(title, _names(edit.get(workbook_path(at))), blank="ligne")
    _add_cell(edit, path, name, at, title, kind)
    target = Target(LINE, f"{sheet_of(at).id}.{name}")
    return Done(target, gettext_noop("ligne « {title} » ajoutée"), {"title": title})


def _add_cell(edit: Edit, path: Path, name: str, at: Target, title: str, kind: str) -> None:
    schema = {"title": title, **_starter(kind)}
    keys = list(edit.get(path, {}))
    after = at.id.split(".")[-1]
    if keys:
        edit.put((*path, name), schema, index=keys.index(after) + 1 if after in keys else None)
    else:
        put(edit, path[:-1], {"type": "object", "properties": {name: schema}})


def _starter(kind: str) -> dict[str, Any]:
    if kind not in cell_kinds():
        raise Impossible(gettext_noop("Ce type ne tient pas dans une cellule."))
    return kinds.starter(kind)


def convert_cell(edit: Edit, at: Target, *, kind: str) -> None:
    """Give a column or a line another type; what the new one does not know is lost."""
    _starter(kind)
    path = path_to(edit.document, at)
    edit.put(path, kinds.convert(edit.get(path), kind).schema)
    if kind not in SUMMED and at.kind == COLUMN:
        set_total(edit, at, False)
    if kind not in TAKING and at.kind == COLUMN:
        put(edit, given_path(at), ABSENT)


def is_required(document: Any, at: Target) -> bool:
    """Whether a cell must be filled in: in each row that is begun, for a column."""
    edit, name = Edit(document), at.id.split(".")[-1]
    if at.kind == COLUMN:
        return name in edit.get((*path_to(document, at)[:-2], "required"), [])
    return own(edit.get(path_to(document, at))).get("required") is True


def require_cell(edit: Edit, at: Target, wanted: bool) -> None:
    """Make a cell required or not."""
    path, name = path_to(edit.document, at), at.id.split(".")[-1]
    if at.kind == LINE:
        put(edit, (*path, "x-field", "required"), True if wanted else ABSENT)
        return
    listed = (*path[:-2], "required")
    if not wanted:
        if edit.get((*listed, f"[={name}]")) is not None:
            edit.remove((*listed, f"[={name}]"))
    elif edit.get((*listed, f"[={name}]")) is None:
        _append(edit, listed, name)


def compute_cell(edit: Edit, at: Target, rule: Any) -> None:
    """Give a cell its formula, or none; what is computed is never asked."""
    require_cell(edit, at, False)
    if at.kind == COLUMN:
        put(edit, given_path(at), ABSENT)
    put(edit, (*path_to(edit.document, at), "x-field", "compute"), rule)


def given_path(at: Target) -> Path:
    """Where it is written what each entity gives to a column."""
    return (*sheet_path(at), "table", "given", at.id.split(".")[-1])


def total_of(document: Any, at: Target) -> str:
    """The name of the total of a column, "" where it has none."""
    totals = Edit(document).get((*sheet_path(at), "table", "totals"), {})
    column = at.id.split(".")[-1]
    return next((name for name, each in totals.items() if each.get("column") == column), "")


def set_total(edit: Edit, at: Target, wanted: bool) -> None:
    """Give a column the total of its values, or none."""
    path, name = (*sheet_path(at), "table", "totals"), total_of(edit.document, at)
    if wanted and not name:
        column = at.id.split(".")[-1]
        name = naming.identity(f"total_{column}", _names(edit.get(workbook_path(at))))
        put(edit, (*path, name), {"column": column})
    elif not wanted and name:
        edit.remove((*path, name))


def total_title(document: Any, at: Target) -> str:
    """What the total of a column is called, "" where it is drawn from the column's own title."""
    path = (*sheet_path(at), "table", "totals", total_of(document, at), "title")
    return str(Edit(document).get(path, ""))


def name_total(edit: Edit, at: Target, title: Any) -> None:
    """Give the total of a column its title, or the one that is drawn from the column's."""
    name = total_of(edit.document, at)
    if not name:
        raise Impossible(gettext_noop("Cette colonne n’a pas de somme."))
    put(edit, (*sheet_path(at), "table", "totals", name, "title"), title)


def move_cell(edit: Edit, at: Target, *, by: int) -> Done:
    """Move a column or a line one place."""
    path = path_to(edit.document, at)
    keys, schema = names_in(edit.get(path[:-1])), edit.get(path)
    place = keys.index(path[-1]) + by
    if not 0 <= place < len(keys):
        raise Impossible(gettext_noop("C’est déjà au bord de la feuille."))
    edit.put(path, ABSENT)
    edit.put(path, schema, index=place)
    return Done(at, gettext_noop("« {title} » déplacée"), {"title": schema.get("title", at.id)})


def delete_part(edit: Edit, at: Target) -> Done:
    """Take out a workbook that no question asks for, one of its sheets, a column or a line."""
    path = path_to(edit.document, at)
    title = str(edit.get(path).get("title", at.id))
    if at.kind == WORKBOOK:
        _look_for_askers(edit.document, at)
        edit.remove(path)
        back = Target(PROCEDURE, WHOLE)
    elif at.kind == SHEET:
        if len(edit.get(path[:-1])) == 1:
            raise Impossible(gettext_noop("Un classeur garde au moins une feuille."))
        edit.remove(path)
        back = workbook_of(at)
    else:
        back = _neighbour(edit, at, path)
        _delete_cell(edit, at, path)
    return Done(back, gettext_noop("« {title} » supprimée"), {"title": title})


def _neighbour(edit: Edit, at: Target, path: Path) -> Target:
    """What is selected once a column or a line has gone: the next one, the one before, else its sheet."""
    keys = names_in(edit.get(path[:-1]))
    place = keys.index(path[-1])
    rest = keys[place + 1 : place + 2] or keys[max(place - 1, 0) : place]
    return Target(at.kind, f"{sheet_of(at).id}.{rest[0]}") if rest else sheet_of(at)


def _look_for_askers(document: Any, at: Target) -> None:
    asking = [
        str(schema.get("title", name))
        for name, schema in questions(document)
        if own(schema).get("workbook") == at.id
    ]
    if asking:
        raise Impossible(
            gettext_noop(
                "La question « {title} » demande ce classeur : supprimez-la, ou donnez-lui-en un autre."
            ),
            title=asking[0],
        )


def _delete_cell(edit: Edit, at: Target, path: Path) -> None:
    holder = path[:-2]
    if len(edit.get(path[:-1])) == 1:
        # The last column goes with its table, the last line with its list.
        edit.put(holder[:-1] if at.kind == COLUMN else holder, ABSENT)
        return
    if at.kind == COLUMN:
        set_total(edit, at, False)
        require_cell(edit, at, False)
        put(edit, given_path(at), ABSENT)
        _look_for_checks(edit, at)
    edit.put(path, ABSENT)


def _look_for_checks(edit: Edit, at: Target) -> None:
    for check in edit.get((*sheet_path(at), "table", "checks"), ()):
        if check.get("at") == at.id.split(".")[-1]:
            raise Impossible(
                gettext_noop("Le contrôle « {said} » est dit à cette colonne : changez-le d’abord."),
                said=str(check.get("message", "")),
            )

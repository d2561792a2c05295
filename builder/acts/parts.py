"""What is done to pages and sections: adding, moving, duplicating, deleting, their condition."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from typing import Any

from builder.acts import naming
from builder.acts.documents import (
    PAGE,
    QUESTION,
    SECTION,
    Impossible,
    Target,
    all_sections,
    pages,
    path_to,
    phase_path,
    section_of,
)
from builder.acts.patches import ABSENT, Edit
from builder.acts.places import Path, names_in
from builder.acts.questions import Done, delete_question
from builder.acts.requirement import is_required, names_under, require, settle
from builder.acts.settings import put
from formdefs.errors import gettext_noop


def add_section(edit: Edit, at: Target, *, title: str) -> Done:
    """Add an empty section after what is selected; what follows a selected question goes into it."""
    taken = {section["id"] for _, section in all_sections(edit.document)}
    written: dict[str, Any] = {
        "id": naming.identity(title, taken, blank="section", mark="-"),
        "title": title,
        "fields": [],
    }
    path, after = _place_of_section(edit, at)
    moved: list[str] = []
    if at.kind == QUESTION:
        fields = list(edit.get(after)["fields"])
        moved = fields[fields.index(at.id.partition(".")[0]) + 1 :]
        for name in moved:
            edit.remove((*after, "fields", f"[={name}]"))
    written["fields"] = moved
    edit.insert(path, written, _index(edit, path, after) + 1 if after else None)
    settle(edit, moved)
    return Done(Target(SECTION, written["id"]), gettext_noop("section « {title} » ajoutée"), {"title": title})


def _place_of_section(edit: Edit, at: Target) -> tuple[Path, Path]:
    """The list that a new section goes to, and the section it comes after."""
    if at.kind == QUESTION:
        after, _ = section_of(edit.document, at.id)
        return after[:-1], after
    if at.kind == SECTION:
        after = path_to(edit.document, at)
        return after[:-1], after
    page = path_to(edit.document, at) if at.kind == PAGE else [path for path, _ in pages(edit.document)][-1]
    return (*page, "sections"), ()


def _index(edit: Edit, parent: Path, child: Path) -> int:
    return names_in(edit.get(parent)).index(child[-1])


def add_page(edit: Edit, at: Target, *, title: str) -> Done:
    """Add a page of one empty section after the one where one is, last otherwise."""
    taken = {page["page"] for _, page in pages(edit.document)}
    ids = {section["id"] for _, section in all_sections(edit.document)}
    name = naming.identity(title, taken, blank="page", mark="-")
    section = {"id": naming.identity(title, ids, blank="section", mark="-"), "title": title, "fields": []}
    layout = (*phase_path(edit.document), "layout")
    here = _page_of(edit, at)
    edit.insert(
        layout,
        {"page": name, "title": title, "sections": [section]},
        _index(edit, layout, here) + 1 if here else None,
    )
    return Done(Target(PAGE, name), gettext_noop("page « {title} » ajoutée"), {"title": title})


def _page_of(edit: Edit, at: Target) -> Path:
    if at.kind == QUESTION:
        return section_of(edit.document, at.id)[0][:-2]
    if at.kind == SECTION:
        return path_to(edit.document, at)[:-2]
    return path_to(edit.document, at) if at.kind == PAGE else ()


def move_part(edit: Edit, at: Target, *, by: int = 0, to: Target | None = None, before: bool = False) -> Done:
    """Move a page or a section one place, or a section after (or before) another or to the end of a page."""
    path = path_to(edit.document, at)
    part = edit.get(path)
    target, index = path[:-1], _index(edit, path[:-1], path) + by
    if to is not None:
        target, index = _destination(edit, at, to, before, path)
    elif at.kind == SECTION and not 0 <= index < len(edit.get(target)):
        target, index = _next_page(edit, path, by)
    if not 0 <= index <= len(edit.get(target)) - (target == path[:-1]):
        raise Impossible(gettext_noop("C’est déjà au bord du formulaire."))
    if at.kind == SECTION and target != path[:-1] and len(edit.get(path[:-1])) == 1:
        raise Impossible(gettext_noop("Une page garde au moins une section : supprimez plutôt la page."))
    edit.put(path, ABSENT)
    edit.insert(target, part, index)
    settle(edit, names_under(part))
    return Done(at, gettext_noop("« {title} » déplacée"), {"title": part["title"]})


def _destination(edit: Edit, at: Target, to: Target, before: bool, path: Path) -> tuple[Path, int]:
    if to.kind == QUESTION:
        to = Target(SECTION, section_of(edit.document, to.id)[1]["id"])
    if at.kind == PAGE and to.kind == SECTION:
        page = path_to(edit.document, to)[:-2]
        to = Target(PAGE, edit.get(page)["page"])
    there = path_to(edit.document, to)
    if there == path:
        return path[:-1], _index(edit, path[:-1], path)
    if at.kind == SECTION and to.kind == PAGE:
        return (*there, "sections"), len([s for s in edit.get(there)["sections"] if s["id"] != at.id])
    rest = [name for name in names_in(edit.get(there[:-1])) if (*there[:-1], name) != path]
    return there[:-1], rest.index(there[-1]) + (0 if before else 1)


def _next_page(edit: Edit, path: Path, by: int) -> tuple[Path, int]:
    around = [page for page, _ in pages(edit.document)]
    number = around.index(path[:-2]) + by
    if not 0 <= number < len(around):
        raise Impossible(gettext_noop("C’est déjà au bord du formulaire."))
    target = (*around[number], "sections")
    return target, 0 if by > 0 else len(edit.get(target))


def duplicate_section(edit: Edit, at: Target, *, frozen: Collection[str] = ()) -> Done:
    """Add a copy of a section and of its questions after it."""
    path = path_to(edit.document, at)
    section = deepcopy(edit.get(path))
    taken = {each["id"] for _, each in all_sections(edit.document)}
    title = f"{section['title']} (copie)"
    copy = {**section, "id": naming.identity(title, taken, blank="section", mark="-"), "title": title}
    copy["fields"] = []
    edit.insert(path[:-1], copy, _index(edit, path[:-1], path) + 1)
    target = (*path[:-1], f"[id={copy['id']}]")
    properties = (
        path_to(edit.document, Target(QUESTION, section["fields"][0]))[:-1] if section["fields"] else ()
    )
    for name in section["fields"]:
        schema = deepcopy(edit.get((*properties, name)))
        keys = list(edit.get(properties))
        new = naming.identity(str(schema.get("title") or name), {*keys, *frozen})
        required = is_required(edit.document, name)
        edit.put((*properties, new), schema)
        edit.insert((*target, "fields"), new)
        require(edit, new, required)
    return Done(
        Target(SECTION, copy["id"]),
        gettext_noop("copie de « {title} » ajoutée après"),
        {"title": section["title"]},
    )


def delete_part(edit: Edit, at: Target) -> Done:
    """Take out a page or a section with its questions; whether rules read them is asked before."""
    path = path_to(edit.document, at)
    part = edit.get(path)
    siblings = names_in(edit.get(path[:-1]))
    if len(siblings) == 1:
        raise Impossible(
            gettext_noop("Un formulaire garde au moins une page.")
            if at.kind == PAGE
            else gettext_noop("Une page garde au moins une section : supprimez plutôt la page.")
        )
    for name in names_under(part):
        delete_question(edit, Target(QUESTION, name))
    edit.put(path, ABSENT)
    _forget_contacts(edit)
    first = edit.get((*path[:-1], names_in(edit.get(path[:-1]))[0]))
    select = Target(at.kind, first["page"] if at.kind == PAGE else first["id"])
    return Done(select, gettext_noop("« {title} » supprimée"), {"title": part["title"]})


def _forget_contacts(edit: Edit) -> None:
    """A section that has gone is no longer one that stays editable after the deposit."""
    known = {section["id"] for _, section in all_sections(edit.document)}
    contacts = (*phase_path(edit.document), "contacts")
    for name in [each for each in edit.get(contacts, []) if each not in known]:
        edit.put((*contacts, f"[={name}]"), ABSENT)


def set_contact(edit: Edit, at: Target, holds: bool) -> None:
    """Say whether the answers of a section are a contact of the dossier."""
    path_to(edit.document, at)
    contacts = (*phase_path(edit.document), "contacts")
    listed = list(edit.get(contacts, []))
    if holds == (at.id in listed):
        return
    known = [section["id"] for _, section in all_sections(edit.document)]
    chosen = {*listed, at.id} if holds else set(listed) - {at.id}
    put(edit, contacts, [name for name in known if name in chosen] or ABSENT)


def set_part_condition(edit: Edit, at: Target, rule: Any) -> None:
    """Give a page or a section its condition, or none; the requirement of its questions follows."""
    path = path_to(edit.document, at)
    names = names_under(edit.get(path))
    required = [name for name in names if is_required(edit.document, name)]
    if rule is ABSENT:
        edit.put((*path, "when"), ABSENT)
    else:
        keys = list(edit.get(path))
        last = "sections" if at.kind == PAGE else "fields"
        edit.put((*path, "when"), rule, index=keys.index(last))
    for name in required:
        require(edit, name, True)

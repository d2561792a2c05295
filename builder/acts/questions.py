"""What is done to questions: adding, renaming, moving, duplicating, deleting, changing their type."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from builder.acts import kinds, naming
from builder.acts.decimals import convert_number
from builder.acts.difference import difference
from builder.acts.documents import (
    PAGE,
    QUESTION,
    SECTION,
    Impossible,
    Target,
    all_sections,
    answers_path,
    holder_path,
    is_group,
    own,
    path_to,
    question_path,
    section_of,
    title_of,
)
from builder.acts.patches import ABSENT, Edit
from builder.acts.places import Path, names_in
from builder.acts.requirement import is_required, require, settle, write_own
from formdefs.errors import gettext_noop
from formdefs.registry import TYPES


@dataclass(frozen=True)
class Done:
    """What an act did, in a French sentence with its parameters, and what is then selected."""

    select: Target
    message: str
    params: Mapping[str, Any]


def question_target(name: str) -> Target:
    """The target of a question."""
    return Target(QUESTION, name)


def add_question(
    edit: Edit, at: Target, *, title: str, kind: str, frozen: Collection[str] = (), inside: bool = False
) -> Done:
    """Add a required question after another one, at the end of a section or a page, or in a group's rows."""
    try:
        schema = {"title": title, **kinds.starter(kind)}
    except KeyError as error:
        raise Impossible(gettext_noop("Ce type de question n’existe pas.")) from error
    if kind == kinds.WORKBOOK:
        _ask_for_workbook(edit.document, schema)
    name = _insert(edit, at, title, schema, frozen, inside=inside)
    if not TYPES[kind].static:
        require(edit, name, True)
    return Done(question_target(name), gettext_noop("« {title} » ajoutée"), {"title": title})


def _ask_for_workbook(document: Any, schema: dict[str, Any]) -> None:
    """Name the last workbook of the démarche where a question names none."""
    listed = document.get("documents")
    if not listed:
        raise Impossible(gettext_noop("Ajoutez d’abord un classeur, dans l’onglet Documents."))
    schema["x-field"].setdefault("workbook", listed[-1]["id"])


def _insert(
    edit: Edit,
    at: Target,
    title: str,
    schema: dict[str, Any],
    frozen: Collection[str],
    *,
    inside: bool = False,
) -> str:
    """Write a question where it belongs, under an identity of its own; give its dotted name."""
    path_to(edit.document, at)
    if at.kind == QUESTION and (inside or "." in at.id):
        group, _, after = (at.id, "", "") if inside else at.id.rpartition(".")
        if not is_group(edit.get(question_path(edit.document, group), {})):
            raise Impossible(gettext_noop("Seul un bloc répétable contient d’autres questions."))
        return _insert_in_rows(edit, group, after, title, schema, frozen)
    section, fields, index = _spot(edit, at)
    properties = (*answers_path(edit.document), "properties")
    keys = list(edit.get(properties))
    name = naming.identity(title, {*keys, *frozen})
    before = [field for field in fields[:index] if field in keys]
    edit.put((*properties, name), schema, index=keys.index(before[-1]) + 1 if before else None)
    edit.insert((*section, "fields"), name, index)
    return name


def _insert_in_rows(
    edit: Edit, group: str, after: str, title: str, schema: dict[str, Any], frozen: Collection[str]
) -> str:
    properties = (*question_path(edit.document, group), "items", "properties")
    keys = list(edit.get(properties))
    taken = {each.rpartition(".")[2] for each in frozen if each.startswith(f"{group}.")}
    name = naming.identity(title, {*keys, *taken})
    edit.put((*properties, name), schema, index=keys.index(after) + 1 if after in keys else None)
    return f"{group}.{name}"


def _spot(edit: Edit, at: Target) -> tuple[Path, list[str], int]:
    """The section that a new question goes to, its questions, and the place among them."""
    if at.kind == QUESTION:
        path, section = section_of(edit.document, at.id)
        fields = list(section["fields"])
        return path, fields, fields.index(at.id.partition(".")[0]) + 1
    if at.kind == SECTION:
        path = path_to(edit.document, at)
        fields = list(edit.get(path)["fields"])
        return path, fields, len(fields)
    page = path_to(edit.document, at) if at.kind == PAGE else ()
    found = [(path, section) for path, section in all_sections(edit.document) if path[: len(page)] == page]
    path, section = found[-1]
    return path, list(section["fields"]), len(section["fields"])


def retitle(edit: Edit, at: Target, *, title: str, frozen: Collection[str] = ()) -> Done:
    """Give a question another title, and the identity it draws from it while nothing is published."""
    name = at.id
    path = path_to(edit.document, at)
    old = str(edit.get((*path, "title"), name))
    edit.put((*path, "title"), title, index=0)
    if name not in frozen and naming.drawn_from(name.rpartition(".")[2], old):
        name = rename(edit, name, title, frozen)
    return Done(question_target(name), gettext_noop("intitulé de « {title} »"), {"title": title})


def rename(edit: Edit, name: str, title: str, frozen: Collection[str]) -> str:
    """Give a question the identity that its title has, in its rules, its layout and its holder too."""
    holder, last = holder_path(edit.document, name), name.rpartition(".")[2]
    keys = list(edit.get((*holder, "properties")))
    taken = {each.rpartition(".")[2] for each in frozen} | set(keys) - {last}
    new = naming.identity(title, taken)
    if new == last:
        return name
    document = deepcopy(naming.follow(edit.document, name, new))
    schema = _at(document, holder)
    schema["properties"] = {new if key == last else key: value for key, value in schema["properties"].items()}
    if last in schema.get("required", ()):
        schema["required"] = [new if each == last else each for each in schema["required"]]
    if "." not in name:
        for _, section in all_sections(document):
            section["fields"] = [new if each == last else each for each in section["fields"]]
    edit.replay(difference(edit.document, document))
    return name[: len(name) - len(last)] + new


def _at(document: Any, path: Path) -> Any:
    for name in path:
        document = document[name] if isinstance(document, dict) else document[names_in(document).index(name)]
    return document


def duplicate_question(edit: Edit, at: Target, *, frozen: Collection[str] = ()) -> Done:
    """Add a copy of a question after it, its rules kept, under a new identity."""
    schema = deepcopy(edit.get(path_to(edit.document, at)))
    old, required = title_of(edit.document, at.id), is_required(edit.document, at.id)
    title = re.sub(r" \((?:copie)(?: \d+)?\)$", "", old) + " (copie)"
    schema = {"title": title, **{key: value for key, value in schema.items() if key != "title"}}
    name = _insert(edit, at, title, schema, frozen)
    require(edit, name, required)
    return Done(question_target(name), gettext_noop("copie de « {title} » ajoutée après"), {"title": old})


def delete_question(edit: Edit, at: Target) -> Done:
    """Take a question out of its form; whether rules read it is asked before."""
    path, name = path_to(edit.document, at), at.id
    title = title_of(edit.document, name)
    after = _neighbour(edit.document, name)
    holder = holder_path(edit.document, name)
    if len(edit.get((*holder, "properties"))) == 1:
        raise Impossible(
            gettext_noop("Un bloc contient au moins une question : supprimez le bloc, ou ajoutez-en une.")
            if "." in name
            else gettext_noop("Un formulaire pose au moins une question : ajoutez-en une autre d’abord.")
        )
    if "." not in name:
        section, _ = section_of(edit.document, name)
        edit.remove((*section, "fields", f"[={name}]"))
    listed = (*holder, "required", f"[={name.rpartition('.')[2]}]")
    if edit.get(listed) is not None:
        edit.remove(listed)
    edit.put(path, ABSENT)
    return Done(after, gettext_noop("« {title} » supprimée"), {"title": title})


def _neighbour(document: Any, name: str) -> Target:
    """What is selected once a question has gone: the next one, the one before, else its section."""
    if "." in name:
        return question_target(name.rpartition(".")[0])
    _, section = section_of(document, name)
    fields = list(section["fields"])
    place = fields.index(name)
    rest = fields[place + 1 : place + 2] or fields[max(place - 1, 0) : place]
    return question_target(rest[0]) if rest else Target(SECTION, section["id"])


def move_question(
    edit: Edit, at: Target, *, by: int = 0, to: Target | None = None, before: bool = False
) -> Done:
    """Move a question one place up or down, or after (or before) a question, or to the end of a section.

    At the edge of its section it goes to the next one.
    """
    path_to(edit.document, at)
    title = title_of(edit.document, at.id)
    if "." in at.id:
        _move_in_rows(edit, at.id, by, to, before)
    else:
        _move_in_layout(edit, at.id, by, to, before)
        settle(edit, [at.id])
    return Done(at, gettext_noop("« {title} » déplacée"), {"title": title})


def _move_in_rows(edit: Edit, name: str, by: int, to: Target | None, before: bool) -> None:
    group, _, last = name.rpartition(".")
    properties = (*question_path(edit.document, group), "items", "properties")
    keys = list(edit.get(properties))
    place = keys.index(last) + by
    if to is not None:
        if to.kind != QUESTION or to.id.rpartition(".")[0] != group:
            raise Impossible(gettext_noop("Une question d’un bloc répétable reste dans ce bloc."))
        rest = [key for key in keys if key != last]
        wanted = to.id.rpartition(".")[2]
        place = rest.index(wanted) + (0 if before else 1) if wanted in rest else keys.index(last)
    if not 0 <= place < len(keys):
        raise Impossible(gettext_noop("Cette question est déjà au bord de son bloc."))
    schema = edit.get((*properties, last))
    edit.put((*properties, last), ABSENT)
    edit.put((*properties, last), schema, index=place)


def _move_in_layout(edit: Edit, name: str, by: int, to: Target | None, before: bool) -> None:
    path, section = section_of(edit.document, name)
    if to is None:
        target, index = _one_place(edit, path, section, name, by)
    elif to.kind == QUESTION:
        if "." in to.id:
            raise Impossible(gettext_noop("Une question ne change pas de bloc : recréez-la dans celui-ci."))
        target, _ = section_of(edit.document, to.id)
        fields = [field for field in edit.get(target)["fields"] if field != name]
        if to.id not in fields:
            return
        index = fields.index(to.id) + (0 if before else 1)
    else:
        target, fields, index = _spot(edit, to)
        index -= name in fields
    edit.remove((*path, "fields", f"[={name}]"))
    edit.insert((*target, "fields"), name, index)


def _one_place(edit: Edit, path: Path, section: Mapping[str, Any], name: str, by: int) -> tuple[Path, int]:
    place = section["fields"].index(name) + by
    if 0 <= place < len(section["fields"]):
        return path, place
    around = [each for each, _ in all_sections(edit.document)]
    number = around.index(path) + by
    if not 0 <= number < len(around):
        raise Impossible(gettext_noop("Cette question est déjà au bord du formulaire."))
    target = around[number]
    return target, 0 if by > 0 else len(edit.get(target)["fields"])


def change_type(edit: Edit, at: Target, *, kind: str) -> Done:
    """Give a question another type; what the new one does not know is lost."""
    path = path_to(edit.document, at)
    schema = edit.get(path)
    try:
        converted = kinds.convert(schema, kind)
    except KeyError as error:
        raise Impossible(gettext_noop("Ce type de question n’existe pas.")) from error
    if kind == kinds.WORKBOOK:
        _ask_for_workbook(edit.document, converted.schema)
    convert_number(edit, at, converted.schema)
    return Done(at, gettext_noop("type de « {title} »"), {"title": title_of(edit.document, at.id)})


def set_condition(edit: Edit, name: str, rule: Any) -> None:
    """Give a question its condition, or none; its requirement follows."""
    required = is_required(edit.document, name)
    if rule is ABSENT:
        if "when" in own(edit.get(question_path(edit.document, name))):
            edit.remove((*question_path(edit.document, name), "x-field", "when"))
    else:
        if required and not own(edit.get(question_path(edit.document, name))).get("required"):
            _unlist(edit, name)
            write_own(edit, name, "when", rule)
            write_own(edit, name, "required", True)
            return
        write_own(edit, name, "when", rule)
    require(edit, name, required)


def _unlist(edit: Edit, name: str) -> None:
    listed = (*holder_path(edit.document, name), "required", f"[={name.rpartition('.')[2]}]")
    if edit.get(listed) is not None:
        edit.remove(listed)

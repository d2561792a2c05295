"""Whether a question must be answered, written where its conditions ask for it.

A question that is always asked stands in « required »; one that a condition may hide says so in « x-field ».
"""

from __future__ import annotations

from typing import Any

from builder.acts.documents import Impossible, holder_path, own, question_path, section_of
from builder.acts.patches import Edit


def is_required(document: Any, name: str) -> bool:
    """Whether a question must be answered where it is asked."""
    edit = Edit(document)
    listed = edit.get((*holder_path(document, name), "required"), [])
    return name.rpartition(".")[2] in listed or own(_schema(edit, name)).get("required") is True


def is_conditional(document: Any, name: str) -> bool:
    """Whether a condition of its own, of its section or of its page may hide a question."""
    edit = Edit(document)
    if "when" in own(_schema(edit, name)):
        return True
    if "." in name:
        return False
    try:
        path, section = section_of(document, name)
    except Impossible:
        return False
    return "when" in section or "when" in edit.get(path[:-2], {})


def require(edit: Edit, name: str, wanted: bool) -> None:
    """Make a question required or not, in the right place."""
    conditional = is_conditional(edit.document, name)
    question = question_path(edit.document, name)
    holder, last = holder_path(edit.document, name), name.rpartition(".")[2]
    listed = (*holder, "required", f"[={last}]")
    if wanted and conditional:
        write_own(edit, name, "required", True)
    elif own(_schema(edit, name)).get("required") is not None:
        edit.remove((*question, "x-field", "required"))
    if not wanted or conditional:
        if edit.get(listed) is not None:
            edit.remove(listed)
    elif edit.get(listed) is None:
        if edit.get((*holder, "required")) is None:
            keys = list(edit.get(holder))
            edit.put((*holder, "required"), [last], index=keys.index("properties") + 1)
        else:
            edit.insert((*holder, "required"), last)


def write_own(edit: Edit, name: str, key: str, value: Any) -> None:
    """Give an option of « x-field » its value, last where it is new."""
    path = (*question_path(edit.document, name), "x-field")
    if edit.get(path) is None:
        edit.put(path, {key: value})
    else:
        edit.put((*path, key), value)


def settle(edit: Edit, names: list[str]) -> None:
    """Write again the requirement of questions whose conditions have changed."""
    for name in names:
        if is_required(edit.document, name):
            require(edit, name, True)


def names_under(part: Any) -> list[str]:
    """The questions placed in a page or a section."""
    if "sections" in part:
        return [name for section in part["sections"] for name in section.get("fields", ())]
    return list(part.get("fields", ()))


def _schema(edit: Edit, name: str) -> Any:
    return edit.get(question_path(edit.document, name), {})

"""UI schemas of JSON Forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.importers.hints import Hint, Hints, Path

Shown = tuple[tuple[Path, Any, bool], ...]
_SHOWS = {"SHOW": True, "ENABLE": True, "HIDE": False, "DISABLE": False}


def hints(ui: Mapping[str, Any]) -> Hints:
    """The hints that a JSON Forms UI schema gives: a tree of layouts whose controls name their data."""
    found = Hints()
    _read(ui, (), ("", ""), (), found)
    return found


def path_of(scope: Any) -> Path:
    """The path of the data that a scope names: « #/properties/a/properties/b » is ("a", "b")."""
    steps = str(scope).lstrip("#").strip("/").split("/")
    path: list[Any] = []
    waiting = iter(steps)
    for step in waiting:
        if step == "properties":
            path.append(next(waiting, "").replace("~1", "/").replace("~0", "~"))
        elif step == "items":
            path.append("*")
    return tuple(path)


def _read(element: Any, base: Path, place: tuple[str, str], shown: Shown, found: Hints) -> None:
    if not isinstance(element, Mapping):
        return
    kind, label = element.get("type"), element.get("label")
    label = label if isinstance(label, str) else ""
    shown = (*shown, *_rule(element.get("rule"), base))
    if kind == "Control":
        _control(element, (*base, *path_of(element.get("scope"))), label, place, shown, found)
        return
    if kind == "Category":
        place = (label, "")
    elif kind == "Group" and label:
        place = (place[0], label)
    for inner in element.get("elements", ()):
        _read(inner, base, place, shown, found)


def _control(
    element: Mapping[str, Any], path: Path, label: str, place: tuple[str, str], shown: Shown, found: Hints
) -> None:
    options = element.get("options") if isinstance(element.get("options"), Mapping) else {}
    assert isinstance(options, Mapping)
    found.of[path] = Hint(
        title=label,
        widget="textarea" if options.get("multi") else "",
        format=str(options.get("format", "")),
        shown=shown,
    )
    found.order[path] = len(found.order)
    found.places[path] = place
    if isinstance(options.get("detail"), Mapping):
        _read(options["detail"], (*path, "*"), ("", ""), (), found)


def _rule(rule: Any, base: Path) -> Shown:
    if not isinstance(rule, Mapping) or rule.get("effect") not in _SHOWS:
        return ()
    condition, wanted = rule.get("condition"), _SHOWS[rule["effect"]]
    if not isinstance(condition, Mapping):
        return ()
    kind = condition.get("type")
    if kind in ("AND", "OR"):
        parts = [_judged(each, base) for each in condition.get("conditions", ())]
        return ((base, {"allOf" if kind == "AND" else "anyOf": parts}, wanted),)
    return ((base, _judged(condition, base), wanted),)


def _judged(condition: Any, base: Path) -> Any:
    """A condition as a schema of the data around it; an absent value does not fit, as JSON Forms has it."""
    if not isinstance(condition, Mapping):
        return True
    schema = condition.get("schema", {"const": condition.get("expectedValue")})
    for step in reversed(path_of(condition.get("scope"))):
        schema = {"properties": {step: schema}, "required": [step]}
    return schema

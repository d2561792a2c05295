"""UI schemas of react-jsonschema-form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.importers.hints import Hint, Hints, Path


def hints(ui: Mapping[str, Any]) -> Hints:
    """The hints that an rjsf UI schema gives, which has the shape of the data."""
    found = Hints()
    _read(ui, (), found)
    return found


def _read(ui: Mapping[str, Any], path: Path, found: Hints) -> None:
    options = {**ui.get("ui:globalOptions", {}), **ui.get("ui:options", {})} if _is_map(ui) else {}

    def said(name: str) -> Any:
        return ui.get(f"ui:{name}", options.get(name, ""))

    widget = said("widget")
    found.of[path] = Hint(
        title=str(said("title") or ""),
        help=" ".join(each for each in (said("description"), said("help")) if isinstance(each, str)).strip(),
        widget=widget if isinstance(widget, str) else "",
        labels=tuple(map(str, said("enumNames") or ())),
        hidden=widget == "hidden",
    )
    order = said("order")
    for place, key in enumerate(order if isinstance(order, list) else ()):
        found.order[(*path, key)] = place if "*" not in order[:place] else place + 10_000
    for key, inner in ui.items():
        if _is_map(inner) and not key.startswith("ui:"):
            _read(inner, (*path, "*" if key in ("items", "additionalItems") else key), found)


def _is_map(value: Any) -> bool:
    return isinstance(value, Mapping)

"""Merging what a page sends with what has been saved since it was shown.

Raw answers are compared leaf by leaf: `nom`, `depenses.r1.montant`, and `depenses#` for the order
of a repeatable group's rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Flat = dict[str, Any]


@dataclass(frozen=True)
class Merged:
    """The outcome: all leaves, the replaced values of those that changed, and what was set aside."""

    flat: Flat
    before: Flat
    conflicts: Flat


def flatten(raw: Mapping[str, Any], prefix: str = "") -> Flat:
    """The leaves of raw answers, by path."""
    flat: Flat = {}
    for name, value in raw.items():
        if name == "_row":
            continue
        if _is_rows(value):
            flat[f"{prefix}{name}#"] = [row["_row"] for row in value]
            for row in value:
                flat.update(flatten(row, f"{prefix}{name}.{row['_row']}."))
        else:
            flat[prefix + name] = value
    return flat


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) and "_row" in v for v in value)


def unflatten(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Raw answers from their leaves; leaves of rows that no order names are dropped."""
    raw = {path: value for path, value in flat.items() if "." not in path and not path.endswith("#")}
    for path, order in flat.items():
        if path.endswith("#") and "." not in path:
            name = path[:-1]
            raw[name] = [{"_row": row, **unflatten(_below(flat, f"{name}.{row}."))} for row in order]
    return raw


def _below(flat: Mapping[str, Any], prefix: str) -> Flat:
    return {path[len(prefix) :]: value for path, value in flat.items() if path.startswith(prefix)}


def answer_at(flat: Mapping[str, Any], path: str) -> Any:
    """The raw answer at a path: of a question, or of one part of a compound answer."""
    if path in flat:
        return flat[path]
    whole, _dot, part = path.rpartition(".")
    compound = flat.get(whole)
    return compound.get(part) if isinstance(compound, dict) else None


def merge(current: Flat, base: Mapping[str, Any], given: Mapping[str, Any]) -> Merged:
    """Apply `given` to `current`, knowing what the page had been shown (`base`: only what changed since).

    What the page did not change keeps its saved value; what both changed keeps the saved value and is
    listed as a conflict.
    """
    flat, before, conflicts = dict(current), {}, {}
    for path, sent in given.items():
        saved, shown = current.get(path), base.get(path, current.get(path))
        value = _merge_order(path, saved or [], shown or [], sent, base) if path.endswith("#") else sent
        if _same(value, saved) or (_same(value, shown) and not path.endswith("#")):
            continue
        if path.endswith("#") or _same(saved, shown):
            flat[path], before[path] = value, saved
        else:
            conflicts[path] = value
    for path in _orphans(flat):
        before[path] = flat.pop(path)
    return Merged(flat, before, conflicts)


def _merge_order(
    path: str, saved: list[str], shown: list[str], given: list[str], base: Mapping[str, Any]
) -> list[str]:
    """The rows to keep: the page's order, rows added elsewhere, and rows removed here but changed there."""
    group = path[:-1]
    kept = [row for row in given if row in saved or row not in shown]
    for row in saved:
        changed_elsewhere = any(p.startswith(f"{group}.{row}.") for p in base)
        if row not in kept and (row not in shown or changed_elsewhere):
            kept.append(row)
    return kept


def _orphans(flat: Flat) -> list[str]:
    """The leaves of rows that no order names, or that are in such a row."""
    orphans: list[str] = []
    alive = {""}
    for path, order in sorted(flat.items(), key=lambda leaf: leaf[0].count(".")):
        row = path.rstrip("#").rpartition(".")[0]
        if row not in alive:
            orphans.append(path)
        elif path.endswith("#"):
            alive |= {f"{path[:-1]}.{each}" for each in order}
    return orphans


def _same(one: Any, other: Any) -> bool:
    return one == other or (_blank(one) and _blank(other))


def _blank(value: Any) -> bool:
    return value is None or value == "" or value == [] or value is False

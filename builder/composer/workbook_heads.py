"""The columns that a pasted text proposes, with the types that were chosen for them."""

from dataclasses import replace

from django.http import QueryDict

from builder.acts.columns import Head, heads_of
from builder.acts.workbooks import cell_kinds

LONGEST_PASTE = 100_000


def chosen_heads(data: QueryDict) -> tuple[Head, ...]:
    """What a pasted text proposes; a type chosen for a column is sure, and has no values of its own."""
    found = heads_of(data.get("list", "")[:LONGEST_PASTE])
    return tuple(_as_chosen(each, data.get(f"kind.{number}", "")) for number, each in enumerate(found))


def _as_chosen(head: Head, kind: str) -> Head:
    if kind == head.kind or kind not in cell_kinds():
        return head
    return replace(head, kind=kind, choices=(), sure=True)

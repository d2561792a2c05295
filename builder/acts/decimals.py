"""How many decimals a number is asked with: what is said of it stays true of the same numbers."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from builder.acts.constants import Unit, follow_unit
from builder.acts.difference import difference
from builder.acts.documents import QUESTION, Impossible, Target, path_to
from builder.acts.kinds import slug_of
from builder.acts.patches import Edit
from builder.acts.scales import rescaled, scale_of
from builder.acts.settings import put_property
from formdefs.errors import gettext_noop
from formdefs.figures import number

PLACES = ("x-field", "places")


def set_places(edit: Edit, at: Target, value: Any) -> bool:
    """Give a number its decimals, its bounds following; whether one of them had to be rounded.

    Raises Impossible where no number with so few decimals is between the bounds.
    """
    path = path_to(edit.document, at)
    asked = edit.get(path)
    before = scale_of(asked, slug_of(asked))
    put_property(edit, at, PLACES, value)
    asked = edit.get(path)
    after = scale_of(asked, slug_of(asked))
    if before is None or after is None:
        return False
    new = rescaled(asked, before, after)
    if new.empty:
        raise Impossible(
            gettext_noop("Aucune réponse n’irait de {least} à {most} : changez d’abord ces bornes."),
            least=number(asked["minimum"], before),
            most=number(asked["maximum"], before),
        )
    for key, bound in new.bounds.items():
        put_property(edit, at, (key,), bound)
    if at.kind == QUESTION:
        _follow(edit, at, Unit(before), Unit(after))
    return new.rounded


def convert_number(edit: Edit, at: Target, new: dict[str, Any]) -> None:
    """Give a question its new type, whose rules say the same numbers where both types are numbers."""
    path = path_to(edit.document, at)
    old = edit.get(path)
    before, after = (_unit(each) for each in (old, new))
    edit.put(path, new)
    if before is not None and after is not None:
        _follow(edit, at, before, after)


def _follow(edit: Edit, at: Target, before: Unit, after: Unit) -> None:
    """Have the rules that read a question say the same numbers of it."""
    if before != after:
        followed = deepcopy(follow_unit(edit.document, at.id, before, after))
        edit.replay(difference(edit.document, followed))


def _unit(schema: Any) -> Unit | None:
    kind = slug_of(schema)
    places = scale_of(schema, kind)
    return None if places is None else Unit(places, money=kind == "money")

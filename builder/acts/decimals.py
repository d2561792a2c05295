"""How many decimals a number is asked with: what it is bounded by stays true of the same numbers."""

from __future__ import annotations

from typing import Any

from builder.acts.documents import Impossible, Target, path_to
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
    return new.rounded

"""The types of a portal's organisations, by the names that people know them under."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from django.utils.translation import gettext as _

from tenants.organisations.selectors import types_of

TYPE = "organisation.type"
"""What a rule calls the type of the organisation."""


class OrganisationTypes(Mapping[str, str]):
    """Label by code, asked of the database once one of them is wanted."""

    def __init__(self, portal: int) -> None:
        self.portal = portal

    @cached_property
    def _known(self) -> dict[str, str]:
        return types_of(self.portal)

    def __getitem__(self, code: str) -> str:
        return self._known[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def with_unknown(types: Mapping[str, str], held: Iterable[str]) -> dict[str, str]:
    """The types of a portal, then those that a definition holds and the portal does not know."""
    unknown = (code for code in held if code not in types)
    return {**types, **{code: _("« {code} », inconnu de ce portail").format(code=code) for code in unknown}}

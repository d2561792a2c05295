"""Every address that the resolver knows."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One pattern: the name that reverses it, and what its address must be given."""

    name: str
    route: str
    keys: tuple[str, ...]


def addresses() -> tuple[Address, ...]:
    """All of them; a pattern without a name goes by its route."""
    return tuple(_below(get_resolver(), "", (), ()))


def _below(
    resolver: URLResolver, route: str, spaces: tuple[str, ...], keys: tuple[str, ...]
) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        known = (*keys, *_keys(pattern))
        if isinstance(pattern, URLPattern):
            yield Address(":".join((*spaces, pattern.name)) if pattern.name else here, here, known)
        else:
            yield from _below(
                pattern, here, (*spaces, pattern.namespace) if pattern.namespace else spaces, known
            )


def _keys(pattern: URLPattern | URLResolver) -> tuple[str, ...]:
    return tuple(getattr(pattern.pattern, "converters", {}) or pattern.pattern.regex.groupindex)

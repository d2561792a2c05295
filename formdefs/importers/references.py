"""Following references inside a schema, never outside of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from referencing import Registry, Resource
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012, EMPTY_REGISTRY

from formdefs.importers.combining import combined


class Unsupported(Exception):
    """A schema of which no form can be made, with the sentence that says why."""


@dataclass(frozen=True)
class Place:
    """A schema without `$ref` nor `allOf`, the resolver for what is inside, and what led to it."""

    schema: Mapping[str, Any]
    resolver: Any
    behind: tuple[int, ...] = ()

    def inside(self, schema: Any) -> Place:
        """A part of this schema, resolved."""
        return resolved(schema, self.resolver, self.behind)


def root(document: Mapping[str, Any]) -> Place:
    """The whole document, resolved; raises Unsupported."""
    resource = Resource.from_contents(document, default_specification=DRAFT202012)
    base = str(document.get("$id", "")).rstrip("#")
    registry: Registry[Any] = EMPTY_REGISTRY.with_resource(base, resource).crawl()
    return resolved(document, registry.resolver(base), ())


def resolved(schema: Any, resolver: Any, behind: tuple[int, ...]) -> Place:
    """The schema with its references followed and its parts put together.

    Raises Unsupported where a reference leaves the document or comes back to where it began.
    """
    if isinstance(schema, bool):
        return Place({} if schema else {"not": {}}, resolver, behind)
    if "$id" in schema and behind:
        resolver = resolver.in_subresource(Resource.from_contents(schema, default_specification=DRAFT202012))
    whole: Mapping[str, Any] = {k: v for k, v in schema.items() if k not in ("$ref", "$dynamicRef", "allOf")}
    behind = (*behind, id(schema))
    reference = schema.get("$ref", schema.get("$dynamicRef"))
    if isinstance(reference, str):
        followed = _followed(reference, resolver, behind)
        whole, resolver, behind = combined(followed.schema, whole), followed.resolver, followed.behind
    for part in schema.get("allOf", ()):
        whole = combined(whole, resolved(part, resolver, behind).schema)
    return Place(whole, resolver, behind)


def _followed(reference: str, resolver: Any, behind: tuple[int, ...]) -> Place:
    try:
        found = resolver.lookup(reference)
    except (Unresolvable, ValueError, LookupError) as error:
        raise Unsupported(
            f"La référence « {reference} » ne mène nulle part dans ce document. Rien n’est cherché ailleurs."
        ) from error
    if id(found.contents) in behind:
        raise Unsupported(
            f"La référence « {reference} » revient sur elle-même : un formulaire ne peut pas être sans fin."
        )
    return resolved(found.contents, found.resolver, behind)

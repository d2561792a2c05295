"""The types of question as the editor offers them: icon, family, words they are searched by."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from builder.acts.kinds import WORKBOOK, listing, startable, starter
from builder.acts.lists import HINTS
from formdefs.fields.base import FAMILIES
from formdefs.registry import TYPES

ICONS = {
    "text": "title",
    "long_text": "pilcrow",
    "formatted_text": "regex",
    "integer": "list-ol",
    "decimal": "decimal",
    "money": "decimal",
    "percentage": "decimal",
    "date": "date",
    "yes_no": "tick-inverse",
    "certification": "check",
    "checkbox": "check",
    "choice": "radio-full",
    "multiple_choice": "tasks",
    "document": "doc-full",
    "identity_document": "doc-full-inverse",
    "group": "table",
    "entity_statuses": "grid",
    "email": "mail",
    "phone": "mobile-alt",
    "url": "link",
    "civility": "user",
    "country": "globe",
    "iban": "key",
    "bic": "key",
    "title": "h2",
    "explanation": "info-circle",
}
BY_FAMILY = {
    "Texte": "title",
    "Nombres": "decimal",
    "Dates": "calendar-alt",
    "Choix": "radio-full",
    "Identité et contact": "user",
    "Identifiants": "key",
    "Lieux": "site",
    "Fichiers": "doc-full",
    "Structure": "table",
}
"""The icon of a type that has none of its own."""
USUAL = (
    *("text", "long_text", "integer", "money", "date", "choice", "multiple_choice", "yes_no"),
    *("certification", "email", "phone", "identity", "siret", "iban", "postal_address", "document"),
    *("group", "title"),
)
"""What is asked for most, in the order that people look for it."""


@dataclass(frozen=True)
class Kind:
    """A type of question in the palette."""

    kind: str
    title: str
    description: str
    family: str
    icon: str
    synonyms: tuple[str, ...]
    keeps: tuple[str, ...] = ()


def icon_of(kind: str) -> str:
    """The icon of a type."""
    return ICONS.get(kind) or BY_FAMILY.get(TYPES[kind].family, "title")


def kinds() -> tuple[Kind, ...]:
    """Every type that a question may be begun with, those of a family together."""
    return tuple(sorted(map(_kind, (*startable(), WORKBOOK)), key=_order))


def _order(kind: Kind) -> tuple[int, int]:
    """A family after the other, and in each what is asked for most before the rest."""
    usual = USUAL.index(kind.kind) if kind.kind in USUAL else len(USUAL)
    return FAMILIES.index(kind.family), usual


def _kind(slug: str) -> Kind:
    found = TYPES[slug]
    return Kind(
        kind=slug,
        title=_(found.title),
        description=_(found.description),
        family=found.family,
        icon=icon_of(slug),
        synonyms=found.synonyms,
        keeps=tuple(_fields(slug)),
    )


def _fields(slug: str) -> Iterator[str]:
    """The fields of a panel that a question of a type keeps when it becomes one."""
    found = TYPES[slug]
    yield from (field_name("k", key) for key in sorted(found.keywords))
    yield from (field_name("o", key) for key in found.options_schema.get("properties", {}))
    if {"oneOf"} & listing(starter(slug)).keys():
        yield "choices"


def field_name(prefix: str, key: str) -> str:
    """The name of the panel's field for a keyword (« k ») or an option (« o »)."""
    return f"{prefix}_{re.sub('[^a-z0-9]+', '_', key.lower())}"


def palette_data() -> dict[str, Any]:
    """What the palette's script is given."""
    return {
        "kinds": [asdict(kind) for kind in kinds()],
        "hints": {key: list(words) for key, words in HINTS.items()},
    }

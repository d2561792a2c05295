"""The types of question as the editor offers them: icon, family, words they are searched by."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from builder.acts.kinds import listing, startable, starter
from builder.acts.lists import HINTS
from formdefs.fields import base
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
    "text": "title",
    "numbers": "decimal",
    "dates": "calendar-alt",
    "choice": "radio-full",
    "people": "user",
    "places": "site",
    "identifiers": "key",
    "documents": "doc-full",
    "tables": "table",
    "layout": "h2",
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
FAMILIES = {
    "text": gettext_lazy("Texte"),
    "numbers": gettext_lazy("Nombres"),
    "dates": gettext_lazy("Dates"),
    "choice": gettext_lazy("Choix"),
    "people": gettext_lazy("Personnes, lieux"),
    "identifiers": gettext_lazy("Identifiants"),
    "documents": gettext_lazy("Documents"),
    "tables": gettext_lazy("Tableaux"),
    "layout": gettext_lazy("Mise en page"),
}
"""The families under the names the palette gives them; a type may name its family in French itself."""
SUPPOSED = {
    **dict.fromkeys(("text", "long_text"), "text"),
    **dict.fromkeys(("integer", "decimal", "money"), "numbers"),
    "date": "dates",
    **dict.fromkeys(("yes_no", "certification", "choice", "multiple_choice"), "choice"),
    **dict.fromkeys(("civility", "email", "phone", "postcode", "url"), "people"),
    **dict.fromkeys(("siret", "finess", "iban", "bic"), "identifiers"),
    "document": "documents",
    **dict.fromkeys(("group", "entity_statuses"), "tables"),
}
"""The family of a type that names none."""


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
    found = TYPES.get(kind)
    family = getattr(found, "family", "") or SUPPOSED.get(kind, "")
    return ICONS.get(kind) or BY_FAMILY.get(str(family), "title")


def kinds() -> tuple[Kind, ...]:
    """Every type that a question may be begun with, those of a family together."""
    found = [_kind(slug) for slug in startable()]
    order = list(getattr(base, "FAMILIES", ())) or [str(title) for title in FAMILIES.values()]
    place = {
        family: order.index(family) if family in order else len(order) for family in {k.family for k in found}
    }
    return tuple(sorted(found, key=lambda each: (place[each.family], each.family)))


def _kind(slug: str) -> Kind:
    found = TYPES[slug]
    family = str(getattr(found, "family", "") or SUPPOSED.get(slug, "text"))
    words = tuple(getattr(found, "synonyms", ()) or HINTS.get(slug, ()))
    return Kind(
        kind=slug,
        title=_(found.title),
        description=_(described) if (described := str(getattr(found, "description", ""))) else "",
        family=str(FAMILIES.get(family, family)),
        icon=icon_of(slug),
        synonyms=tuple(map(str, words)),
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
    """The name of the panel's field for a keyword (« k ») or an option (« o »)."""
    return f"{prefix}_{re.sub('[^a-z0-9]+', '_', key.lower())}"


def palette_data() -> dict[str, Any]:
    """What the palette's script is given."""
    return {
        "kinds": [asdict(kind) for kind in kinds()],
        "hints": {key: list(words) for key, words in HINTS.items()},
    }

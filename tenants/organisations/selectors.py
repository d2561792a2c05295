"""What is known of organisations, as the rules of a démarche may read it."""

from collections import Counter
from typing import Any

from tenants.organisations.models import Organisation


def organisation_facts(organisation: Organisation) -> dict[str, Any]:
    """The facts of an organisation and of its attached entities, ready for JSON."""
    return {
        "id": organisation.reference,
        "name": organisation.name,
        "type": organisation.type,
        "type_label": organisation.type_label,
        "region": organisation.region,
        "region_label": organisation.region_label,
        "finess": organisation.finess,
        "siret": organisation.siret,
        "entities": [
            {"id": entity.reference, "name": entity.name, "finess": entity.finess}
            for entity in organisation.entities.order_by("sort_key")
        ],
    }


def types_of(portal: int) -> dict[str, str]:
    """The types that the organisations of a portal have, label by code; a label of two codes says which."""
    known = Organisation.objects.filter(portal=portal).order_by("type_label", "type")
    found: dict[str, str] = {}
    for code, label in known.values_list("type", "type_label").distinct():
        found.setdefault(code, label or code)
    shared = Counter(found.values())
    return {code: f"{label} ({code})" if shared[label] > 1 else label for code, label in found.items()}

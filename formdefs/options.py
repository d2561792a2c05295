"""The options that every question may have in its `x-field`, beside those of its type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from formdefs.fields.base import FieldType

# Where a proposed answer comes from: the account, the organisation, an earlier dossier, the address
# followed, or a register.
PREFILL = (
    r"^(organisation\.(name|siret|finess)|applicant\.(first_name|last_name|email)"
    r"|dossier:[a-z0-9_-]{1,63}\.[a-z0-9_]{1,63}|(query|signed):[a-z0-9_]{1,63}"
    r"|register:[a-z0-9_]{1,63}\.[a-z0-9_.]{1,99})$"
)


def is_prefill(text: str) -> bool:
    """Whether a text says where an answer may be proposed from."""
    return re.fullmatch(PREFILL, text) is not None


COMMON_OPTIONS: Mapping[str, Any] = {
    "type": {"type": "string"},
    "when": {"type": ["object", "boolean"]},
    "required": {"type": "boolean"},
    "source": {"type": "object"},
    "prefill": {
        "type": "string",
        "title": "Réponse proposée",
        "description": "D’où vient la réponse proposée au départ, par exemple organisation.siret.",
        "pattern": PREFILL,
    },
    "help": {
        "type": "string",
        "title": "Aide",
        "description": "Une phrase sous la question.",
        "minLength": 1,
        "maxLength": 2000,
    },
    "autocomplete": {
        "type": "string",
        "title": "Remplissage par le navigateur",
        "description": "Le mot de HTML, par exemple email ; seulement pour ce qui concerne la personne.",
        "minLength": 1,
        "maxLength": 60,
    },
    "personal": {
        "type": "string",
        "title": "Donnée personnelle",
        "description": "La catégorie du registre des traitements.",
        "oneOf": [
            {"const": "identity", "title": "Identité"},
            {"const": "contact", "title": "Coordonnées"},
            {"const": "finance", "title": "Vie économique et financière"},
            {"const": "family", "title": "Vie personnelle et familiale"},
            {"const": "health", "title": "Santé"},
            {"const": "other", "title": "Autre"},
        ],
    },
    "internal": {
        "type": "boolean",
        "title": "Annotation interne",
        "description": "Seuls les instructeurs la voient.",
        "default": False,
    },
    "confidential": {
        "type": "boolean",
        "title": "Confidentielle",
        "description": "La réponse est montrée à moins de personnes.",
        "default": False,
    },
    "compute": {"type": ["object", "string", "integer", "boolean"]},
}


@cache
def options_validator(kind: FieldType) -> Draft202012Validator:
    """What judges the options of a question of this type."""
    properties = {**COMMON_OPTIONS, **kind.options_schema["properties"], **kind.rules_schema}
    return Draft202012Validator({"type": "object", "properties": properties, "additionalProperties": False})

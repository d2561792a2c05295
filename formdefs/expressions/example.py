"""The small form on which the examples of the operators are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

QUESTIONS: Mapping[str, Any] = {
    "groupe": {"type": "boolean", "title": "Êtes-vous dans un groupe ?"},
    "statut": {
        "title": "Statut",
        "oneOf": [{"const": "public", "title": "Public"}, {"const": "prive", "title": "Privé"}],
    },
    "nom": {"type": "string", "title": "Nom"},
    "prenom": {"type": "string", "title": "Prénom"},
    "places": {"type": "integer", "title": "Nombre de places"},
    "taux": {"type": "integer", "title": "Taux", "x-field": {"type": "decimal", "places": 2}},
    "aide": {"type": "integer", "title": "Aide demandée", "x-field": {"type": "money"}},
    "naissance": {"type": "string", "format": "date", "title": "Date de naissance"},
    "debut": {"type": "string", "format": "date", "title": "Début"},
    "themes": {
        "type": "array",
        "title": "Thèmes",
        "items": {"oneOf": [{"const": "sport", "title": "Sport"}, {"const": "art", "title": "Art"}]},
    },
    "depenses": {
        "type": "array",
        "title": "Dépenses",
        "items": {
            "type": "object",
            "properties": {
                "objet": {"type": "string", "title": "Objet"},
                "montant": {"type": "integer", "title": "Montant", "x-field": {"type": "money"}},
            },
        },
    },
    "sans_reponse": {"type": "integer", "title": "Question sans réponse"},
}
ANSWERS: Mapping[str, Any] = {
    "groupe": True,
    "statut": "public",
    "nom": "Benali",
    "prenom": "Nadia",
    "places": 12,
    "taux": 1250,
    "aide": 100_000,
    "naissance": "2008-03-27",
    "debut": "2026-01-31",
    "themes": ["sport"],
    "depenses": [{"objet": "Vélo", "montant": 80_000}, {"objet": "Casque", "montant": 4_550}],
}

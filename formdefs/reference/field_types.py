"""The reference of the field types: `python -m formdefs.reference.field_types` writes the page of docs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from formdefs.fields.base import FAMILIES, FieldType
from formdefs.registry import TYPES

HELD = "Aucun : données d’une API réservée aux administrations habilitées ; "
# The types of the State's platform (demarche.numerique.gouv.fr): ours, or why there is none.
STATE: Mapping[str, str] = {
    "address": "postal_address",
    "annuaire_education": "uai",
    "carte": "Aucun : une carte à dessiner viendrait de l’extérieur ; `document` pour joindre un plan.",
    "checkbox": "certification",
    "civilite": "civility",
    "cnaf": HELD + "`document` pour l’attestation.",
    "cojo": "Aucun : l’accréditation de Paris 2024 n’a plus cours.",
    "communes": "commune",
    "date": "date",
    "datetime": "date_time",
    "decimal_number": "decimal",
    "departements": "departement",
    "dgfip": HELD + "`document` pour l’avis d’impôt.",
    "dossier_link": "Aucun : une réponse d’un dossier précédent se reprend avec `prefill`.",
    "drop_down_list": "choice",
    "email": "email",
    "engagement_juridique": "formatted_text",
    "epci": "reference_list",
    "explication": "explanation",
    "formatted": "formatted_text",
    "header_section": "title",
    "iban": "iban",
    "integer_number": "integer",
    "linked_drop_down_list": "Aucun : deux `choice`, la seconde avec une condition sur la première.",
    "mesri": HELD + "`document` pour le certificat.",
    "multiple_drop_down_list": "multiple_choice",
    "number": "integer",
    "pays": "country",
    "phone": "phone",
    "piece_justificative": "document",
    "pole_emploi": HELD + "`document` pour l’attestation.",
    "referentiel": "reference_list",
    "regions": "region",
    "repetition": "group",
    "rna": "rna",
    "rnf": "formatted_text",
    "siret": "siret",
    "text": "text",
    "textarea": "long_text",
    "titre_identite": "identity_document",
    "yes_no": "yes_no",
}

HEAD = """# Les types de question

Cette page est écrite par `python -m formdefs.reference.field_types` à partir des types eux-mêmes : ne la
modifiez pas à la main. Une question nomme son type dans `x-field.type` ; certaines sont reconnues à leur
JSON Schema seul. Les options communes (`when`, `required`, `prefill`, `help`, `autocomplete`, `personal`,
`internal`, `confidential`) sont dans [la définition](definition.md).
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for family in FAMILIES:
        parts.append(f"\n## {family}\n")
        parts += [
            _type(kind)
            for kind in sorted(TYPES.values(), key=lambda each: each.title)
            if kind.family == family
        ]
    parts.append(_table())
    return "".join(parts)


def _type(kind: FieldType) -> str:
    lines = [
        f"\n### {kind.title} : `{kind.slug}`\n",
        f"{kind.description}\n\n",
        f"- Valeur : `{kind.json_type}`",
    ]
    if kind.static:
        lines = lines[:2] + ["- Ce n’est pas une question : rien n’est demandé, compté ni gardé"]
    if kind.keywords:
        lines.append(
            f"\n- Mots-clés de JSON Schema : {', '.join(f'`{word}`' for word in sorted(kind.keywords))}"
        )
    if kind.personal:
        lines.append(f"\n- Donnée personnelle, sauf mention contraire : `{kind.personal}`")
    lines.append("\n" + "".join(_options(kind.options_schema["properties"])))
    return "".join(lines)


def _options(options: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    if not options:
        return
    yield "\n| option | en français | valeurs | par défaut |\n| --- | --- | --- | --- |\n"
    for name, written in options.items():
        said = f"{written['title']}. {written['description']}"
        yield f"| `{name}` | {said} | {_values(written)} | {_default(written)} |\n"


def _values(written: Mapping[str, Any]) -> str:
    listed = written.get("oneOf") or written.get("items", {}).get("oneOf")
    if listed:
        return ", ".join(f"`{each['const']}` ({each['title']})" for each in listed)
    kinds = {"string": "texte", "boolean": "oui ou non", "integer": "nombre entier"}
    bounds = [str(written[key]) for key in ("minimum", "maximum") if key in written]
    return kinds[written["type"]] + (f", de {' à '.join(bounds)}" if len(bounds) == 2 else "")


def _default(written: Mapping[str, Any]) -> str:
    if "default" not in written:
        return ""
    value = written["default"]
    if isinstance(value, bool):
        return "oui" if value else "non"
    return ", ".join(f"`{each}`" for each in (value if isinstance(value, list) else [value]))


def _table() -> str:
    lines = [
        "\n## Les types de la plateforme de l’État\n\n",
        "Ceux de demarche.numerique.gouv.fr, et le nôtre pour chacun.\n\n",
        "| type | le nôtre, ou pourquoi il n’y en a pas |\n| --- | --- |\n",
    ]
    for theirs, ours in STATE.items():
        lines.append(f"| `{theirs}` | {f'`{ours}`' if ours in TYPES else ours} |\n")
    return "".join(lines)


if __name__ == "__main__":
    sys.stdout.write(page())

"""What a definition may contain: JSON Schema, and its problems said in French."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from typing import Any, cast

from jsonschema import Draft202012Validator, ValidationError

from formdefs.errors import DefinitionProblem

SCHEMA: Mapping[str, Any] = json.loads((files(__name__) / "v1.json").read_text("utf-8"))
_VALIDATOR: Any = Draft202012Validator(SCHEMA)
_KINDS: Mapping[str, str] = {
    "object": "un objet",
    "array": "une liste",
    "string": "un texte",
    "integer": "un nombre entier",
    "boolean": "true ou false",
}


_VERSION = (
    f"Cette plateforme lit la version {SCHEMA['properties']['definition']['const']} du langage, et celles "
    "d’avant. Mettez-la à jour pour lire une définition plus récente."
)


def problems_of(document: Any) -> Iterator[DefinitionProblem]:
    """Every departure of a document from the meta-schema."""
    for error in _VALIDATOR.iter_errors(document):
        yield from problems_from(error, "")


def problems_from(error: ValidationError, base: str) -> Iterator[DefinitionProblem]:
    """The problems that one error of a validator tells of, under the pointer `base`."""
    pointer = base + "".join(f"/{escaped(str(part))}" for part in error.absolute_path)
    keyword, wanted = str(error.validator), cast(Any, error.validator_value)
    instance, schema = cast(Any, error.instance), cast(Any, error.schema)
    if keyword == "additionalProperties":
        known = schema.get("properties", {})
        hint = f" Les clés possibles : {', '.join(known)}." if known else ""
        for key in instance:
            if key not in known:
                message = f"La clé « {key} » n’est pas reconnue ici.{hint}"
                yield DefinitionProblem(f"{pointer}/{escaped(key)}", "unknown_key", message)
    elif keyword == "required":
        # jsonschema gives one such error for each missing key: the equal ones are dropped by the loader.
        for key in wanted:
            if key not in instance:
                yield DefinitionProblem(pointer, "missing_key", f"Il manque la clé « {key} ».")
    else:
        sentence = _SENTENCES.get(keyword, lambda _: "Cette valeur n’est pas acceptée.")
        said = _VERSION if pointer == "/definition" else sentence(wanted)
        yield DefinitionProblem(pointer, keyword, said)


def escaped(key: str) -> str:
    """A key as a JSON pointer writes it."""
    return key.replace("~", "~0").replace("/", "~1")


def _type(wanted: Any) -> str:
    kinds = wanted if isinstance(wanted, list) else [wanted]
    return f"Il faut ici {' ou '.join(_KINDS.get(kind, str(kind)) for kind in kinds)}."


def _pattern(wanted: Any) -> str:
    if "T[0-9]" in wanted:
        return "Une date et heure s’écrit 2027-01-31T23:59."
    if "register:" in wanted:
        return (
            "Une réponse proposée vient de organisation.siret, applicant.email, dossier:<démarche>."
            "<question>, query:<mot>, signed:<mot> ou register:<répertoire>.<clé>."
        )
    if "today" in wanted:
        return "Une date s’écrit 2027-01-31, ou « today »."
    return (
        "Un identifiant commence par une lettre minuscule, puis lettres, chiffres, « _ » ou « - », "
        "sans accent ; 63 caractères au plus."
    )


_SENTENCES: Mapping[str, Callable[[Any], str]] = {
    "type": _type,
    "pattern": _pattern,
    "enum": lambda wanted: f"Valeurs possibles : {', '.join(map(str, wanted))}.",
    "oneOf": lambda wanted: f"Valeurs possibles : {', '.join(str(each['const']) for each in wanted)}.",
    "const": lambda wanted: f"Cette valeur est toujours {wanted}.",
    "minLength": lambda wanted: "Ce texte est vide.",
    "maxLength": lambda wanted: f"Ce texte dépasse {wanted} caractères.",
    "minItems": lambda wanted: f"Cette liste compte au moins {wanted} élément(s).",
    "maxItems": lambda wanted: f"Cette liste compte au plus {wanted} élément(s).",
    "maxProperties": lambda wanted: f"Cet objet compte au plus {wanted} clés.",
    "uniqueItems": lambda wanted: "Cette liste contient deux fois la même valeur.",
    "minimum": lambda wanted: f"Ce nombre vaut au moins {wanted}.",
    "maximum": lambda wanted: f"Ce nombre vaut au plus {wanted}.",
}

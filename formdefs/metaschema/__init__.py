"""What a definition may contain: JSON Schema, and its problems said in French."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from formdefs.errors import DefinitionProblem

SCHEMA: Mapping[str, Any] = json.loads((files(__name__) / "v1.json").read_text("utf-8"))
_VALIDATOR = Draft202012Validator(SCHEMA)
_KINDS = {
    "object": "un objet",
    "array": "une liste",
    "string": "un texte",
    "integer": "un nombre entier",
    "boolean": "true ou false",
}


def problems_of(document: Any) -> Iterator[DefinitionProblem]:
    """Every departure of a document from the meta-schema."""
    for error in _VALIDATOR.iter_errors(document):
        yield from problems_from(error, "")


def problems_from(error: ValidationError, base: str) -> Iterator[DefinitionProblem]:
    """The problems that one error of a validator tells of, under the pointer `base`."""
    pointer = base + "".join(f"/{escaped(str(part))}" for part in error.absolute_path)
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        for key in error.instance:
            if key not in known:
                hint = f" Les clés possibles : {', '.join(known)}." if known else ""
                message = f"La clé « {key} » n’est pas reconnue ici.{hint}"
                yield DefinitionProblem(f"{pointer}/{escaped(key)}", "unknown_key", message)
        return
    if error.validator == "required":
        missing = next(key for key in error.validator_value if key not in error.instance)
        # jsonschema yields one error a missing key, and names it first in its message.
        missing = error.message.split("'")[1] if "'" in error.message else missing
        yield DefinitionProblem(pointer, "missing_key", f"Il manque la clé « {missing} ».")
        return
    sentence = _SENTENCES.get(str(error.validator), lambda _: "Cette valeur n’est pas acceptée.")
    yield DefinitionProblem(pointer, str(error.validator), sentence(error))


def escaped(key: str) -> str:
    """A key as a JSON pointer writes it."""
    return key.replace("~", "~0").replace("/", "~1")


def _type(error: ValidationError) -> str:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    return f"Il faut ici {' ou '.join(_KINDS.get(kind, kind) for kind in wanted)}."


def _pattern(error: ValidationError) -> str:
    if "T[0-9]" in error.validator_value:
        return "Une date et heure s’écrit 2027-01-31T23:59."
    if "today" in error.validator_value:
        return "Une date s’écrit 2027-01-31, ou « today »."
    return "Un identifiant commence par une lettre minuscule, puis lettres, chiffres, « _ » ou « - », sans accent ; 63 caractères au plus."


_SENTENCES: Mapping[str, Callable[[ValidationError], str]] = {
    "type": _type,
    "pattern": _pattern,
    "enum": lambda error: f"Valeurs possibles : {', '.join(map(str, error.validator_value))}.",
    "const": lambda error: f"Cette valeur est toujours {error.validator_value}.",
    "minLength": lambda error: "Ce texte est vide.",
    "maxLength": lambda error: f"Ce texte dépasse {error.validator_value} caractères.",
    "minItems": lambda error: f"Cette liste compte au moins {error.validator_value} élément(s).",
    "maxItems": lambda error: f"Cette liste compte au plus {error.validator_value} élément(s).",
    "maxProperties": lambda error: f"Cet objet compte au plus {error.validator_value} clés.",
    "uniqueItems": lambda error: "Cette liste contient deux fois la même valeur.",
    "minimum": lambda error: f"Ce nombre vaut au moins {error.validator_value}.",
    "maximum": lambda error: f"Ce nombre vaut au plus {error.validator_value}.",
}

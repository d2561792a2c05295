"""What the JSON Schema of a question asks of an answer beside what its type holds by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jsonschema import Draft202012Validator

from formdefs.definition import Question
from formdefs.fields.base import ANNOTATIONS

Check = Callable[[Any], "tuple[str, Mapping[str, Any]] | None"]


def check_of(question: Question) -> Check | None:
    """What gives the code and the params of a keyword that a cleaned value breaks; None without keywords."""
    settled = ANNOTATIONS | {"type", "x-field"}
    if question.compute is None or question.compute.type.kind != "number":
        settled |= question.type.ensured
    left = {keyword: value for keyword, value in question.schema.items() if keyword not in settled}
    if not left:
        return None
    validator = Draft202012Validator(left)

    def check(value: Any) -> tuple[str, Mapping[str, Any]] | None:
        error = next(validator.iter_errors(value), None)
        if error is None:
            return None
        return str(error.validator), _params(question, error.validator_value, value)

    return check


def _params(question: Question, limit: Any, value: Any) -> Mapping[str, Any]:
    if isinstance(value, list) and isinstance(limit, int):
        return {"limit": limit, "gap": abs(limit - len(value))}
    if isinstance(limit, int):
        return {"limit": question.type.bound(question, limit)}
    return {}

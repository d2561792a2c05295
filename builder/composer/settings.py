"""The settings of a part of a definition, each as a question that the panel asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from builder.acts import ABSENT
from builder.acts.places import Path
from builder.composer.labels import value_label

BOX = {"type": "boolean", "x-field": {"type": "certification"}}
LINE = {"type": "string", "maxLength": 500, "x-field": {"type": "text"}}
TEXT = {"type": "string", "x-field": {"type": "long_text"}}
COUNT = {"type": "integer", "minimum": 0}
LONGEST_LINE = 300
SHOWN = (
    *("organisation.name", "organisation.type", "organisation.region", "organisation.finess"),
    *("organisation.siret", "applicant.first_name", "applicant.last_name", "applicant.email"),
)


class Unwritable(Exception):
    """What was typed cannot be written in the definition, with its French sentence."""


def as_it_is(value: Any) -> Any:
    """Nothing typed takes the property out."""
    return ABSENT if value in (None, "", []) else value


def box(value: Any) -> Any:
    """A box that is not ticked takes the property out."""
    return True if value else ABSENT


@dataclass(frozen=True)
class Setting:
    """A property of a part: its place below it, the question that asks it, its value, how it is written."""

    name: str
    path: Path
    schema: Mapping[str, Any]
    group: str
    value: Any
    write: Callable[[Any], Any] = as_it_is

    @property
    def label(self) -> str:
        """What it is called."""
        return str(self.schema["title"])


def asked(schema: Mapping[str, Any], title: Any, **own: Any) -> dict[str, Any]:
    """A question of the panel."""
    fields = {**schema.get("x-field", {}), **{key: value for key, value in own.items() if value}}
    given = {"title": str(title), **{key: value for key, value in schema.items() if key != "x-field"}}
    return given | ({"x-field": fields} if fields else {})


def line(
    name: str, path: Path, value: Any, title: Any, *, group: str = "question", needed: bool = True
) -> Setting:
    return Setting(name, path, asked(LINE, title, required=needed), group, value)


def text(name: str, path: Path, value: Any, title: Any, *, group: str = "question") -> Setting:
    return Setting(name, path, asked(TEXT, title), group, value)


def one_of(values: Any, title: Any, *, needed: bool = False, help_text: str = "") -> dict[str, Any]:
    listed = [{"const": str(value), "title": value_label(value)} for value in values]
    return asked(
        {"type": "string", "oneOf": listed, "x-field": {"as": "select"}},
        title,
        required=needed,
        help=help_text,
    )


def several(values: Any, title: Any, *, needed: bool = False) -> dict[str, Any]:
    listed = [{"const": str(value), "title": value_label(value)} for value in values]
    return asked({"type": "array", "items": {"type": "string", "oneOf": listed}}, title, required=needed)


def shown_facts(part: Mapping[str, Any]) -> Setting:
    """What is recalled of the applicant, without asking it."""
    shown = part.get("show", [])
    kept = {each["value"]: each["title"] for each in shown if isinstance(each, Mapping)}

    def write(values: Any) -> Any:
        return [
            {"value": each, "title": kept.get(each, value_label(each))} for each in values or ()
        ] or ABSENT

    return Setting(
        "show", ("show",), several(SHOWN, _("Rappelle, sans les demander")), "facts", list(kept), write
    )


def schema_of(option: Mapping[str, Any], title: str, described: str) -> dict[str, Any] | None:
    """The question that asks an option, None for one that only the expert tab writes."""
    kind = option.get("type")
    if "enum" in option and all(isinstance(value, str) for value in option["enum"]):
        return one_of(option["enum"], title, help_text=described)
    if isinstance(option.get("oneOf"), list) and all("const" in each for each in option["oneOf"]):
        return asked(
            {"type": "string", "oneOf": option["oneOf"], "x-field": {"as": "select"}}, title, help=described
        )
    if kind == "boolean":
        return asked(BOX, title, help=described)
    if kind == "integer":
        bounds = {key: option[key] for key in ("minimum", "maximum") if key in option}
        return asked({"type": "integer", **bounds}, title, help=described)
    if kind == "string":
        bounds = {
            key: option[key] for key in ("minLength", "maxLength") if key in option and option[key] <= 1000
        }
        short = option.get("maxLength", 0) <= LONGEST_LINE
        kind = {"x-field": {"type": "text"}} if short else {"x-field": {"type": "long_text"}}
        return asked({"type": "string", **bounds, **kind}, title, help=described)
    items = option.get("items")
    if kind == "array" and isinstance(items, Mapping) and "enum" in items:
        return several(items["enum"], title)
    if kind == "array" and isinstance(items, Mapping) and "oneOf" in items:
        listed = {"type": "array", "items": {"type": "string", "oneOf": items["oneOf"]}}
        return asked(listed, title, help=described)
    return None

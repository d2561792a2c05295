"""What the types share whose answer is made of several parts, each with an input of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from formdefs.context import Context
from formdefs.definition import Question, ValueType
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType


def part(
    name: str,
    title: str,
    kind: FieldType,
    *,
    named: str = "",
    required: bool = True,
    schema: Mapping[str, Any] | None = None,
    autocomplete: str = "",
    **options: Any,
) -> Question:
    """A part of a compound answer; `named` is how a sentence asks for it (« le nom »)."""
    written, given = schema or {}, {**kind.presets, "named": named or title, **options}
    return Question(
        name=name,
        title=title,
        type=kind,
        control=kind.control_of(written, given),
        schema=written,
        options=given,
        choices=kind.choices(written, given),
        required=required,
        autocomplete=autocomplete,
    )


def tokens(schema: Mapping[str, Any], name: str) -> str:
    """What a part tells the browser to fill in; nothing unless the author says whose answer it is.

    `autocomplete` of the whole is "on", or the group that HTML puts before the word ("billing").
    """
    whole = schema.get("x-field", {}).get("autocomplete", "")
    return name if whole == "on" else f"{whole} {name}" if whole else ""


class Compound(FieldType):
    """Several answers that have a meaning together.

    `clean` takes an object with what was typed in each part. An answer given in part lacks what a
    required question lacks, even where nobody has to answer: half a period means nothing. What is typed
    wrong in several parts is told at once: `also` holds the code and the params of the problems after the
    first. What is lacking is told once nothing is wrong: one may still be filling it in.
    """

    control = "parts"
    json_type = "object"
    required: ClassVar[str] = gettext_noop("Indiquez {missing} pour « {title} ».")

    def clean(self, question: Question, raw: Any, context: Context) -> Any:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, Mapping):
            raise Invalid("type")
        values: dict[str, Any] = {}
        problems: list[dict[str, Any]] = []
        for each in question.parts:
            try:
                value = self.clean_part(each, raw.get(each.name), context)
            except Invalid as invalid:
                problems.append({**invalid.params, "code": invalid.code, "part": each.name})
                continue
            if value is not None:
                values[each.name] = value
        if problems:
            first, *others = problems
            raise Invalid(**first | ({"also": tuple(others)} if others else {}))
        if not values:
            return None
        lacking = [each for each in question.parts if each.required and each.name not in values]
        if lacking:
            raise Invalid("required", missing=_named(lacking), part=lacking[0].name)
        return self.whole(question, values)

    def clean_part(self, part: Question, raw: Any, context: Context) -> Any:
        """The value of one part; raises Invalid."""
        return part.type.clean(part, raw, context)

    def whole(self, question: Question, values: dict[str, Any]) -> Any:
        """The value of its parts, all those required being there; raises Invalid."""
        return values

    def split(self, question: Question, value: Any) -> Mapping[str, Any]:
        """The values of the parts."""
        return value if isinstance(value, Mapping) else {}

    def missing(self, question: Question, value: Any, context: Context) -> Mapping[str, Any]:
        lacking = [each for each in question.parts if each.required]
        return {"missing": _named(lacking), "part": lacking[0].name}

    def texts(self, question: Question, value: Any, context: Context) -> list[str]:
        """What each part that is given reads as, in order."""
        values = self.split(question, value)
        return [
            each.type.text(each, values[each.name], context) for each in question.parts if each.name in values
        ]

    def text(self, question: Question, value: Any, context: Context) -> str:
        return ", ".join(self.texts(question, value, context))

    def cell(self, question: Question, value: Any) -> object:
        values = self.split(question, value)
        return " ; ".join(
            f"{each.title} : {each.type.cell(each, values[each.name])}"
            for each in question.parts
            if each.name in values
        )

    def sample(self, question: Question) -> Any:
        return self.whole(question, {each.name: each.type.sample(each) for each in question.parts})

    def raw(self, question: Question, value: Any) -> dict[str, Any]:
        values = self.split(question, value)
        return {
            each.name: each.type.raw(each, values[each.name])
            for each in question.parts
            if each.name in values
        }

    def reads_as(self, question: Question) -> ValueType:
        return ValueType("row", columns={each.name: each.type.reads_as(each) for each in question.parts})


def _named(parts: list[Question]) -> str:
    """« le nom, l’IBAN et le BIC »."""
    names = [str(each.options["named"]) for each in parts]
    return " et ".join(filter(None, (", ".join(names[:-1]), names[-1])))

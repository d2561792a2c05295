"""How one question stands in the cells of a column, and what is typed in a cell."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from formdefs import Question

TEXT, DAY = "@", "dd/mm/yyyy"


@dataclass(frozen=True)
class Look:
    """The number format of a column, its width in characters, and where its text stands."""

    format: str
    width: float
    align: str = "left"


def look_of(question: Question) -> Look:
    """How the answers to a question are shown."""
    slug, reads = question.type.slug, question.type.reads_as(question)
    if reads.kind == "number":
        unit = "€" if reads.money else question.options.get("unit")
        decimals = "." + "0" * places_of(question) if places_of(question) else ""
        return Look(f"#,##0{decimals}" + (f'\\ "{unit}"' if unit else ""), 16 if reads.money else 14, "right")
    if slug in ("date", "year_month"):
        return Look(DAY if slug == "date" else "mm/yyyy", 13, "center")
    if question.choices:
        longest = max(len(choice.label) for choice in question.choices)
        return Look("General", min(40, max(12, longest + 4)))
    return Look(TEXT, 44 if slug == "long_text" else min(36, max(14, 1.2 * len(question.title))))


def places_of(question: Question) -> int:
    """How many decimals the numbers of a question have."""
    return question.type.reads_as(question).places or 0


def shown(question: Question, value: Any) -> Any:
    """An answer as the cell holds it; a text can never be a formula."""
    if value is None:
        return None
    return question.type.cell(question, value)


def typed(question: Question, value: Any) -> Any:
    """What a cell holds, as if it had been typed in the form."""
    if value is None or value == "":
        return None
    labels = {choice.label.casefold(): choice.value for choice in question.choices}
    if isinstance(value, bool):
        return question.type.raw(question, value) if question.type.json_type == "boolean" else str(value)
    if isinstance(value, datetime | date | time):
        return _moment(question, value)
    if isinstance(value, int | float):
        return _number(question, value)
    text = str(value).strip()
    return labels.get(text.casefold(), text)


def _number(question: Question, value: float) -> str:
    """A number without the noise of binary fractions: 0.1 + 0.2 is 0,3."""
    kept = f"{value:.{max(places_of(question), 6)}f}"
    return kept.rstrip("0").rstrip(".").replace(".", ",")


def _moment(question: Question, value: date | time) -> str:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if question.type.slug == "year_month":
        return value.strftime("%m/%Y")
    if question.type.slug == "date_time" and isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H:%M")
    return value.strftime("%d/%m/%Y")

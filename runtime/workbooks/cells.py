"""How one question stands in the cells of a column, and what is typed in a cell."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from formdefs import Question

YES, NO = "Oui", "Non"
TEXT, DAY = "@", "dd/mm/yyyy"


@dataclass(frozen=True)
class Look:
    """The number format of a column, its width in characters, and where its text stands."""

    format: str
    width: float
    align: str = "left"


def look_of(question: Question) -> Look:
    """How the answers to a question are shown."""
    slug, options = question.type.slug, question.options
    places = int(options.get("places", 0))
    decimals = "." + "0" * places if places else ""
    if slug == "money":
        return Look('#,##0.00\\ "€"', 16, "right")
    if slug == "percentage":
        return Look(f'0{decimals}\\ "%"', 10, "right")
    if slug == "decimal":
        unit = f'\\ "{options["unit"]}"' if options.get("unit") else ""
        return Look(f"#,##0{decimals}{unit}", 14, "right")
    if slug == "integer":
        return Look("#,##0", 12, "right")
    if slug in ("date", "year_month"):
        return Look(DAY if slug == "date" else "mm/yyyy", 13, "center")
    if question.choices or slug == "yes_no":
        longest = max((len(choice.label) for choice in question.choices), default=3)
        return Look("General", min(40, max(12, longest + 4)))
    return Look(TEXT, 44 if slug == "long_text" else min(36, max(14, 1.2 * len(question.title))))


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
        return YES_NO.get(question.type.slug, str)(value)
    if isinstance(value, datetime | date | time):
        return _moment(question, value)
    if isinstance(value, int | float):
        return _number(question, value)
    text = str(value).strip()
    return labels.get(text.casefold(), text)


def _number(question: Question, value: float) -> str:
    """A number without the noise of binary fractions: 0.1 + 0.2 is 0,3."""
    places = 2 if question.type.slug == "money" else int(question.options.get("places", 0))
    kept = f"{value:.{max(places, 6)}f}"
    return kept.rstrip("0").rstrip(".").replace(".", ",")


def _moment(question: Question, value: date | time) -> str:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if question.type.slug == "year_month":
        return value.strftime("%m/%Y")
    if question.type.slug == "date_time" and isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H:%M")
    return value.strftime("%d/%m/%Y")


YES_NO: dict[str, Callable[[bool], str]] = {"yes_no": lambda value: "true" if value else "false"}

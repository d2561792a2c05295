"""Numbers, amounts and days as French writes them."""

from __future__ import annotations

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def number(value: int, places: int = 0, *, blank: str = "\u202f") -> str:
    """« 1 234,50 »: thin spaces between thousands, or what `blank` says, and a decimal comma."""
    digits = str(abs(value)).rjust(places + 1, "0")
    whole, decimals = (digits[:-places], digits[-places:]) if places else (digits, "")
    text = f"{int(whole):,}".replace(",", blank) + (f",{decimals}" if places else "")
    return f"−{text}" if value < 0 else text


def amount(value: int, places: int = 2) -> str:
    """« 1 234,50 € »."""
    return f"{number(value, places)}\u00a0€"


def long_date(iso: str) -> str:
    """« 1er mars 2027 »."""
    year, month, day = iso.split("-")
    figure = "1er" if day == "01" else str(int(day))
    return f"{figure}\u00a0{MONTHS[int(month) - 1]}\u00a0{year}"

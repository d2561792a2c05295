"""Names for questions, from keys that may be anything."""

from __future__ import annotations

import re
import unicodedata

from formdefs.shapes import RESERVED

LONGEST = 60


def named(text: str, taken: set[str]) -> str:
    """A question's name made from a key, which no other question of `taken` has; it is added there."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", plain).lower()
    plain = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST].rstrip("_") or "champ"
    if not plain[0].isalpha():
        plain = f"n_{plain}"[:LONGEST]
    name, number = plain, 1
    while name in taken or name in RESERVED:
        number += 1
        name = f"{plain[: LONGEST - 4]}_{number}"
    taken.add(name)
    return name


def worded(key: str) -> str:
    """A title for a key that has none: « firstName » is « First name »."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", key).replace("_", " ").replace("-", " ").split()
    text = " ".join(words) or key
    return text[:1].upper() + text[1:]

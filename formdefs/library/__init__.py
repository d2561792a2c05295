"""The démarches that ship with the platform, as canonical texts."""

from __future__ import annotations

from importlib.resources import files

_FOLDER = files(__name__)


def names() -> tuple[str, ...]:
    """The slugs of the démarches, in alphabetical order."""
    found = (entry.name for entry in _FOLDER.iterdir() if entry.name.endswith(".json"))
    return tuple(sorted(name.removesuffix(".json") for name in found))


def text(name: str) -> str:
    """The definition of that slug; KeyError when there is none."""
    if name not in names():
        raise KeyError(name)
    return (_FOLDER / f"{name}.json").read_text("utf-8")

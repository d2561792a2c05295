"""How far a draft is, as HTML: drawn once for each state that it has been seen in."""

from dataclasses import replace
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.translation import get_language

from runtime.wizard.contexts import Progress

KEPT = 512
"""Pieces kept in a process at the most. They hold titles of the démarche and figures, nothing of a person."""


def progress_card(progress: Progress, *, oob: bool = False) -> str:
    """The side card: what `runtime/wizard/progress.html` draws."""
    language, timeless = get_language() or "", replace(progress, saved_at=None)
    return (
        _drawn("reached", timeless, oob, language)
        + _drawn("saved", _saved(progress), oob, language)
        + _drawn("outline", timeless, oob, language)
    )


def progress_mini(progress: Progress, *, oob: bool = False) -> str:
    """The card above the form: what `runtime/wizard/mini.html` draws."""
    return _drawn("mini", replace(progress, saved_at=None, pages=()), oob, get_language() or "")


def _saved(progress: Progress) -> Progress:
    """The hour of the last save; the same for every draft saved in the same minute."""
    at = progress.saved_at
    minute = at.replace(second=0, microsecond=0) if at else None
    return replace(progress, saved_at=minute, pages=(), step_title="", percent=0)


@lru_cache(maxsize=KEPT)
def _drawn(name: str, progress: Progress, oob: bool, language: str) -> str:
    return render_to_string(f"runtime/wizard/{name}.html", {"progress": progress, "oob": oob})

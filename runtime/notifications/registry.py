"""The kinds of mail, one module each in `kinds/`: `letter(dossier, event) -> Letter`."""

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module

from runtime.dossiers.models import Dossier, Event
from runtime.notifications import kinds
from runtime.notifications.mail import Letter


@cache
def letter_writers() -> dict[str, Callable[[Dossier, Event], Letter]]:
    """Every kind of mail by name."""
    names = [module.name for module in pkgutil.iter_modules(kinds.__path__)]
    return {name: import_module(f"{kinds.__name__}.{name}").letter for name in names}

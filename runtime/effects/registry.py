"""The kinds of effect, one module each in `kinds/`: `run(entry)`."""

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module

from runtime.effects import kinds
from runtime.outbox.models import OutboxEntry


@cache
def effect_runners() -> dict[str, Callable[[OutboxEntry], None]]:
    """Every kind of effect by name."""
    names = [module.name for module in pkgutil.iter_modules(kinds.__path__)]
    return {name: import_module(f"{kinds.__name__}.{name}").run for name in names}

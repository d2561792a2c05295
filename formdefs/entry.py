"""Whether a dossier may be begun."""

from __future__ import annotations

from formdefs.context import Context
from formdefs.definition import Definition, EntryRule
from formdefs.expressions import scope_of


def unmet_rules(definition: Definition, context: Context) -> tuple[EntryRule, ...]:
    """The entry rules that do not hold for who would file; their messages say why."""
    scope = scope_of({}, context)
    return tuple(rule for rule in definition.entry_rules if not rule.when.holds(scope))

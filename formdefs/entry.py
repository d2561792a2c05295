"""Who may begin a dossier."""

from __future__ import annotations

from formdefs.context import Context
from formdefs.definition import Definition
from formdefs.expressions import Scope


def failed_entry_rules(definition: Definition, context: Context) -> tuple[str, ...]:
    """What to tell an applicant who may not begin: the message of each entry rule that does not hold."""
    scope = Scope({}, context.roots)
    return tuple(rule.message for rule in definition.entry_rules if not rule.when.holds(scope))

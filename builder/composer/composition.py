"""A draft as the editor shows it: its document, its outline, what reads what, what to look at."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from builder.acts import Target
from builder.acts.documents import PAGE, PROCEDURE, QUESTION, SECTION, WHOLE, complete, stands
from builder.acts.patches import Edit
from builder.acts.readers import Reader, readings
from builder.composer.notices import Notice, notices
from builder.composer.outline import Row, rows
from builder.journal.selectors import now_called
from builder.organisation_types import TYPE, OrganisationTypes
from builder.ruling.grounds import Ground, ground_of
from formdefs import Definition
from formdefs.dump import parse
from runtime.procedures.definitions import draft_definition
from runtime.procedures.models import Procedure


@dataclass(frozen=True)
class Composition:
    """One reading of a draft that loads."""

    procedure: Procedure
    definition: Definition
    document: Any

    @cached_property
    def facts(self) -> Mapping[str, Mapping[str, str]]:
        """How the values of what rules know besides answers are called in the portal."""
        return {TYPE: OrganisationTypes(self.procedure.portal_id)}

    def ground(self, target: Target) -> Ground:
        """Where the rules of a part stand."""
        return ground_of(self.definition, target, self.facts)

    @cached_property
    def readings(self) -> Mapping[str, tuple[Reader, ...]]:
        """Who reads each question."""
        return readings(self.definition)

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """What to look at."""
        return notices(self.definition)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The outline."""
        return rows(self.definition, self.readings, Counter(str(each.target) for each in self.notices))

    def has(self, target: Target) -> bool:
        """Whether a part is there."""
        return any(row.id == str(target) for row in self.rows)

    def holds(self, target: Target) -> bool:
        """Whether a part stands in the document, be it in the outline or not."""
        return stands(self.document, target)

    def now(self, target: Target) -> Target:
        """A part under the identity that it has now, where a title or a place gave it another."""
        if self.holds(target):
            return target
        found = now_called(self.procedure, target)
        return found if self.holds(found) else target

    def title(self, target: Target) -> str:
        """What a part is called."""
        return next((row.title for row in self.rows if row.id == str(target)), "")

    def page_of(self, target: Target) -> str:
        """The page where a part is shown, the first one for what has none."""
        if target.kind == PAGE:
            return target.id
        for page in self.definition.first_phase.pages:
            for section in page.sections:
                if target == Target(SECTION, section.id) or (
                    target.kind == QUESTION
                    and any(each.name == target.id.partition(".")[0] for each in section.questions)
                ):
                    return page.id
        return self.definition.first_phase.pages[0].id


def composition_of(procedure: Procedure, definition: Definition | None = None) -> Composition:
    """The draft of a démarche, its layout written out. Raises DefinitionError."""
    definition = definition or draft_definition(procedure.draft_text)
    edit = Edit(parse(procedure.draft_text))
    complete(edit, procedure.slug)
    return Composition(procedure, definition, edit.document)


NOWHERE = Target(PROCEDURE, WHOLE)

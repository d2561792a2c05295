"""A page of a form as its applicant will see it, of a draft as well; nothing is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from formdefs import Context, Definition, Judgement, Page, Phase, evaluate
from formdefs.sample import Filled, filled
from runtime.dossiers.contexts import dossier_card
from runtime.dossiers.models import Dossier
from runtime.dossiers.services import Draft
from runtime.procedures.models import Opening, Procedure, ProcedureVersion
from runtime.wizard.contexts import FormPage, fact_lines, progress_of, steps_of
from runtime.wizard.filling import Filler
from runtime.wizard.skeleton import skeleton_of
from tenants.accounts.models import User

REFERENCE = "APERCU"
PERSON, ORGANISATION = "person", "organisation"


@dataclass(frozen=True)
class Preview:
    """An imaginary dossier of a definition, empty or answered by samples."""

    definition: Definition
    dossier: Dossier
    judgement: Judgement
    context: Context

    @property
    def phase(self) -> Phase:
        """The form that is shown."""
        return self.definition.first_phase

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that these answers make visible."""
        return tuple(page for page in self.phase.pages if f"page:{page.id}" in self.judgement.visible)

    def page_context(self, page: Page, address: Callable[[str], str]) -> dict[str, Any]:
        """What `runtime/wizard/page.html` is given; `address` gives where a page of this preview is."""
        filler = Filler(
            reference=REFERENCE,
            raw=self.dossier.raw,
            judgement=self.judgement,
            context=self.context,
            errors={},
        )
        skeleton = skeleton_of(self.definition, self.phase.id, page)
        place = self.pages.index(page)
        form = FormPage(
            title=page.title,
            intro=page.intro,
            body=filler.body(skeleton),
            errors=(),
            notices=(),
            revision=0,
            shown=" ".join(filler.shown(skeleton)),
            current_step=page.id,
            action_url=address(page.id),
            attach_url="",
            previous_url=address(self.pages[place - 1].id) if place else "",
            is_last=place == len(self.pages) - 1,
        )
        return {
            "form": form,
            "dossier": dossier_card(self.dossier),
            "facts": fact_lines(self.phase, self.context),
            "steps": steps_of(self.dossier),
            "progress": progress_of(Draft(self.dossier, self.judgement, (), None), self.phase),
        }


def applicants_of(definition: Definition) -> tuple[str, ...]:
    """The applicants that a preview may imagine: PERSON, ORGANISATION, or a type of organisation."""
    kinds, types = definition.applicants.kinds, definition.applicants.organisation_types
    organisations = (types or (ORGANISATION,)) if "organisation" in kinds else ()
    return (*organisations, PERSON) if "person" in kinds or not organisations else organisations


def preview_of(
    procedure: Procedure, definition: Definition, *, applicant: str, by: User, now: datetime, answered: bool
) -> Preview:
    """The imaginary dossier through which a definition is previewed, for one of `applicants_of` it."""
    phase = definition.first_phase
    context = _context(definition, applicant, by, now)
    given = filled(phase, context) if answered else Filled({}, context)
    judgement = evaluate(phase, given.raw, given.context)
    version = ProcedureVersion(
        portal_id=procedure.portal_id,
        procedure=procedure,
        number=0,
        title=definition.title,
        text=definition.text,
        sha256=definition.sha256,
    )
    dossier = Dossier(
        portal_id=procedure.portal_id,
        reference=REFERENCE,
        procedure=procedure,
        version=version,
        phase=phase.id,
        assignee=by,
        facts={"organisation": dict(context.organisation), "applicant": dict(context.applicant)},
        raw=dict(given.raw),
        required=judgement.required,
        answered=judgement.answered,
        updated_at=now,
    )
    if not hasattr(procedure, "opening"):
        procedure.opening = Opening(portal_id=procedure.portal_id, procedure=procedure)
    return Preview(definition, dossier, judgement, given.context)


def sample_context(definition: Definition, by: User, now: datetime) -> Context:
    """What is known besides answers of the first applicant that a preview may imagine."""
    return _context(definition, applicants_of(definition)[0], by, now)


def _context(definition: Definition, applicant: str, by: User, now: datetime) -> Context:
    kind = "" if applicant == ORGANISATION else applicant
    organisation = {} if applicant == PERSON else _organisation(kind)
    return Context(
        today=now.astimezone(ZoneInfo(definition.timezone)).date(),
        organisation=organisation,
        applicant={
            "kind": "organisation" if organisation else "person",
            "first_name": by.first_name,
            "last_name": by.last_name,
            "email": by.email,
        },
        dossier={"reference": REFERENCE},
    )


def _organisation(kind: str) -> dict[str, Any]:
    """An organisation of that type with two attached entities."""
    return {
        "id": "exemple",
        "name": _("Organisme d’exemple"),
        "type": kind,
        "type_label": kind,
        "region": "53",
        "region_label": _("Région d’exemple"),
        "finess": "990001232",
        "siret": "13002526500013",
        "entities": [
            {"id": f"exemple-{number}", "name": _("Entité rattachée {n}").format(n=number), "finess": ""}
            for number in (1, 2)
        ],
    }

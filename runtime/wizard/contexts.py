"""What a form page is given; its templates are `runtime/wizard/*.html`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from typing import Any

from django.utils.translation import gettext as _

from formdefs import Context, Page, Phase, Question, SectionState, sentence, shown
from runtime.addresses import address
from runtime.dossiers.contexts import form_url
from runtime.dossiers.models import Dossier
from runtime.dossiers.services import Draft
from runtime.procedures.definitions import definition_of
from runtime.wizard.skeleton import dom_id

ACRONYM = re.compile(r"\(([A-ZÀ-Ý0-9]{2,8})\)$")
WINDOW = 6
"""Bytes that tell one showing of a page from another."""


@dataclass(frozen=True)
class FormPage:
    """A page of questions; `rules` are for its script, which anticipates the judge.

    `window` tells what it sends from what another window does: each showing of a page has its own.
    """

    title: str
    intro: str
    body: str
    errors: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    revision: int
    shown: str
    current_step: str
    action_url: str
    attach_url: str
    previous_url: str
    is_last: bool
    rules: dict[str, Any] | None = None
    window: str = field(default_factory=lambda: token_hex(WINDOW))


@dataclass(frozen=True)
class Step:
    """A phase of the démarche in the stepper."""

    title: str
    note: str
    state: str
    url: str


@dataclass(frozen=True)
class ContactLine:
    """A contact of the dossier: who, "" while unknown, and where to say it, "" where it is not asked."""

    label: str
    name: str
    url: str


@dataclass(frozen=True)
class SectionProgress:
    """How far a section is, with its required questions as (title, url, state)."""

    title: str
    url: str
    state: str
    answered: int
    required: int
    questions: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class PageProgress:
    """How far a page is."""

    title: str
    url: str
    sections: tuple[SectionProgress, ...]


@dataclass(frozen=True)
class Progress:
    """The side card: how far the form is."""

    step_title: str
    percent: int
    answered: int
    required: int
    saved_at: datetime | None
    pages: tuple[PageProgress, ...]


def anchor(path: str) -> str:
    """The id of a question's element."""
    return f"f-{dom_id(path)}"


def progress_of(draft: Draft, phase: Phase) -> Progress:
    """How far a draft is, page by page."""
    judgement, dossier = draft.judgement, draft.dossier
    return Progress(
        step_title=phase.title,
        percent=100 * judgement.answered // judgement.required if judgement.required else 100,
        answered=judgement.answered,
        required=judgement.required,
        saved_at=dossier.updated_at if dossier.revision else None,
        pages=tuple(
            PageProgress(
                page.title,
                f"../{page.id}/",
                tuple(_section(page.id, s) for s in page.sections),
            )
            for page in judgement.pages
        ),
    )


def _section(page: str, section: SectionState) -> SectionProgress:
    """A section's progress; its addresses are relative to a form page, hence the same for every dossier."""
    url = f"../{page}/"
    return SectionProgress(
        title=short_title(section.title),
        url=f"{url}#s-{section.id}",
        state=section.state,
        answered=section.answered,
        required=section.required,
        questions=tuple(
            (q.title, f"{url}#{anchor(q.path)}", "error" if q.invalid else "done" if q.answered else "todo")
            for q in section.questions
            if q.required
        ),
    )


def fact_lines(phase: Phase, context: Context) -> tuple[tuple[str, str], ...]:
    """The read-only lines that the sections show, each once."""
    lines = (line for page in phase.pages for section in page.sections for line in shown(section, context))
    return tuple(dict.fromkeys(lines))


def steps_of(dossier: Dossier) -> tuple[Step, ...]:
    """The phases of the démarche; one alone needs no stepper."""
    phases = definition_of(dossier.version).phases
    if len(phases) < 2:
        return ()
    return tuple(Step(p.title, "", "current" if p.id == dossier.phase else "todo", "") for p in phases)


def short_title(title: str) -> str:
    """What a narrow column calls a section: its acronym, where its title ends with one in brackets."""
    found = ACRONYM.search(title)
    return found[1] if found else title


def contact_lines(draft: Draft, phase: Phase) -> tuple[ContactLine, ...]:
    """The contacts of the démarche, from the sections that hold them, with the référent first."""
    lines = [ContactLine(_("Référent"), str(draft.dossier.assignee), "")]
    sections = {section.id: (page.id, section) for page in phase.pages for section in page.sections}
    for contact in phase.contacts:
        page, section = sections[contact]
        named = " ".join(_names(section.questions, draft.judgement.answers))
        url = form_url(draft.dossier, page, f"s-{section.id}")
        lines.append(ContactLine(short_title(section.title), named, url))
    return tuple(lines)


def _names(questions: tuple[Question, ...], answers: dict[str, Any]) -> Iterator[str]:
    """The names that a section asks for: its identities, and its texts that identify a person."""
    for question in questions:
        answer = answers.get(question.name)
        if answer and question.type.slug == "identity":
            yield from (str(answer[part]) for part in ("first_names", "last_name"))
        elif answer and question.personal == "identity" and question.type.slug == "text":
            yield str(answer)


def attach_url(dossier: Dossier) -> str:
    """Where a file is sent by itself."""
    return address("runtime:attach", dossier.reference)


def title_of(phase: Phase, path: str) -> str:
    """The title of the question at a path."""
    question = phase.question_at(path)
    return question.title if question else path


def named(phase: Phase, path: str, said: str) -> str:
    """A sentence about a question, with the question's title where it stands away from it."""
    title = title_of(phase, path)
    return said if title in said else _("« {title} » : {said}").format(title=title, said=said)


def format_sentences(draft: Draft, phase: Phase, page: Page) -> dict[str, str]:
    """What is wrong with what was typed on a page, by path; what is not typed yet is not said."""
    return {
        problem.path: sentence(problem, phase.question_at(problem.path), _)
        for problem in draft.judgement.blocking(page.id)
        if problem.code != "required"
    }

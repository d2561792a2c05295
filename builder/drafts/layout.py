"""A definition laid out to be read by who composes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from builder.organisation_types import TYPE, with_unknown
from formdefs import (
    Definition,
    LocalTime,
    Page,
    Question,
    Review,
    Section,
    State,
    Titles,
    compile_process,
    say,
)
from runtime.dates import moment_in_full


@dataclass(frozen=True)
class QuestionLine:
    """A question laid out to be read; `notes` are its condition, choices and options, `rows` a group's."""

    title: str
    name: str
    type: str
    required: str
    help: str
    notes: tuple[tuple[str, str], ...]
    rows: tuple["QuestionLine", ...]


@dataclass(frozen=True)
class SectionLines:
    """A section and its questions."""

    title: str
    intro: str
    when: str
    shows: str
    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True)
class PageLines:
    """A page and its sections."""

    title: str
    intro: str
    when: str
    sections: tuple[SectionLines, ...]


@dataclass(frozen=True)
class Way:
    """What somebody may do at a step, and where it leads."""

    action: str
    leads_to: str


@dataclass(frozen=True)
class StepLine:
    """One step of the process: its number, who acts, within which time, and the ways out."""

    title: str
    who: str
    within: str
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class DefinitionSheet:
    """A definition laid out to be read."""

    definition: Definition
    pages: tuple[PageLines, ...]
    questions: int
    required: int
    documents: tuple[QuestionLine, ...]
    steps: tuple[StepLine, ...]
    proposed: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]
    applicants: tuple[tuple[str, str], ...]
    entry_rules: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...]


SCOPES = {
    "organisation.region": lambda: _("selon la région de l’organisme"),
    "organisation.type": lambda: _("selon le type d’organisme"),
    "organisation.id": lambda: _("selon l’organisme"),
}
KINDS = {
    "person": lambda: _("particuliers"),
    "organisation": lambda: _("organismes"),
    "on_behalf": lambda: _("personnes agissant pour autrui"),
}


def definition_sheet(definition: Definition, types: Mapping[str, str]) -> DefinitionSheet:
    """Everything that a definition says, in French, in its order; `types` are those of the portal."""
    phase, facts = definition.first_phase, {TYPE: types}
    known = Titles(phase.questions, facts=facts)
    pages = tuple(_page(page, known) for page in phase.pages)
    asked = [question for page in phase.pages for section in page.sections for question in section.questions]
    return DefinitionSheet(
        definition=definition,
        pages=pages,
        questions=len(asked),
        required=len([question for question in asked if question.required and question.when is None]),
        documents=tuple(_question(q, known) for q in asked if q.holds_files),
        steps=tuple(step_lines(definition)),
        proposed=tuple(_proposed(definition)),
        words=_words(definition),
        applicants=tuple(_applicants(definition, types)),
        entry_rules=tuple(
            (rule.message, say(rule.when, Titles(facts=facts))) for rule in definition.entry_rules
        ),
        roles=tuple((role.title, scope_said(role.scope)) for role in definition.roles.values()),
    )


def _page(page: Page, known: Titles) -> PageLines:
    return PageLines(
        title=page.title,
        intro=page.intro,
        when=_condition(page, known),
        sections=tuple(_section(section, known) for section in page.sections),
    )


def _section(section: Section, known: Titles) -> SectionLines:
    return SectionLines(
        title=section.title,
        intro=section.intro,
        when=_condition(section, known),
        shows=", ".join(section.show_titles),
        questions=tuple(_question(question, known) for question in section.questions),
    )


def _condition(part: Page | Section, known: Titles) -> str:
    return say(part.when, known) if part.when is not None else ""


def _question(question: Question, known: Titles) -> QuestionLine:
    return QuestionLine(
        title=question.title,
        name=question.name,
        type=question.type.title,
        required=_required(question),
        help=question.help,
        notes=tuple(_notes(question, known)),
        rows=tuple(_question(each, known.inside(question)) for each in question.rows),
    )


def _required(question: Question) -> str:
    if not question.required:
        return _("facultative")
    return _("obligatoire si elle est posée") if question.when else _("obligatoire")


def _notes(question: Question, known: Titles) -> Iterator[tuple[str, str]]:
    if question.when is not None:
        yield _("Posée si"), say(question.when, known)
    if question.options.get("statement"):
        yield _("Engagement"), str(question.options["statement"])
    if question.choices:
        yield _("Réponses"), ", ".join(choice.label for choice in question.choices)
    if "accept" in question.options:
        yield _("Fichiers"), _files(question)
    if question.internal:
        yield _("Réservée"), _("aux instructeurs")


def _files(question: Question) -> str:
    names = {"pdf": "PDF", "image": _("image PNG ou JPEG")}
    kinds = ", ".join(names.get(kind, kind) for kind in question.options.get("accept", ()))
    return _("{kinds}, {size} Mo au plus").format(kinds=kinds, size=question.options.get("max_mb", ""))


def step_lines(definition: Definition) -> Iterator[StepLine]:
    """The process from the deposit to the decision, one step after the other."""
    process, phase = compile_process(definition), definition.first_phase
    titles = {review.id: review.title for review in phase.reviews}
    yield StepLine(
        title=phase.title,
        who=_("Le demandeur"),
        within="",
        ways=(
            Way(definition.words.submit, _("va à l’étape « {step} »").format(step=phase.reviews[0].title)),
        ),
    )
    for review in phase.reviews:
        actions = process.actions(State(phase.id, "under_review", review.id), review.role)
        yield StepLine(
            title=review.title,
            who=definition.roles[review.role].title,
            within=_within(review),
            ways=tuple(Way(action.title, _leads_to(action.target, titles)) for action in actions),
        )


def _leads_to(target: State, titles: Mapping[str, str]) -> str:
    if target.status == "submitted":
        return _("va à l’étape « {step} »").format(step=titles[target.step])
    return {
        "changes_requested": _("revient au demandeur, qui corrige et transmet de nouveau"),
        "accepted": _("le dossier est accepté"),
        "refused": _("le dossier est refusé"),
        "dismissed": _("le dossier est classé sans suite"),
    }[target.status]


def _within(review: Review) -> str:
    return _("{days} jours ouvrés").format(days=review.within.days) if review.within else ""


def _proposed(definition: Definition) -> Iterator[tuple[str, str]]:
    opening = definition.opening
    yield _("Ouverture"), _local(opening.opens) or _("à la publication")
    yield _("Premier dépôt avant"), _local(definition.first_phase.first_deposit_by) or _("sans limite")
    yield _("Fermeture"), _local(opening.closes) or _("sans limite")
    yield _("Dossiers par demandeur"), str(opening.per_applicant or _("sans limite"))


def _local(time: LocalTime | None) -> str:
    return moment_in_full(time.begins(), time.zone) if time else ""


def _words(definition: Definition) -> tuple[tuple[str, str], ...]:
    words = definition.words
    return (
        (_("Un dossier s’appelle"), words.the_dossier),
        (_("Au pluriel"), words.dossier_plural),
        (_("Bouton de transmission"), words.submit),
    )


def _applicants(definition: Definition, types: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    applicants = definition.applicants
    yield _("Qui peut déposer"), ", ".join(KINDS[kind]() for kind in applicants.kinds)
    if admitted := applicants.organisation_types:
        named = with_unknown(types, admitted)
        yield _("Types d’organisme"), " ; ".join(named[code] for code in admitted)
    yield _("Compte"), _("obligatoire") if applicants.account == "required" else _("facultatif")
    together = applicants.team == "colleagues_read"
    yield _("Collègues"), _("peuvent lire le dossier") if together else _("ne voient pas le dossier")


def scope_said(scope: str | None) -> str:
    return SCOPES[scope]() if scope else _("pour tous les dossiers")

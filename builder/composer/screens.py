"""What the editor's other screens are given: the process, the documents, the texts, who may begin."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from builder.acts import Target
from builder.acts.documents import CHECK, ENTRY, PAGE, QUESTION, ROLE, ROW_CHECK, SECTION, STEP
from builder.acts.process import PRESETS
from builder.composer.addresses import ACCESS, DOCUMENTS, PROCESS, TEXTS, WORKBOOKS, address_of
from builder.composer.composition import Composition
from builder.composer.workbook_screen import check_said, workbooks_context
from builder.drafts.layout import StepLine, scope_said, step_lines
from builder.organisation_types import TYPE
from builder.teams.vacancies import vacancies
from formdefs import Question, Review


@dataclass(frozen=True)
class Card:
    """A step, a role, a rule or a document, with where it is set; `current` when it is."""

    title: str
    note: str
    address: str
    target: str
    current: bool
    lines: tuple[str, ...] = ()


def screen_context(composition: Composition, target: Target, tab: str) -> dict[str, Any]:
    """What a screen shows beside the panel."""
    makers = {
        PROCESS: _process,
        WORKBOOKS: workbooks_context,
        DOCUMENTS: _documents,
        TEXTS: _texts,
        ACCESS: _access,
    }
    return makers[tab](composition, target)


def _card(
    composition: Composition, at: Target, title: str, note: str, selected: Target, lines: tuple[str, ...] = ()
) -> Card:
    address = address_of(composition.procedure.slug, at)
    return Card(title, note, address, str(at), at == selected, lines)


def _process(composition: Composition, target: Target) -> dict[str, Any]:
    definition, groups = composition.definition, list(_groups(composition))
    steps: list[StepLine] = list(step_lines(definition))
    reviews = definition.first_phase.reviews
    cards = [
        _card(
            composition,
            Target(STEP, review.id),
            review.title,
            definition.roles[review.role].title,
            target,
            (
                *_step_said(composition, review),
                step.within or _("sans délai"),
                *(f"{way.action} : {way.leads_to}" for way in step.ways),
            ),
        )
        for review, step in zip(reviews, steps[1:], strict=True)
    ]
    roles = [
        _card(composition, Target(ROLE, role.id), role.title, scope_said(role.scope), target)
        for role in definition.roles.values()
    ]
    presets = [(key, _(title)) for key, (title, _steps) in PRESETS.items()]
    return {
        "first": steps[0],
        "steps": cards,
        "roles": roles,
        "presets": presets,
        "vacancies": vacancies(composition.procedure, definition),
        "checks": _checks(composition, target),
        "row_checks": [
            card for path, group in groups for card in _row_checks(composition, path, group, target)
        ],
        "groups": [(str(Target(QUESTION, path)), group.title) for path, group in groups],
    }


def _step_said(composition: Composition, review: Review) -> tuple[str, ...]:
    """When a step is gone through, in French; nothing where it always is."""
    if review.when is None:
        return ()
    rule = composition.ground(Target(STEP, review.id)).said(review.when.source)
    return (_("Seulement si {rule}").format(rule=rule),)


def _checks(composition: Composition, target: Target) -> list[Card]:
    phase = composition.definition.first_phase
    return [
        _card(
            composition,
            Target(CHECK, check.id),
            check.message,
            _("Dit à « {title} »").format(title=phase.questions[check.at].title),
            target,
            (check_said(composition, Target(CHECK, check.id), check.that.source),),
        )
        for check in phase.checks
    ]


def _row_checks(composition: Composition, path: str, group: Question, target: Target) -> list[Card]:
    """What is checked of each row of a group."""
    titles = {row.name: row.title for row in group.rows}
    note = _("Dans chaque ligne de « {group} », dit à « {title} »")
    return [
        _card(
            composition,
            at := Target(ROW_CHECK, f"{path}.{check.id}"),
            check.message,
            note.format(group=group.title, title=titles[check.at]),
            target,
            (check_said(composition, at, check.that.source),),
        )
        for check in group.checks
    ]


def _groups(composition: Composition) -> Iterator[tuple[str, Question]]:
    """Every repeatable group with its path, those inside another after it."""
    for question in composition.definition.first_phase.questions.values():
        yield from ((path, each) for path, each in _with_rows(question, question.name) if each.rows)


def _documents(composition: Composition, target: Target) -> dict[str, Any]:
    found = [
        _document(composition, Target(QUESTION, path), each, section.title, target)
        for page in composition.definition.first_phase.pages
        for section in page.sections
        for question in section.questions
        for path, each in _with_rows(question, question.name)
        if each.holds_files and not each.rows
    ]
    return {"documents": found, "sections": _sections(composition)}


def _with_rows(question: Question, path: str) -> Iterator[tuple[str, Question]]:
    """A question and those of its rows, however deep, with their paths."""
    yield path, question
    for row in question.rows:
        yield from _with_rows(row, f"{path}.{row.name}")


def _document(composition: Composition, at: Target, asked: Question, section: str, target: Target) -> Card:
    rule = composition.ground(at).said(asked.when.source) if asked.when else ""
    lines = (
        asked.help,
        _("Demandé si {rule}").format(rule=rule) if rule else "",
        _("Obligatoire") if asked.required else _("Facultatif"),
    )
    return _card(composition, at, asked.title, section, target, tuple(filter(None, lines)))


def _sections(composition: Composition) -> list[tuple[str, str]]:
    return [
        (str(Target(SECTION, section.id)), section.title)
        for page in composition.definition.first_phase.pages
        for section in page.sections
    ]


def _texts(composition: Composition, target: Target) -> dict[str, Any]:
    found = []
    for page in composition.definition.first_phase.pages:
        intro = tuple(filter(None, (page.intro,)))
        found.append(_card(composition, Target(PAGE, page.id), page.title, _("Page"), target, intro))
        for section in page.sections:
            at = Target(SECTION, section.id)
            found.append(
                _card(
                    composition, at, section.title, page.title, target, tuple(filter(None, (section.intro,)))
                )
            )
    return {"introductions": found}


def _access(composition: Composition, target: Target) -> dict[str, Any]:
    ground = composition.ground(Target(ENTRY, ""))
    rules = [
        _card(
            composition,
            Target(ENTRY, rule.id),
            rule.message,
            _("toujours remplie") if rule.when.source is True else ground.said(rule.when.source),
            target,
        )
        for rule in composition.definition.entry_rules
    ]
    return {"entry_rules": rules, "organisation_types": list(composition.facts[TYPE].items())}

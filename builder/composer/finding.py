"""What is found by its name besides what the outline shows: steps, roles, checks, texts, dates, workbooks."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from builder.acts import Target
from builder.acts.documents import CHECK, COLUMN, ENTRY, LINE, PAGE, ROLE, ROW_CHECK, SECTION, SHEET, STEP
from builder.acts.documents import WORKBOOK as BOOK
from builder.composer.addresses import ACCESS, FORM, TEXTS, VIEWS, address_of, tab_of
from builder.composer.composition import NOWHERE, Composition
from builder.composer.contexts import KINDS
from builder.composer.part_settings import settings_of
from builder.screens import TABS
from formdefs import Page, Question, Section, Sheet, Workbook

LONGEST_NOTE = 90
SETTINGS = {"naming": TEXTS, "words": TEXTS, "access": ACCESS, "dates": ACCESS}
"""The screen that shows each group of the démarche's own settings."""


@dataclass(frozen=True)
class Place:
    """Something that may be gone to: what it is called, what it is, its screen, where."""

    title: str
    note: str
    group: str
    icon: str
    address: str
    search: str = ""


def found_places(composition: Composition, tab: str) -> list[dict[str, Any]]:
    """Every place that the search offers on a screen besides the rows of its outline."""
    makers = (_outline if tab != FORM else _nothing, _process, _entries, _workbooks, _texts, _settings)
    return [asdict(place) for maker in makers for place in maker(composition)]


def _screen(tab: str) -> str:
    """What a screen is called."""
    return next(label() for view, _icon, label in TABS if view == VIEWS[tab])


def _nothing(composition: Composition) -> Iterator[Place]:
    yield from ()


def _place(composition: Composition, at: Target, title: str, note: str, search: str = "") -> Place:
    group = _screen(tab_of(at))
    address = address_of(composition.procedure.slug, at)
    return Place(title, note, group, KINDS.get(at.kind, KINDS[SHEET]), address, search)


def _outline(composition: Composition) -> Iterator[Place]:
    """The rows of the outline, where the screen has none."""
    group, slug = _screen(FORM), composition.procedure.slug
    for row in composition.rows:
        address = f"{address_of(slug, NOWHERE)}{row.id}/" if row.level > 1 else address_of(slug, NOWHERE)
        yield Place(row.title, row.said, group, row.icon, address, row.id)


def _process(composition: Composition) -> Iterator[Place]:
    phase = composition.definition.first_phase
    for review in phase.reviews:
        role = composition.definition.roles[review.role].title
        yield _place(composition, Target(STEP, review.id), review.title, _("étape d’instruction"), role)
    for each in composition.definition.roles.values():
        yield _place(composition, Target(ROLE, each.id), each.title, _("rôle"))
    for check in phase.checks:
        yield _place(composition, Target(CHECK, check.id), check.message, _("contrôle"))
    for question in phase.questions.values():
        yield from _row_checks(composition, question, question.name)


def _row_checks(composition: Composition, group: Question, path: str) -> Iterator[Place]:
    note = _("contrôle de chaque ligne de « {title} »").format(title=group.title)
    for check in group.checks:
        yield _place(composition, Target(ROW_CHECK, f"{path}.{check.id}"), check.message, note)
    for row in group.rows:
        yield from _row_checks(composition, row, f"{path}.{row.name}")


def _entries(composition: Composition) -> Iterator[Place]:
    for rule in composition.definition.entry_rules:
        yield _place(composition, Target(ENTRY, rule.id), rule.message, _("règle d’entrée"))


def _workbooks(composition: Composition) -> Iterator[Place]:
    for book in composition.definition.workbooks.values():
        yield _place(composition, Target(BOOK, book.id), book.title, _("classeur"))
        for check in book.form.checks:
            yield _place(composition, Target(CHECK, f"{book.id}.{check.id}"), check.message, _("contrôle"))
        for sheet in book.sheets:
            yield from _sheet(composition, book, sheet)


def _sheet(composition: Composition, book: Workbook, sheet: Sheet) -> Iterator[Place]:
    at = f"{book.id}.{sheet.id}"
    note = _("feuille de « {title} »").format(title=book.title)
    yield _place(composition, Target(SHEET, at), sheet.title, note)
    column, line = _("colonne de « {title} »"), _("ligne de « {title} »")
    for each in sheet.table.rows if sheet.table else ():
        said = column.format(title=sheet.title)
        yield _place(composition, Target(COLUMN, f"{at}.{each.name}"), each.title, said)
    for check in sheet.table.checks if sheet.table else ():
        yield _place(composition, Target(CHECK, f"{at}.{check.id}"), check.message, _("contrôle"))
    for each in sheet.lines:
        said = line.format(title=sheet.title)
        yield _place(composition, Target(LINE, f"{at}.{each.name}"), each.title, said)


def _texts(composition: Composition) -> Iterator[Place]:
    """The introductions that are written, by their page or section and by their words."""
    group = _screen(TEXTS)
    for page in composition.definition.first_phase.pages:
        parts: list[tuple[Target, Page | Section]] = [(Target(PAGE, page.id), page)]
        parts += ((Target(SECTION, section.id), section) for section in page.sections)
        for at, part in parts:
            if part.intro:
                address = address_of(composition.procedure.slug, at)
                title = _("Introduction de « {title} »").format(title=part.title)
                yield Place(title, _short(part.intro), group, KINDS[at.kind], address, part.intro)


def _settings(composition: Composition) -> Iterator[Place]:
    """The texts, the words, the dates of the démarche, each where its screen asks it."""
    for setting in settings_of(composition.document, NOWHERE):
        tab = SETTINGS[setting.group]
        address = f"{address_of(composition.procedure.slug, NOWHERE, tab)}#q-{setting.name}"
        value = setting.value if isinstance(setting.value, str | int) else ""
        yield Place(setting.label, _short(str(value)), _screen(tab), "edit", address, str(value))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_NOTE else f"{text[:LONGEST_NOTE].rstrip()}…"

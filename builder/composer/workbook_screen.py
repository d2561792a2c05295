"""What the screen of the workbooks shows: each sheet as a spreadsheet would, with a row of examples."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from builder.acts import Target
from builder.acts.documents import CHECK, COLUMN, LINE, SHEET, WORKBOOK, sheet_of, workbook_of
from builder.acts.workbooks import cell_kinds
from builder.composer.addresses import address_of
from builder.composer.composition import Composition
from builder.ruling.grounds import ground_of
from formdefs import Context, Question, Sheet, Workbook, evaluate
from formdefs.registry import TYPES
from formdefs.sample import filled
from runtime.wizard.preview import sample_context
from runtime.workbooks.layout import Plan, plans_of
from tenants.accounts.models import User


@dataclass(frozen=True)
class Cell:
    """A column or a line: where it is set, what it holds, what it would say."""

    title: str
    note: str
    letter: str
    sample: str
    total: str
    address: str
    current: bool


@dataclass(frozen=True)
class Grid:
    """A sheet as it is drawn; `facts` are recalled on top."""

    title: str
    heading: str
    intro: str
    facts: tuple[str, ...]
    columns: tuple[Cell, ...]
    lines: tuple[Cell, ...]
    first: int
    last: int
    total: int
    signed: bool
    address: str
    current: bool


def shown_workbook(composition: Composition, target: Target) -> Workbook | None:
    """The workbook that a part belongs to; the first where none is chosen."""
    books = composition.definition.workbooks
    return books.get(workbook_of(target).id) or next(iter(books.values()), None)


def workbooks_context(composition: Composition, target: Target) -> dict[str, Any]:
    """What the screen is given."""
    slug, book = composition.procedure.slug, shown_workbook(composition, target)
    given: dict[str, Any] = {
        "workbooks": [
            _book_card(composition, each, target) for each in composition.definition.workbooks.values()
        ],
        "book": book,
    }
    if book is None:
        return given
    return {
        **given,
        "book_target": Target(WORKBOOK, book.id),
        "sheet_target": _sheet_target(book, target),
        "grids": _grids(composition, book, target),
        "checks": _checks(composition, book, target),
        "cell_kinds": [(slug, _(TYPES[slug].title)) for slug in cell_kinds()],
        "file_url": reverse("builder_workbook_file", args=[slug, book.id]),
        "try_url": reverse("builder_try_workbook", args=[slug, book.id]),
    }


def _book_card(composition: Composition, book: Workbook, target: Target) -> dict[str, Any]:
    asking = [
        question.title
        for question in composition.definition.first_phase.questions.values()
        if question.options.get("workbook") == book.id
    ]
    read = ", ".join(f"« {title} »" for title in asking)
    return {
        "title": book.title,
        "note": _("Demandé par {titles}").format(titles=read)
        if read
        else _("Aucune question ne le demande."),
        "address": address_of(composition.procedure.slug, Target(WORKBOOK, book.id)),
        "current": workbook_of(target).id == book.id,
    }


def _sheet_target(book: Workbook, target: Target) -> Target:
    """The sheet that what is added goes to: the selected one, else the first."""
    if target.kind in (SHEET, COLUMN, LINE):
        return sheet_of(target)
    return Target(SHEET, f"{book.id}.{book.sheets[0].id}")


def sample_of(composition: Composition) -> Context:
    """An imaginary applicant, to write and read a workbook with."""
    someone = User(first_name=_("Camille"), last_name=_("Exemple"), email="camille@exemple.fr")
    return sample_context(composition.definition, someone, timezone.now())


def _grids(composition: Composition, book: Workbook, target: Target) -> list[Grid]:
    context = sample_of(composition)
    sampled = filled(book.form, context)
    answers = evaluate(book.form, sampled.raw, sampled.context).answers
    drawing = _Drawing(composition, book, target, context, answers)
    return [drawing.grid(plan) for plan in plans_of(book, len(context.entities))]


@dataclass(frozen=True)
class _Drawing:
    """One drawing of one workbook."""

    composition: Composition
    book: Workbook
    target: Target
    context: Context
    answers: Mapping[str, Any]

    def grid(self, plan: Plan) -> Grid:
        sheet, at = plan.sheet, Target(SHEET, f"{self.book.id}.{plan.sheet.id}")
        return Grid(
            title=sheet.title,
            heading=sheet.heading,
            intro=sheet.intro,
            facts=sheet.show_titles,
            columns=self._columns(plan, sheet),
            lines=tuple(self._cell(LINE, sheet, each, "", self.answers) for each in sheet.lines),
            first=plan.grid.first,
            last=plan.grid.last,
            total=plan.grid.total,
            signed=sheet.signed,
            address=address_of(self.composition.procedure.slug, at),
            current=at == self.target,
        )

    def _columns(self, plan: Plan, sheet: Sheet) -> tuple[Cell, ...]:
        if sheet.table is None:
            return ()
        row = next(iter(self.answers.get(sheet.id) or ()), {})
        return tuple(
            self._cell(COLUMN, sheet, each, plan.columns[each.name], row) for each in sheet.table.rows
        )

    def _cell(
        self, kind: str, sheet: Sheet, question: Question, letter: str, given: Mapping[str, Any]
    ) -> Cell:
        at = Target(kind, f"{self.book.id}.{sheet.id}.{question.name}")
        total = sheet.totals.get(question.name) if kind == COLUMN else None
        note = _("calculée") if question.compute is not None else _(question.type.title).lower()
        return Cell(
            title=question.title,
            note=f"{note}, {_('obligatoire')}" if question.required else note,
            letter=letter,
            sample=self._text(question, given),
            total=self._text(total, self.answers) if total else "",
            address=address_of(self.composition.procedure.slug, at),
            current=at == self.target,
        )

    def _text(self, question: Question, given: Mapping[str, Any]) -> str:
        value = given.get(question.name)
        return "" if value is None else str(question.type.text(question, value, self.context))


def _checks(composition: Composition, book: Workbook, target: Target) -> list[dict[str, Any]]:
    found = []
    for check in book.form.checks:
        at = Target(CHECK, f"{book.id}.{check.id}")
        said = check_said(composition, at, check.that.source)
        address = address_of(composition.procedure.slug, at)
        found.append({"title": check.message, "lines": (said,), "address": address, "current": at == target})
    return found


def check_said(composition: Composition, at: Target, rule: Any) -> str:
    """What must be true, in French."""
    if rule is True:
        return _("toujours vrai : écrivez sa règle")
    return ground_of(composition.definition, at).said(rule)

"""The outline of a definition: one flat list of rows, each with its level and its marks in words."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from builder.acts.documents import PAGE, PROCEDURE, QUESTION, SECTION, WHOLE, Target
from builder.acts.readers import Reader
from builder.composer.palette import icon_of
from formdefs import Definition, Page, Question, Section


@dataclass(frozen=True)
class Row:
    """A row of the outline; `said` is what a screen reader adds to its title."""

    id: str
    level: int
    title: str
    icon: str
    said: str
    kind: str = ""
    count: int = 0
    required: bool = False
    rule: bool = False
    personal: bool = False
    files: bool = False
    warnings: int = 0

    def as_data(self) -> dict[str, Any]:
        """The row for the script, without what is as usual."""
        return {key: value for key, value in asdict(self).items() if value not in (0, False, "")}


def rows(
    definition: Definition, readings: Mapping[str, tuple[Reader, ...]], warnings: Mapping[str, int]
) -> tuple[Row, ...]:
    """The whole outline, in order."""
    phase = definition.first_phase
    asked = sum(len(section.questions) for page in phase.pages for section in page.sections)
    found = [
        Row(
            str(Target(PROCEDURE, WHOLE)),
            1,
            phase.title,
            "form",
            _("formulaire, {questions}").format(questions=counted(asked)),
            count=asked,
        )
    ]
    for page in phase.pages:
        found.append(_page(page))
        for section in page.sections:
            found.append(_section(section))
            for question in section.questions:
                found += _question(question, question.name, 4, readings)
    return tuple(_warned(row, warnings) for row in found)


def counted(number: int) -> str:
    """« 3 questions »."""
    return ngettext("{count} question", "{count} questions", number).format(count=number)


def _page(page: Page) -> Row:
    sections = ngettext("{count} section", "{count} sections", len(page.sections)).format(
        count=len(page.sections)
    )
    said = [_("page"), sections, *_ruled(page.when is not None)]
    return Row(
        str(Target(PAGE, page.id)), 2, page.title, "doc-empty", ", ".join(said), rule=page.when is not None
    )


def _section(section: Section) -> Row:
    personal = any(question.personal for question in section.questions)
    said = [_("section"), counted(len(section.questions)), *_ruled(section.when is not None)]
    if personal:
        said.append(_("données personnelles"))
    return Row(
        str(Target(SECTION, section.id)),
        3,
        section.title,
        "list-ul",
        ", ".join(said),
        count=len(section.questions),
        rule=section.when is not None,
        personal=personal,
    )


def _question(
    question: Question, path: str, level: int, readings: Mapping[str, tuple[Reader, ...]]
) -> Iterator[Row]:
    ruled = question.when is not None or getattr(question, "compute", None) is not None
    said = [question.type.title.lower(), *_requirement(question), *_ruled(ruled)]
    if readings.get(path):
        count = len(readings[path])
        said.append(ngettext("lue par {count} règle", "lue par {count} règles", count).format(count=count))
    if question.personal:
        said.append(_("donnée personnelle"))
    if question.internal:
        said.append(_("réservée à l’instruction"))
    yield Row(
        str(Target(QUESTION, path)),
        level,
        question.title,
        icon_of(question.type.slug),
        ", ".join(said),
        kind=question.type.slug,
        count=len(question.rows),
        required=question.required,
        rule=ruled,
        personal=bool(question.personal),
        files=question.holds_files,
    )
    for inner in question.rows:
        yield from _question(inner, f"{path}.{inner.name}", level + 1, readings)


def _requirement(question: Question) -> list[str]:
    if not question.required:
        return []
    return [_("obligatoire si visible") if question.when is not None else _("obligatoire")]


def _ruled(ruled: bool) -> list[str]:
    return [_("1 règle")] if ruled else []


def _warned(row: Row, warnings: Mapping[str, int]) -> Row:
    count = warnings.get(row.id, 0)
    if not count:
        return row
    said = ngettext("{count} avertissement", "{count} avertissements", count).format(count=count)
    return replace(row, warnings=count, said=f"{row.said}, {said}")

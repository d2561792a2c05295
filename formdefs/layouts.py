"""From a layout, or from none, to the pages and sections of a phase."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formdefs.definition import Page, Question, Section
from formdefs.expressions import Names
from formdefs.findings import Findings, mapping, sequence


def read_pages(
    layout: Any,
    questions: Mapping[str, Question],
    names: Names,
    pointer: str,
    findings: Findings,
    *,
    title: str,
) -> tuple[Page, ...]:
    """The pages in their order; one page of one section when there is no layout."""
    if layout is None:
        section = Section("reponses", "Vos réponses", tuple(questions.values()))
        return (Page("formulaire", title, (section,)),)
    reader = _Layout(questions, names, findings)
    pages = tuple(
        reader.page(mapping(written), f"{pointer}/{index}") for index, written in enumerate(sequence(layout))
    )
    for name in questions:
        if name not in reader.placed:
            findings.add(
                pointer, "layout_missing", f"La question « {name} » n’est placée dans aucune rubrique."
            )
    return pages


class _Layout:
    """One reading of a layout: what is placed already, which ids are taken."""

    def __init__(self, questions: Mapping[str, Question], names: Names, findings: Findings) -> None:
        self.questions, self.names, self.findings = questions, names, findings
        self.placed: set[str] = set()
        self.ids: set[tuple[str, str]] = set()

    def page(self, written: Mapping[str, Any], pointer: str) -> Page:
        self._take("page", written.get("page"), f"{pointer}/page")
        when = self.findings.rule(written.get("when"), self.names, f"{pointer}/when")
        sections = tuple(
            self.section(mapping(section), f"{pointer}/sections/{index}", conditional="when" in written)
            for index, section in enumerate(sequence(written.get("sections")))
        )
        return Page(
            str(written.get("page", "")),
            str(written.get("title", "")),
            sections,
            str(written.get("intro", "")),
            when,
        )

    def section(self, written: Mapping[str, Any], pointer: str, *, conditional: bool) -> Section:
        self._take("section", written.get("id"), f"{pointer}/id")
        conditional = conditional or "when" in written
        placed = []
        for index, name in enumerate(sequence(written.get("fields"))):
            question = self._place(name, f"{pointer}/fields/{index}", conditional=conditional)
            if question is not None:
                placed.append(question)
        shown = [mapping(item) for item in sequence(written.get("show"))]
        return Section(
            id=str(written.get("id", "")),
            title=str(written.get("title", "")),
            questions=tuple(placed),
            intro=str(written.get("intro", "")),
            when=self.findings.rule(written.get("when"), self.names, f"{pointer}/when"),
            show=tuple(str(item.get("value", "")) for item in shown),
            show_titles=tuple(str(item.get("title", "")) for item in shown),
        )

    def _take(self, kind: str, taken: Any, pointer: str) -> None:
        if not isinstance(taken, str):
            return
        if (kind, taken) in self.ids:
            self.findings.add(pointer, "duplicate_id", f"L’identifiant « {taken} » est déjà pris.")
        self.ids.add((kind, taken))

    def _place(self, name: Any, pointer: str, *, conditional: bool) -> Question | None:
        question = self.questions.get(name) if isinstance(name, str) else None
        if question is None:
            self.findings.add(pointer, "layout_unknown", f"« {name} » n’est pas une question.")
            return None
        if name in self.placed:
            self.findings.add(pointer, "layout_twice", f"La question « {name} » est placée deux fois.")
            return None
        self.placed.add(name)
        by_schema = question.required and mapping(question.schema.get("x-field")).get("required") is not True
        if conditional and by_schema:
            self.findings.add(
                pointer,
                "required_conditional",
                f"« {name} » est dans une partie conditionnelle : retirez-la de « required » et écrivez "
                '"required": true dans x-field.',
            )
        return question

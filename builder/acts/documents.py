"""Reading a definition's document: its phase, pages, sections and questions, and the paths to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.acts.patches import Edit, Op
from builder.acts.places import Path, names_in
from formdefs.errors import gettext_noop

QUESTION, SECTION, PAGE, PROCEDURE, STEP, ROLE, ENTRY = "q", "s", "p", "d", "e", "r", "x"
WORKBOOK, SHEET, COLUMN, LINE, CHECK, ROW_CHECK = "b", "f", "c", "l", "k", "g"
CHECKS = (CHECK, ROW_CHECK)
CELLS = (COLUMN, LINE)
OF_WORKBOOKS = (WORKBOOK, SHEET, COLUMN, LINE)
WHOLE = "demarche"


class Impossible(Exception):
    """An act that cannot be done: a French sentence, and what it needs."""

    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message)
        self.message, self.params = message, params


@dataclass(frozen=True)
class Target:
    """A part of a definition that may be selected: a question by its dotted name, the others by their id.

    What a workbook holds is named after it: « trame.frais.montant » is a column of its sheet « frais ».
    A check of each row of a group is named after the group: « depenses.controle ».
    """

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"


def target_of(text: str) -> Target:
    """The target that an address names; the whole démarche when it names none."""
    kind, _, key = text.partition("/")
    known = kind in (QUESTION, SECTION, PAGE, STEP, ROLE, ENTRY, *CHECKS, *OF_WORKBOOKS) and key
    return Target(kind, key) if known else Target(PROCEDURE, WHOLE)


def phase_path(document: Any) -> Path:
    """Where the first phase is."""
    return ("phases", names_in(document["phases"])[0])


def answers_path(document: Any) -> Path:
    """Where the questions of the first phase are."""
    return (*phase_path(document), "answers")


def holder_path(document: Any, name: str) -> Path:
    """The object schema that a question is a property of: the phase's, or that of a group's rows."""
    path = answers_path(document)
    for group in name.split(".")[:-1]:
        path = (*path, "properties", group, "items")
    return path


def question_path(document: Any, name: str) -> Path:
    """Where a question is."""
    return (*holder_path(document, name), "properties", name.rpartition(".")[2])


def path_to(document: Any, target: Target) -> Path:
    """Where a target is. Raises Impossible when it is there no longer."""
    if target.kind == PROCEDURE:
        return ()
    if target.kind in (PAGE, SECTION):
        for page_path, page in pages(document):
            if target.kind == PAGE and page.get("page") == target.id:
                return page_path
            for section_path, section in sections(page_path, page):
                if target.kind == SECTION and section.get("id") == target.id:
                    return section_path
    else:
        path = {
            QUESTION: lambda: question_path(document, target.id),
            STEP: lambda: (*phase_path(document), "reviews", f"[id={target.id}]"),
            ROLE: lambda: ("roles", target.id),
            ENTRY: lambda: ("entry_rules", f"[id={target.id}]"),
            CHECK: lambda: (*checks_path(document, target), f"[id={target.id.rpartition('.')[2]}]"),
            ROW_CHECK: lambda: (*checks_path(document, target), f"[id={target.id.rpartition('.')[2]}]"),
            WORKBOOK: lambda: workbook_path(target),
            SHEET: lambda: sheet_path(target),
            COLUMN: lambda: (*sheet_path(target), "table", "columns", "properties", target.id.split(".")[-1]),
            LINE: lambda: (*sheet_path(target), "lines", "properties", target.id.split(".")[-1]),
        }[target.kind]()
        if Edit(document).get(path) is not None:
            return path
    raise Impossible(gettext_noop("Cet élément a été supprimé entre-temps."))


def stands(document: Any, target: Target) -> bool:
    """Whether a part is in a definition."""
    try:
        path_to(document, target)
    except (Impossible, KeyError):
        return False
    return True


def workbook_of(target: Target) -> Target:
    """The workbook that a part of it belongs to."""
    return Target(WORKBOOK, target.id.partition(".")[0])


def sheet_of(target: Target) -> Target:
    """The sheet that a column or a line belongs to, or the sheet itself."""
    return Target(SHEET, ".".join(target.id.split(".")[:2]))


def workbook_path(target: Target) -> Path:
    """Where the workbook of a part is."""
    return ("documents", f"[id={workbook_of(target).id}]")


def sheet_path(target: Target) -> Path:
    """Where the sheet of a part is."""
    return (*workbook_path(target), "sheets", f"[id={sheet_of(target).id.partition('.')[2]}]")


def is_row_check(target: Target) -> bool:
    """Whether a part is a check of each row of a sheet: « trame.frais.controle »."""
    return target.kind == CHECK and target.id.count(".") == 2


def group_of(target: Target) -> Target:
    """The group whose rows a check is about."""
    return Target(QUESTION, target.id.rpartition(".")[0])


def checks_path(document: Any, target: Target) -> Path:
    """Where the checks beside a part are: those of each row, of its workbook, else those of the form."""
    if target.kind == ROW_CHECK:
        return (*question_path(document, group_of(target).id), "x-field", "checks")
    if is_row_check(target):
        return (*sheet_path(target), "table", "checks")
    within = target.kind in OF_WORKBOOKS or (target.kind == CHECK and "." in target.id)
    return (*(workbook_path(target) if within else phase_path(document)), "checks")


def pages(document: Any) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The pages of the layout with their paths."""
    path = phase_path(document)
    layout = document["phases"][0].get("layout", [])
    for name, page in zip(names_in(layout), layout, strict=True):
        yield (*path, "layout", name), page


def sections(path: Path, page: Mapping[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The sections of a page with their paths."""
    written = page.get("sections", [])
    for name, section in zip(names_in(written), written, strict=True):
        yield (*path, "sections", name), section


def all_sections(document: Any) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every section, in order."""
    for path, page in pages(document):
        yield from sections(path, page)


def section_of(document: Any, name: str) -> tuple[Path, dict[str, Any]]:
    """The section where a question, or the group that holds it, is placed."""
    top = name.partition(".")[0]
    for path, section in all_sections(document):
        if top in section.get("fields", ()):
            return path, section
    raise Impossible(gettext_noop("Cette question n’est placée dans aucune section."))


def questions(document: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every question by its dotted name, those of rows after their group."""
    yield from _below(document["phases"][0]["answers"], "")


def _below(schema: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, written in schema.get("properties", {}).items():
        yield f"{prefix}{name}", written
        items = written.get("items")
        if isinstance(items, Mapping) and "properties" in items:
            yield from _below(items, f"{prefix}{name}.")


def own(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a question says in « x-field »."""
    found = schema.get("x-field", {})
    return found if isinstance(found, Mapping) else {}


def is_group(schema: Mapping[str, Any]) -> bool:
    """Whether a question is made of rows of questions."""
    return isinstance(schema.get("items"), Mapping) and "properties" in schema["items"]


def title_of(document: Any, name: str) -> str:
    """A question's title, its name while it has none."""
    schema = Edit(document).get(question_path(document, name), {})
    return str(schema.get("title") or name)


def complete(edit: Edit, slug: str) -> None:
    """Write what the definition leaves to be derived: the démarche around a bare schema, and the layout."""
    document = edit.document
    if "definition" not in document:
        title = document.get("title") or slug
        whole = {
            "definition": 1,
            "id": slug,
            "title": title,
            "roles": {"instructeur": {"title": "Instructeur"}},
            "phases": [
                {
                    "id": "demande",
                    "title": title,
                    "answers": {key: value for key, value in document.items() if key != "description"},
                    "reviews": [{"id": "instruction", "title": "Instruction", "role": "instructeur"}],
                }
            ],
        }
        if document.get("description"):
            whole["summary"] = document["description"]
        edit.replay((Op((), document, whole),))
    phase = edit.document["phases"][0]
    if "layout" not in phase:
        section = {"id": "reponses", "title": "Vos réponses", "fields": list(phase["answers"]["properties"])}
        layout = [{"page": "formulaire", "title": phase["title"], "sections": [section]}]
        edit.put((*phase_path(edit.document), "layout"), layout, index=list(phase).index("answers") + 1)

"""From the description of a workbook to its sheets, and to the form that its cells are judged as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from formdefs.definition import Phase, Question, Sheet, Workbook
from formdefs.errors import DefinitionProblem
from formdefs.expressions import phase_names
from formdefs.findings import Findings, mapping, sequence
from formdefs.layouts import read_pages
from formdefs.metaschema import escaped
from formdefs.questions import read_checks, read_questions

ROWS = 200
"""How many rows a table has where its author does not say."""


@dataclass(frozen=True)
class Grid:
    """On which rows the parts of a sheet stand, from 1 as spreadsheets count; 0 for what it has not."""

    intro: int
    facts: int
    head: int
    first: int
    last: int
    total: int
    lines: int


def grid_of(sheet: Sheet, shown: int, rows: int = 0) -> Grid:
    """The rows of a sheet that shows so many facts, and holds `rows` where its author gave no number."""
    row = 2
    intro, row = (row, row + 1) if sheet.intro else (0, row)
    facts, row = (row, row + shown) if shown else (0, row)
    row += 1
    if sheet.table is None:
        return Grid(intro, facts, 0, 0, 0, 0, row)
    most = rows or sheet.table.schema["maxItems"]
    total = row + 1 + most if sheet.totals else 0
    return Grid(intro, facts, row, row + 1, row + most, total, row + most + 1 + bool(total) + 1)


def read_workbooks(written: Any, findings: Findings) -> dict[str, Workbook]:
    """The workbooks of a definition, by id."""
    workbooks: dict[str, Workbook] = {}
    for index, each in enumerate(map(mapping, sequence(written))):
        identity = str(each.get("id", ""))
        if identity in workbooks:
            findings.add(
                f"/documents/{index}/id", "duplicate_id", f"L’identifiant « {identity} » est déjà pris."
            )
        workbooks[identity] = _workbook(each, f"/documents/{index}", findings)
    return workbooks


def _workbook(written: Mapping[str, Any], pointer: str, findings: Findings) -> Workbook:
    sheets = [mapping(each) for each in sequence(written.get("sheets"))]
    form = _form(written, sheets, pointer, findings)
    titles: set[str] = set()
    for index, each in enumerate(sheets):
        title = str(each.get("title", "")).casefold()
        if title in titles:
            findings.add(
                f"{pointer}/sheets/{index}/title", "duplicate_title", "Deux feuilles ont le même titre."
            )
        titles.add(title)
    return Workbook(
        id=str(written.get("id", "")),
        title=str(written.get("title", "")),
        intro=str(written.get("intro", "")),
        sheets=tuple(_sheet(each, form.questions) for each in sheets),
        form=form,
    )


def _form(
    written: Mapping[str, Any], sheets: list[Mapping[str, Any]], pointer: str, findings: Findings
) -> Phase:
    """The cells as a form; problems found in it are told where they are written in the workbook."""
    places: dict[str, str] = {}
    properties: dict[str, Any] = {}
    for index, sheet in enumerate(sheets):
        for name, schema, place in _written_questions(sheet, f"{pointer}/sheets/{index}"):
            if name in properties:
                findings.add(place, "duplicate_id", f"Le nom « {name} » est déjà pris dans ce classeur.")
            properties[name], places[name] = schema, place
    own = Findings()
    required = [name for name, each in properties.items() if mapping(each).get("minItems")]
    schema = {"type": "object", "properties": properties, "required": required}
    identity = str(written.get("id", ""))
    questions = read_questions(schema, "", own, phase=identity) if properties else {}
    names = phase_names(questions.values(), identity)
    checks = read_checks(sequence(written.get("checks")), questions, names, "/checks", own)
    findings.problems += [_moved(problem, places, pointer) for problem in own.problems]
    pages = read_pages(None, questions, names, pointer, findings, title=str(written.get("title", "")))
    return Phase(identity, str(written.get("title", "")), pages, questions, schema, checks=checks)


def _written_questions(sheet: Mapping[str, Any], pointer: str) -> Iterator[tuple[str, Any, str]]:
    """The questions of a sheet as they are written, with their places: its table, its totals, its lines."""
    table = mapping(sheet.get("table"))
    columns = mapping(table.get("columns"))
    if table:
        rows = {
            "type": "array",
            "title": sheet.get("title", ""),
            "items": columns,
            "maxItems": table.get("most", ROWS),
            "x-field": {"type": "group", "row_title": table.get("row_title", "Ligne")},
        }
        if "least" in table:
            rows["minItems"] = table["least"]
        if "checks" in table:
            rows["x-field"]["checks"] = table["checks"]
        yield str(sheet.get("id", "")), rows, f"{pointer}/table/columns"
    for name, total in mapping(table.get("totals")).items():
        yield (
            name,
            _total(str(sheet.get("id", "")), mapping(total), columns),
            f"{pointer}/table/totals/{name}",
        )
    for name, line in mapping(mapping(sheet.get("lines")).get("properties")).items():
        yield name, line, f"{pointer}/lines/properties/{escaped(name)}"


def _total(sheet: str, total: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, Any]:
    """The sum of a column, of the column's own type."""
    column = mapping(mapping(columns.get("properties")).get(str(total.get("column"))))
    own = {
        key: value
        for key, value in mapping(column.get("x-field")).items()
        if key in ("type", "places", "unit")
    }
    values = {"map": [{"var": sheet}, {"var": total.get("column", "")}]}
    return {
        "type": column.get("type", "integer"),
        "title": total.get("title", f"Total {column.get('title', '')}".strip()),
        "x-field": {**own, "compute": {"sum": [values]}},
    }


def _moved(problem: DefinitionProblem, places: Mapping[str, str], pointer: str) -> DefinitionProblem:
    """A problem of the form, told where the workbook says it."""
    steps = problem.pointer.split("/")
    if steps[1:2] == ["properties"] and len(steps) > 2 and steps[2] in places:
        rest = steps[3:]
        if rest[:2] == ["x-field", "checks"]:
            return replace(problem, pointer="/".join([places[steps[2]].rpartition("/")[0], *rest[1:]]))
        if places[steps[2]].endswith("/columns") and rest[:1] == ["items"]:
            rest = rest[1:]
        elif "/totals/" in places[steps[2]]:
            rest = ["column"]
        return replace(problem, pointer="/".join([places[steps[2]], *rest]))
    return replace(problem, pointer=f"{pointer}{problem.pointer}")


def _sheet(written: Mapping[str, Any], questions: Mapping[str, Question]) -> Sheet:
    table = mapping(written.get("table"))
    shown = [mapping(each) for each in sequence(written.get("show"))]
    identity = str(written.get("id", ""))
    totals = {
        str(mapping(total).get("column", "")): questions[name]
        for name, total in mapping(table.get("totals")).items()
        if name in questions
    }
    lines = mapping(mapping(written.get("lines")).get("properties"))
    return Sheet(
        id=identity,
        title=str(written.get("title", "")),
        heading=str(written.get("heading", written.get("title", ""))),
        intro=str(written.get("intro", "")),
        show=tuple(str(each.get("value", "")) for each in shown),
        show_titles=tuple(str(each.get("title", "")) for each in shown),
        table=questions.get(identity) if table else None,
        each=str(table.get("each", "")),
        given={str(name): str(key) for name, key in mapping(table.get("given")).items()},
        totals=totals,
        lines=tuple(questions[name] for name in lines if name in questions),
        signed=bool(written.get("signed", False)),
    )

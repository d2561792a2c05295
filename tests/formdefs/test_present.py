"""What readers see: visible questions only, in order, rows numbered, files and tables as such."""

from __future__ import annotations

from formdefs import Context, FileFacts, present
from tests.formdefs.material import TODAY, form

RIB = FileFacts("f1", "rib.pdf", 1000, "application/pdf", "ab" * 32)
PHASE = form(
    {
        "groupe": {"type": "boolean", "title": "Groupe ?"},
        "nom": {"type": "string", "title": "Nom", "x-field": {"when": {"var": "groupe"}, "required": True}},
        "rib": {"type": "array", "x-field": {"type": "document"}},
        "depenses": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "objet": {"type": "string", "title": "Objet"},
                    "motif": {"type": "string", "x-field": {"when": {"==": [{"var": "objet"}, "Autre"]}}},
                },
            },
            "x-field": {"type": "group", "row_title": "Dépense"},
        },
    },
    required=["groupe"],
).first_phase
CONTEXT = Context(TODAY, files={"f1": RIB})


def test_what_is_hidden_is_not_shown_even_where_an_answer_was_kept() -> None:
    (section,) = present(PHASE, {"groupe": False, "nom": "X"}, CONTEXT)
    assert [line.path for line in section.lines] == ["groupe", "rib", "depenses"]


def test_an_unanswered_question_is_a_line_without_text() -> None:
    (section,) = present(PHASE, {}, CONTEXT)
    assert [(line.text, line.answered, line.required) for line in section.lines][0] == ("", False, True)
    assert section.state == "todo" and section.page == "formulaire"


def test_a_document_is_a_line_of_files() -> None:
    (section,) = present(PHASE, {"groupe": True, "nom": "N", "rib": ["f1", "parti"]}, CONTEXT)
    line = section.lines[2]
    assert (line.kind, line.files, line.text) == ("files", (RIB,), "rib.pdf")
    assert section.state == "done"


def test_rows_are_numbered_and_have_conditions_of_their_own() -> None:
    (section,) = present(
        PHASE, {"groupe": False, "depenses": [{"objet": "Vis"}, {"objet": "Autre", "motif": "m"}]}, CONTEXT
    )
    line = section.lines[-1]
    assert (line.kind, [row.title for row in line.rows]) == ("rows", ["Dépense 1", "Dépense 2"])
    assert [[each.path for each in row.lines] for row in line.rows] == [
        ["depenses.1.objet"],
        ["depenses.2.objet", "depenses.2.motif"],
    ]

"""Loading is strict and kind: every problem at once, each with its place and a French sentence."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from formdefs import DefinitionError, DefinitionProblem, canonical, load
from tests.formdefs.material import form, whole


def problems(document: Any) -> tuple[DefinitionProblem, ...]:
    text = document if isinstance(document, str) else json.dumps(document, indent=2, ensure_ascii=False)
    with pytest.raises(DefinitionError) as caught:
        load(text)
    return caught.value.problems


TEXT = {"type": "string"}
YES = {"type": "boolean"}
ROOT = "/phases/0/answers/properties"


def when(rule: Any) -> dict[str, Any]:
    return {"type": "string", "x-field": {"when": rule}}


GROUP = {"type": "array", "items": {"type": "object", "properties": {"d": TEXT}}}
QUESTIONS: list[tuple[str, dict[str, Any], str, str]] = [
    ("a capital in a name", {"Nom": TEXT}, "/Nom", "name"),
    ("an accent in a name", {"prénom": TEXT}, "/prénom", "name"),
    ("a name that begins with _", {"_row": TEXT}, "/_row", "name"),
    ("a reserved name", {"organisation": TEXT}, "/organisation", "name_reserved"),
    ("a name that pages of questions send", {"revision": TEXT}, "/revision", "name_reserved"),
    ("a reserved name that is no root yet", {"phases": TEXT}, "/phases", "name_reserved"),
    ("a question that is no object", {"a": "string"}, "/a", "question_shape"),
    ("an unknown JSON type", {"a": {"type": "text"}}, "/a", "type_not_found"),
    ("no type at all", {"a": {}}, "/a", "type_not_found"),
    ("a number", {"a": {"type": "number"}}, "/a", "type_not_found"),
    ("an object of what", {"a": {"type": "object"}}, "/a", "type_not_found"),
    ("an object of nothing", {"a": {"type": "object", "properties": {}}}, "/a", "no_question"),
    (
        "an object two deep",
        {"a": {"type": "object", "properties": {"b": {"type": "object", "properties": {"c": TEXT}}}}},
        "/a/properties/b",
        "part_type",
    ),
    (
        "a file in an object",
        {"a": {"type": "object", "properties": {"b": {"type": "array", "x-field": {"type": "document"}}}}},
        "/a/properties/b",
        "part_type",
    ),
    (
        "a condition on a part",
        {"a": {"type": "object", "properties": {"b": {**TEXT, "x-field": {"when": True}}}}},
        "/a/properties/b/x-field/when",
        "part_option",
    ),
    (
        "a part of an object that is not there",
        {"a": {"type": "object", "properties": {"b": TEXT}, "required": ["c"]}},
        "/a/required/0",
        "required_unknown",
    ),
    (
        "a keyword of a part",
        {"a": {"type": "object", "properties": {"b": {**TEXT, "minimum": 1}}}},
        "/a/properties/b/minimum",
        "unsupported_keyword",
    ),
    ("a reference", {"a": {"$ref": "https://exemple.fr/x.json"}}, "/a", "type_not_found"),
    ("an unknown format", {"a": {"type": "string", "format": "hostname"}}, "/a", "type_not_found"),
    ("a list of what", {"a": {"type": "array"}}, "/a", "type_not_found"),
    (
        "an unknown field type",
        {"a": {"type": "string", "x-field": {"type": "zut"}}},
        "/a/x-field/type",
        "unknown_type",
    ),
    (
        "a JSON type that is not the field's",
        {"a": {"type": "integer", "x-field": {"type": "siret"}}},
        "/a/type",
        "json_type",
    ),
    ("an unknown keyword", {"a": {"type": "string", "minLenght": 3}}, "/a/minLenght", "unsupported_keyword"),
    (
        "a keyword of another type",
        {"a": {"type": "boolean", "minLength": 3}},
        "/a/minLength",
        "unsupported_keyword",
    ),
    (
        "a keyword not supported",
        {"a": {"type": "string", "not": {"const": "x"}}},
        "/a/not",
        "unsupported_keyword",
    ),
    ("a keyword with a wrong value", {"a": {"type": "string", "minLength": "3"}}, "/a/minLength", "schema"),
    (
        "an unknown option",
        {"a": {"type": "string", "x-field": {"whn": True}}},
        "/a/x-field/whn",
        "unknown_key",
    ),
    (
        "an option of a wrong type",
        {"a": {"type": "string", "x-field": {"required": "yes"}}},
        "/a/x-field/required",
        "type",
    ),
    ("x-field that is no object", {"a": {"type": "string", "x-field": 3}}, "/a/x-field", "type"),
    (
        "a size out of bounds",
        {"a": {"type": "array", "x-field": {"type": "document", "max_mb": 1000}}},
        "/a/x-field/max_mb",
        "maximum",
    ),
    ("choices without any", {"a": {"type": "string", "enum": []}}, "/a", "choice.definition"),
    ("choices that are numbers", {"a": {"type": "string", "enum": [1, 2]}}, "/a", "choice.definition"),
    ("the same choice twice", {"a": {"oneOf": [{"const": "x"}, {"const": "x"}]}}, "/a", "choice.definition"),
    (
        "statuses that are not listed",
        {"a": {"type": "object", "x-field": {"type": "entity_statuses"}}},
        "/a",
        "entity_statuses.definition",
    ),
    (
        "a date that is not in the calendar",
        {"a": {"type": "string", "format": "date", "x-field": {"max": "2026-02-30"}}},
        "/a",
        "date.definition",
    ),
    (
        "a group in a group of a group",
        {
            "a": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "b": {"type": "array", "items": {"type": "object", "properties": {"c": GROUP}}}
                    },
                },
            }
        },
        "/a/items/properties/b/items/properties/c",
        "nested_group",
    ),
    (
        "a group that is computed",
        {"a": {**GROUP, "x-field": {"compute": 1}}},
        "/a/x-field/compute",
        "compute_type",
    ),
    (
        "a computed value that is required",
        {"a": {"type": "integer", "x-field": {"compute": 1, "required": True}}},
        "/a/x-field/compute",
        "compute_asked",
    ),
    (
        "a computed value of another type",
        {"a": {"type": "integer", "x-field": {"compute": "x"}}},
        "/a/x-field/compute",
        "expression.type",
    ),
    (
        "a computed choice that no answer has",
        {"a": {"enum": ["x", "y"], "x-field": {"compute": {"if": [True, "x", "z"]}}}},
        "/a/x-field/compute",
        "expression.value",
    ),
    (
        "values that are computed from each other",
        {
            "a": {"type": "integer", "x-field": {"compute": {"var": "b"}}},
            "b": {"type": "integer", "x-field": {"compute": {"var": "a"}}},
        },
        "/a",
        "cycle",
    ),
    (
        "a value computed from a question that it shows",
        {
            "a": {"type": "integer", "x-field": {"compute": {"var": "b"}}},
            "b": {"type": "integer", "x-field": {"when": {"<": [{"var": "a"}, 3]}}},
        },
        "/a",
        "cycle",
    ),
    (
        "a row that reads the total of its rows",
        {
            "t": {"type": "integer", "x-field": {"compute": {"sum": {"map": [{"var": "g"}, {"var": "n"}]}}}},
            "g": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"n": {"type": "integer", "x-field": {"compute": {"var": "parent.t"}}}},
                },
            },
        },
        "/t",
        "cycle",
    ),
    (
        "values of a row that are computed from each other",
        {
            "g": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "n": {"type": "integer", "x-field": {"compute": {"var": "m"}}},
                        "m": {"type": "integer", "x-field": {"compute": {"var": "row.n"}}},
                    },
                },
            }
        },
        "/g/items/properties/n",
        "cycle",
    ),
    (
        "a check of a row at a question that is not there",
        {
            "a": {
                **GROUP,
                "x-field": {
                    "checks": [{"id": "c", "that": {"!!": {"var": "d"}}, "message": "Non.", "at": "z"}]
                },
            }
        },
        "/a/x-field/checks/0/at",
        "check_unknown",
    ),
    (
        "a check of a row that reads a name that is not there",
        {
            "a": {
                **GROUP,
                "x-field": {
                    "checks": [{"id": "c", "that": {"!!": {"var": "z"}}, "message": "Non.", "at": "d"}]
                },
            }
        },
        "/a/x-field/checks/0/that/!!/0/var",
        "expression.name",
    ),
    (
        "a group without questions",
        {"a": {"type": "array", "items": {"type": "object", "properties": {}}}},
        "/a/items",
        "no_question",
    ),
    (
        "a wrong name in a row",
        {"a": {"type": "array", "items": {"type": "object", "properties": {"B": TEXT}}}},
        "/a/items/properties/B",
        "name",
    ),
    ("a pattern that is none", {"a": {"type": "string", "pattern": "("}}, "/a/pattern", "pattern"),
    ("a pattern that can hang", {"a": {"type": "string", "pattern": "^(a+)+$"}}, "/a/pattern", "pattern"),
    (
        "a pattern of Unicode classes",
        {"a": {"type": "string", "pattern": r"^\p{L}+$"}},
        "/a/pattern",
        "pattern",
    ),
    ("a rule on an unknown name", {"a": when({"var": "zut"})}, "/a/x-field/when/var", "expression.name"),
    ("a rule that is no condition", {"a": when({"+": [1, 2]})}, "/a/x-field/when", "expression.type"),
    ("an unknown operator", {"a": when({"reduce": [1, 2]})}, "/a/x-field/when/reduce", "expression.operator"),
    ("two operators", {"a": when({"==": [1, 2], "!=": [1, 2]})}, "/a/x-field/when", "expression.shape"),
    (
        "a text compared with a number",
        {"b": TEXT, "a": when({"==": [{"var": "b"}, 3]})},
        "/a/x-field/when/==",
        "expression.type",
    ),
    (
        "a choice that does not exist",
        {"b": {"enum": ["x"]}, "a": when({"==": [{"var": "b"}, "y"]})},
        "/a/x-field/when/==",
        "expression.value",
    ),
    (
        "one choice of a list that does not exist",
        {"b": {"enum": ["x"]}, "a": when({"in": [{"var": "b"}, ["x", "y"]]})},
        "/a/x-field/when/in",
        "expression.value",
    ),
    (
        "a date compared with a text",
        {"b": {"type": "string", "format": "date"}, "a": when({"<": [{"var": "b"}, "demain"]})},
        "/a/x-field/when/</1",
        "expression.date",
    ),
    (
        "parent outside of a row",
        {"b": YES, "a": when({"var": "parent.b"})},
        "/a/x-field/when/var",
        "expression.name",
    ),
    (
        "a name of the whole in a row",
        {
            "b": YES,
            "g": {"type": "array", "items": {"type": "object", "properties": {"a": when({"var": "b"})}}},
        },
        "/g/items/properties/a/x-field/when/var",
        "expression.name",
    ),
    (
        "a question that waits for itself",
        {"a": {"type": "boolean", "x-field": {"when": {"var": "a"}}}},
        "/a",
        "cycle",
    ),
    (
        "questions that wait for each other",
        {
            "a": {"type": "boolean", "x-field": {"when": {"var": "b"}}},
            "b": {"type": "boolean", "x-field": {"when": {"var": "a"}}},
        },
        None,
        "cycle",
    ),
]


@pytest.mark.parametrize(
    ("properties", "place", "code"), [case[1:] for case in QUESTIONS], ids=[case[0] for case in QUESTIONS]
)
def test_a_broken_question_is_refused_where_it_is_broken(
    properties: Any, place: str | None, code: str
) -> None:
    found = problems(whole(properties))
    assert code in {problem.code for problem in found}
    if place is not None:
        assert (ROOT + place, code) in {(problem.pointer, problem.code) for problem in found}


def _change(path: str, value: Any) -> dict[str, Any]:
    document = whole({"a": TEXT, "b": YES})
    *way, last = path.strip("/").split("/")
    target: Any = document
    for part in way:
        target = target[int(part)] if isinstance(target, list) else target.setdefault(part, {})
    target[int(last) if isinstance(target, list) else last] = value
    return document


LAYOUT = [{"page": "p", "title": "P", "sections": [{"id": "s", "title": "S", "fields": ["a", "b"]}]}]
CHECK = {"id": "c", "that": True, "message": "Non.", "at": "a"}
STRUCTURE: list[tuple[str, Any, str, str]] = [
    ("/definition", 2, "/definition", "const"),
    ("/id", "Mon Id", "/id", "pattern"),
    ("/title", "", "/title", "minLength"),
    ("/titel", "x", "/titel", "unknown_key"),
    ("/timezone", "Mars/Phobos", "/timezone", "timezone"),
    ("/opening/opens", "demain", "/opening/opens", "pattern"),
    ("/opening/opens", "2026-02-30T00:00", "/opening/opens", "date"),
    ("/opening", {"opens": "2026-02-01T00:00", "closes": "2026-01-01T00:00"}, "/opening/closes", "dates"),
    ("/applicants/kinds", ["robot"], "/applicants/kinds/0", "enum"),
    ("/words/dossier_gender", "n", "/words/dossier_gender", "enum"),
    ("/roles/agent/scope", "organisation.zut", "/roles/agent/scope", "enum"),
    ("/phases", [], "/phases", "minItems"),
    ("/phases/0/then", [], "/phases/0/then", "unknown_key"),
    ("/phases/0/answers", [], "/phases/0/answers", "type"),
    ("/phases/0/answers", {"type": "object", "properties": {}}, "/phases/0/answers", "no_question"),
    ("/phases/0/answers/required", ["zut"], "/phases/0/answers/required/0", "required_unknown"),
    ("/phases/0/answers/patternProperties", {}, "/phases/0/answers/patternProperties", "unsupported_keyword"),
    ("/phases/0/reviews", [], "/phases/0/reviews", "minItems"),
    ("/phases/0/reviews/0/role", "zut", "/phases/0/reviews/0/role", "role_unknown"),
    ("/phases/0/reviews/0/decisions", ["refuse"], "/phases/0/reviews/0/decisions", "no_accept"),
    ("/phases/0/reviews/0/when", {"var": "zut"}, "/phases/0/reviews/0/when/var", "expression.name"),
    ("/phases/0/checks", [{"id": "c"}], "/phases/0/checks/0", "missing_key"),
    ("/phases/0/checks", [{**CHECK, "at": "zut"}], "/phases/0/checks/0/at", "check_unknown"),
    (
        "/phases/0/checks",
        [{**CHECK, "that": {"var": "zut"}}],
        "/phases/0/checks/0/that/var",
        "expression.name",
    ),
    ("/phases/0/checks", [CHECK, CHECK], "/phases/0/checks/1/id", "duplicate_id"),
    ("/phases/0/contacts", ["zut"], "/phases/0/contacts/0", "contact_unknown"),
    (
        "/phases/0/layout",
        [{**LAYOUT[0], "sections": [{"id": "s", "title": "S", "fields": ["a"]}]}],
        "/phases/0/layout",
        "layout_missing",
    ),
    (
        "/phases/0/layout",
        [{**LAYOUT[0], "sections": [{"id": "s", "title": "S", "fields": ["a", "b", "a"]}]}],
        "/phases/0/layout/0/sections/0/fields/2",
        "layout_twice",
    ),
    (
        "/phases/0/layout",
        [{**LAYOUT[0], "sections": [{"id": "s", "title": "S", "fields": ["a", "b", "c"]}]}],
        "/phases/0/layout/0/sections/0/fields/2",
        "layout_unknown",
    ),
    (
        "/phases/0/layout",
        LAYOUT + [{"page": "p", "title": "P", "sections": [{"id": "t", "title": "T", "fields": []}]}],
        "/phases/0/layout/1/page",
        "duplicate_id",
    ),
    (
        "/entry_rules",
        [{"id": "r", "when": {"var": "a"}, "message": "Non."}],
        "/entry_rules/0/when/var",
        "expression.name",
    ),
]


@pytest.mark.parametrize(("path", "value", "pointer", "code"), STRUCTURE)
def test_a_broken_structure_is_refused_where_it_is_broken(
    path: str, value: Any, pointer: str, code: str
) -> None:
    found = problems(_change(path, value))
    assert (pointer, code) in {(problem.pointer, problem.code) for problem in found}


@pytest.mark.parametrize(
    "document", [whole(case[1]) for case in QUESTIONS] + [_change(case[0], case[1]) for case in STRUCTURE]
)
def test_every_problem_has_a_line_and_a_french_sentence(document: Any) -> None:
    for problem in problems(document):
        assert problem.line is not None and problem.line >= 1
        assert re.search(r"[.]$", problem.message), problem.message
        plain = re.sub(r"\{.*\}", "", problem.message)
        assert not re.search(r"« | »| [:;!?](?: |$)|'", plain), plain


def test_every_problem_is_told_at_once() -> None:
    document = whole(
        {"Nom": TEXT, "a": {"type": "string", "x-field": {"type": "zut"}}, "b": when({"var": "c"})}
    )
    document["titel"] = "x"
    document["phases"][0]["reviews"][0]["role"] = "zut"
    codes = {problem.code for problem in problems(document)}
    assert codes >= {"name", "unknown_type", "expression.name", "unknown_key", "role_unknown"}


def test_a_problem_has_the_line_of_its_place() -> None:
    text = (
        '{\n  "properties": {\n    "a": {"type": "string"},\n    "b": {\n      "type": "zut"\n    }\n  }\n}'
    )
    (problem,) = problems(text)
    assert (problem.pointer, problem.line) == ("/properties/b", 4)


def test_a_conditional_question_cannot_be_in_required() -> None:
    document = whole({"a": YES, "b": when({"var": "a"})})
    document["phases"][0]["answers"]["required"] = ["b"]
    assert [problem.code for problem in problems(document)] == ["required_conditional"]


def test_a_question_of_a_conditional_section_cannot_be_in_required() -> None:
    section = {"id": "t", "title": "T", "when": {"var": "b"}, "fields": ["a"]}
    layout = [{"page": "p", "title": "P", "sections": [{"id": "s", "title": "S", "fields": ["b"]}, section]}]
    document = whole({"a": TEXT, "b": YES}, layout=layout)
    document["phases"][0]["answers"]["required"] = ["a"]
    assert [problem.code for problem in problems(document)] == ["required_conditional"]


TEXTS = [
    ("", "json.syntax"),
    ("{", "json.syntax"),
    ('{"a": 1,}', "json.syntax"),
    ("[]", "type"),
    ("3", "type"),
    ('{"a": NaN}', "json.number"),
    ('{"a": Infinity}', "json.number"),
    ('{"a": 1e999}', "json.number"),
    ('{"a": 90071992547409930}', "json.number"),
    ('{"a": 1, "a": 2}', "json.duplicate"),
    ('{"a": "\\ud800"}', "json.surrogate"),
    ("[" * 100_000, "json.deep"),
    ('{"a": "' + "x" * 1_048_577 + '"}', "json.large"),
    ("bonjour", "json.syntax"),
]


@pytest.mark.parametrize(("text", "code"), TEXTS, ids=[text[:20] for text, _ in TEXTS])
def test_a_text_that_two_readers_could_take_differently_is_refused(text: str, code: str) -> None:
    assert [problem.code for problem in problems(text)] == [code]


def test_more_questions_than_a_phase_may_hold_are_refused() -> None:
    found = problems({"properties": {f"q{number}": TEXT for number in range(2001)}})
    assert [problem.code for problem in found] == ["too_many_questions"]


@pytest.mark.parametrize("junk", [None, 0, "x", [], [0], {}, True])
@pytest.mark.parametrize(
    "path",
    [
        "/phases",
        "/phases/0",
        "/roles",
        "/words",
        "/applicants",
        "/opening",
        "/entry_rules",
        "/phases/0/layout",
        "/phases/0/reviews",
        "/phases/0/contacts",
        "/phases/0/answers",
        "/phases/0/answers/properties/a",
        "/phases/0/answers/required",
        "/timezone",
    ],
)
def test_junk_anywhere_is_refused_or_loaded_never_a_crash(path: str, junk: Any) -> None:
    document = _change(path, junk)
    try:
        load(json.dumps(document))
    except DefinitionError as error:
        assert error.problems


def test_a_bare_schema_is_a_demarche_of_one_phase_and_one_review() -> None:
    definition = form({"a": TEXT}, title="Une demande", description="Pour tous.")
    review = definition.first_phase.reviews[0]
    assert (definition.id, definition.title, definition.summary) == ("essai", "Une demande", "Pour tous.")
    assert (review.role, definition.roles["instructeur"].scope) == ("instructeur", None)
    assert definition.applicants.kinds == ("person", "organisation")
    assert (definition.opening.opens, definition.opening.closes) == (None, None)
    assert [section.questions[0].name for section in definition.first_phase.pages[0].sections] == ["a"]


def test_the_canonical_text_is_kept_with_its_hash() -> None:
    one = load('{"properties": {"b": {"type": "string"}, "a": {"type": "string"}}}')
    two = load('{\r\n"properties":{"b":{"type":"string"},"a":{"type":"string"}}}')
    assert one.text == canonical(one.text) == two.text
    assert one.sha256 == two.sha256
    assert one.text.index('"b"') < one.text.index('"a"')
    assert one.text.endswith("}\n") and "é" in canonical('{"a": "\\u00e9"}')


def test_a_limit_ends_when_its_minute_is_over() -> None:
    document = whole({"a": TEXT}, first_deposit_by="2027-01-31T23:59")
    limit = load(json.dumps(document)).first_phase.first_deposit_by
    assert limit is not None
    assert limit.ends().isoformat() == "2027-01-31T23:00:00+00:00"
    assert limit.begins().isoformat() == "2027-01-31T22:59:00+00:00"

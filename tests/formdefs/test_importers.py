"""Schemas written for other renderers become démarches that ask for the same data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from formdefs import Context, Definition, DefinitionError, evaluate, load
from formdefs.importers import Imported, data_of, import_schema, values_of
from formdefs.sample import filled
from tests.formdefs.material import FIXTURES

CONTEXT = Context(today=date(2026, 11, 22))
FORMS = FIXTURES / "01-json-schema-forms"


def made(schema: Any, ui: Mapping[str, Any] | None = None) -> tuple[Imported, Definition]:
    """A schema imported, and loaded as any other definition is."""
    imported = import_schema(schema, ui=ui, id="essai")
    return imported, load(imported.text)


def returned(imported: Imported, definition: Definition, data: Any) -> Any:
    """Some data answered through the form, then given back in its own shape."""
    phase = definition.first_phase
    questions = phase.questions
    values = values_of(imported, phase, data)
    raw = {name: questions[name].type.raw(questions[name], value) for name, value in values.items()}
    return data_of(phase, evaluate(phase, raw, CONTEXT).answers)


def plain(data: Any) -> Any:
    """Data without what says nothing: a form cannot tell an empty text or list from none at all."""
    if isinstance(data, Mapping):
        members = {key: plain(value) for key, value in data.items()}
        return {key: value for key, value in members.items() if value not in (None, "", [], {})}
    return [plain(value) for value in data] if isinstance(data, list) else data


def test_nested_objects_become_sections_and_give_their_shape_back() -> None:
    schema = {
        "type": "object",
        "required": ["address"],
        "properties": {
            "fullName": {"type": "string"},
            "address": {
                "type": "object",
                "title": "Adresse",
                "required": ["zip"],
                "properties": {"zip": {"type": "string"}, "floor": {"type": "number"}},
            },
        },
    }
    imported, definition = made(schema)
    phase = definition.first_phase
    assert list(phase.questions) == ["full_name", "address_zip", "address_floor"]
    assert phase.questions["address_zip"].required
    assert [section.title for section in phase.pages[0].sections] == ["Informations", "Adresse"]
    data = {"fullName": "Ada", "address": {"zip": "35000", "floor": 2.5}}
    assert returned(imported, definition, data) == data


def test_values_that_are_not_texts_are_chosen_by_their_labels_and_kept() -> None:
    schema = {"type": "object", "properties": {"size": {"enum": [1, 2.5, True, None, "x"]}}}
    imported, definition = made(schema)
    assert [choice.label for choice in definition.first_phase.questions["size"].choices] == [
        "1",
        "2.5",
        "Oui",
        "x",
    ]
    for value in (1, 2.5, True, "x"):
        back = returned(imported, definition, {"size": value})
        assert back == {"size": value}
        assert type(back["size"]) is type(value)


def test_then_and_else_become_conditions() -> None:
    schema = {
        "type": "object",
        "properties": {"country": {"enum": ["fr", "ca"]}},
        "if": {"properties": {"country": {"const": "fr"}}, "required": ["country"]},
        "then": {"properties": {"siret": {"type": "string"}}, "required": ["siret"]},
        "else": {"properties": {"bn": {"type": "string"}}},
    }
    _, definition = made(schema)
    phase = definition.first_phase
    french = evaluate(phase, {"country": "fr"}, CONTEXT)
    assert french.visible >= {"siret"}
    assert "bn" not in french.visible
    assert [problem.path for problem in french.problems] == ["siret"]
    assert "bn" in evaluate(phase, {"country": "ca"}, CONTEXT).visible


def test_branches_told_apart_by_a_constant_ask_for_it() -> None:
    schema = {
        "type": "object",
        "oneOf": [
            {"title": "Un chat", "properties": {"kind": {"const": "cat"}, "lives": {"type": "integer"}}},
            {"title": "Un chien", "properties": {"kind": {"const": "dog"}, "tricks": {"type": "string"}}},
        ],
    }
    imported, definition = made(schema)
    assert [choice.label for choice in definition.first_phase.questions["kind"].choices] == [
        "Un chat",
        "Un chien",
    ]
    for data in ({"kind": "cat", "lives": 9}, {"kind": "dog", "tricks": "assis"}):
        assert returned(imported, definition, data) == data


def test_other_branches_are_told_apart_by_a_question_that_the_data_does_not_hold() -> None:
    schema = {
        "type": "object",
        "properties": {"contact": {"oneOf": [{"type": "string"}, {"type": "integer"}]}},
    }
    imported, definition = made(schema)
    assert len(definition.first_phase.questions) == 3
    for data in ({"contact": "ici"}, {"contact": 12}):
        assert returned(imported, definition, data) == data


def test_free_properties_become_rows_of_a_name_and_a_value() -> None:
    schema = {
        "type": "object",
        "properties": {"name": {"type": "string"}},
        "additionalProperties": {"type": "integer"},
    }
    imported, definition = made(schema)
    data = {"name": "x", "a": 1, "b": 2}
    assert returned(imported, definition, data) == data


def test_a_ui_schema_of_rjsf_gives_order_words_and_widgets() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}
    ui = {"ui:order": ["b", "a"], "a": {"ui:widget": "textarea", "ui:title": "Avis", "ui:help": "En bref"}}
    _, definition = made(schema, ui)
    questions = definition.first_phase.questions
    assert list(questions) == ["b", "a"]
    assert (questions["a"].type.slug, questions["a"].title, questions["a"].help) == (
        "long_text",
        "Avis",
        "En bref",
    )


def test_a_ui_schema_of_json_forms_gives_pages_sections_and_rules() -> None:
    schema = {"type": "object", "properties": {"dead": {"type": "boolean"}, "how": {"type": "string"}}}
    ui = {
        "type": "Categorization",
        "elements": [
            {
                "type": "Category",
                "label": "État",
                "elements": [{"type": "Control", "scope": "#/properties/dead", "label": "Mort ?"}],
            },
            {
                "type": "Category",
                "label": "Cause",
                "elements": [
                    {
                        "type": "Group",
                        "label": "Détails",
                        "elements": [
                            {
                                "type": "Control",
                                "scope": "#/properties/how",
                                "rule": {
                                    "effect": "SHOW",
                                    "condition": {"scope": "#/properties/dead", "schema": {"const": True}},
                                },
                            }
                        ],
                    }
                ],
            },
        ],
    }
    _, definition = made(schema, ui)
    phase = definition.first_phase
    assert [(page.title, page.sections[0].title) for page in phase.pages] == [
        ("État", "Informations"),
        ("Cause", "Détails"),
    ]
    assert "how" not in evaluate(phase, {}, CONTEXT).visible
    assert "how" in evaluate(phase, {"dead": "true"}, CONTEXT).visible


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ([], "est un objet"),
        ({"type": "array", "items": {"type": "string"}}, "La racine doit être un objet"),
        ({"type": "object"}, "ne décrit aucune propriété"),
        ({"type": "object", "properties": {"a": {"$ref": "https://exemple.fr/a.json"}}}, "ailleurs"),
        ({"type": "object", "properties": {"a": {"$ref": "#"}}}, "revient sur elle-même"),
        ({"type": "object", "properties": {"a": {"minLength": "x"}}}, "Ce n’est pas un JSON Schema"),
        ({"type": "object", "properties": {"a": {"enum": []}}}, "n’en offre aucun"),
    ],
)
def test_what_cannot_be_a_form_is_refused_with_its_reason(schema: Any, said: str) -> None:
    with pytest.raises(DefinitionError, match=said):
        made(schema)


def test_what_is_not_taken_over_is_listed_with_its_place() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string", "format": "ipv4"}}, "minProperties": 1}
    imported, _ = made(schema)
    assert {(loss.pointer, loss.what) for loss in imported.losses} == {
        ("/a", "« format »"),
        ("", "« minProperties »"),
    }


def foreign() -> Iterator[tuple[str, Any, Any, list[Any]]]:
    """Every form schema of the fixtures: its name, itself, its UI schema and its data."""
    for path in sorted(FORMS.glob("*/*.json")):
        form = json.loads(path.read_text("utf-8"))
        data = [form[key] for key in ("formData", "data", "startval") if form.get(key)]
        yield (
            str(path.relative_to(FORMS)),
            form.get("schema"),
            form.get("uischema") or form.get("uiSchema"),
            data,
        )
    for path in sorted(FORMS.glob("schemastore/*/schema.json")):
        valid = [json.loads(each.read_text("utf-8")) for each in sorted(path.parent.glob("valid/*.json"))]
        yield str(path.relative_to(FORMS)), json.loads(path.read_text("utf-8")), None, valid


def is_legal(schema: Any) -> bool:
    """Whether it is a 2020-12 schema with an object at the root."""
    return (
        isinstance(schema, Mapping)
        and (schema.get("type") == "object" or "properties" in schema)
        and "2020-12" in schema.get("$schema", "2020-12")
        and Draft202012Validator(Draft202012Validator.META_SCHEMA).is_valid(schema)
    )


def round_trips(schema: Any, imported: Imported, definition: Definition, given: list[Any]) -> bool:
    """Whether the valid data of a form comes back as it was; a sample of ours where it has none."""
    validator = Draft202012Validator(schema)
    data = [each for each in given if validator.is_valid(each)]
    if not data:
        sample = filled(definition.first_phase, CONTEXT)
        judged = evaluate(definition.first_phase, sample.raw, sample.context)
        data = [data_of(definition.first_phase, judged.answers)]
        if not validator.is_valid(data[0]):
            return False
    return all(plain(returned(imported, definition, each)) == plain(each) for each in data)


@pytest.mark.skipif(not FORMS.is_dir(), reason="the shared fixtures are not there")
def test_four_in_five_of_real_form_schemas_round_trip_and_the_others_are_refused_with_a_sentence() -> None:
    legal, sound, silent = [], [], []
    for name, schema, ui, data in foreign():
        if is_legal(schema):
            legal.append(name)
        try:
            imported, definition = made(schema, ui)
        except DefinitionError as error:
            silent += [name for problem in error.problems if not problem.message.endswith((".", "?"))]
            continue
        if name in legal and round_trips(schema, imported, definition, data):
            sound.append(name)
    assert not silent
    assert len(legal) >= 100
    assert len(sound) >= 0.8 * len(legal), sorted(set(legal) - set(sound))

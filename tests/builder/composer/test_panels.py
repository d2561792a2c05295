"""The panel of each type is a form of our own language, drawn from the options that the type declares."""

import json

import pytest
from django.http import QueryDict

from builder.acts import Asked, Target, perform
from builder.acts.kinds import startable
from builder.composer.panels import given_by, panel_of
from builder.composer.part_settings import settings_of
from formdefs import library, load
from formdefs.dump import dump

CARE = json.loads(library.text("care-domaine-2"))


@pytest.mark.parametrize("kind", startable())
def test_every_type_has_a_panel_and_none_of_it_is_changed_by_being_sent_back(kind: str) -> None:
    performed = perform(CARE, Asked("add", Target("q", "iban"), {"title": "Essai", "kind": kind}))
    panel = panel_of(performed.document, performed.done.select)
    names = {setting.name for setting in settings_of(performed.document, performed.done.select)}
    assert {"title", "help"} <= names
    body = "".join(group.body for group in panel.groups)
    assert 'name="title"' in body
    data = QueryDict(mutable=True)
    for name, value in json.loads(panel.seen).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    data["shown"], data["seen"] = panel.shown, panel.seen
    given = given_by(performed.document, performed.done.select, data)
    assert not given.errors
    assert not given.values


def test_a_nested_object_is_set_renamed_moved_and_converted_without_losing_its_parts() -> None:
    document = json.loads(json.dumps(CARE))
    phase = document["phases"][0]
    parts = {"nom": {"type": "string", "title": "Nom"}, "ne": {"type": "string", "format": "date"}}
    contact = {"type": "object", "title": "Contact", "properties": parts, "required": ["nom"]}
    phase["answers"]["properties"]["contact"] = contact
    phase["layout"][0]["sections"][0]["fields"].append("contact")
    target = Target("q", "contact")
    panel = panel_of(document, target)
    data = QueryDict(mutable=True)
    for name, value in json.loads(panel.seen).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    data["shown"], data["seen"] = panel.shown, panel.seen
    assert not given_by(document, target, data).values
    values = {("title",): "Personne à joindre", ("required",): True}
    performed = perform(document, Asked("set", target, {"values": values}))
    named, target = performed.document, performed.done.select
    kept = named["phases"][0]["answers"]["properties"][target.id]
    assert (kept["properties"], kept["required"], kept["title"]) == (parts, ["nom"], "Personne à joindre")
    copied = perform(named, Asked("duplicate", target, {}))
    assert load(dump(copied.document)).first_phase.questions[copied.done.select.id].parts
    text = perform(named, Asked("type", target, {"kind": "text"})).document
    assert text["phases"][0]["answers"]["properties"][target.id]["type"] == "string"
    load(dump(text))


def test_the_whole_demarche_its_steps_and_its_roles_have_panels() -> None:
    for target in (Target("d", "demarche"), Target("e", "ars"), Target("r", "ars"), Target("x", "type")):
        assert panel_of(CARE, target).groups


def written(kind: str, typed: dict[str, str], **own: object) -> tuple[dict[str, object], dict[str, str]]:
    """What a new question of a type is given by what one types in its panel, and what is wrong."""
    asked = Asked("add", Target("q", "iban"), {"title": "Essai", "kind": kind})
    document = perform(CARE, asked).document
    question = document["phases"][0]["answers"]["properties"]["essai"]
    question["x-field"] = {**question.get("x-field", {}), "type": kind, **own}
    data = QueryDict(mutable=True)
    data.update({**typed, "shown": " ".join(typed), "seen": "{}"})
    given = given_by(document, Target("q", "essai"), data)
    return {".".join(path): value for path, value in given.values.items()}, dict(given.errors)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("date", "31/01/2027", "2027-01-31"),
        ("date", "Aujourd'hui", "today"),
        ("date_time", "31/01/2027", "2027-01-31"),
        ("period", "aujourd’hui", "today"),
        ("year_month", "03/2027", "2027-03"),
        ("time", "18h30", "18:30"),
    ],
)
def test_the_bounds_of_dates_are_written_in_french(kind: str, typed: str, kept: str) -> None:
    values, errors = written(kind, {"o_min": typed})
    assert not errors
    assert values == {"x-field.min": kept}
    document = perform(CARE, Asked("add", Target("q", "iban"), {"title": "Essai", "kind": kind})).document
    question = document["phases"][0]["answers"]["properties"]["essai"]
    question.setdefault("x-field", {"type": kind})["min"] = kept
    shown = {each.name: each.value for each in settings_of(document, Target("q", "essai"))}["o_min"]
    assert written(kind, {"o_min": shown})[0] == {"x-field.min": kept}


def test_a_bound_that_is_no_date_is_said() -> None:
    assert written("date", {"o_min": "31/02/2027"})[1]["o_min"].endswith("31/01/2027.")


@pytest.mark.parametrize(
    ("kind", "own", "typed", "kept"),
    [
        ("percentage", {}, "50", 50),
        ("percentage", {"places": 1}, "12,5", 125),
        ("decimal", {"places": 2}, "12,5", 1250),
        ("money", {}, "1 500", 150000),
        ("integer", {}, "12", 12),
    ],
)
def test_a_bound_is_written_in_the_unit_that_one_answers_in(
    kind: str, own: dict[str, object], typed: str, kept: int
) -> None:
    assert written(kind, {"k_maximum": typed}, **own) == ({"maximum": kept}, {})

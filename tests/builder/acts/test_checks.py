"""Checks of each row of a repeated group: written, told at a question, followed, kept from being broken."""

from datetime import date
from typing import Any

import pytest

from builder.acts import Asked, Impossible, Target, perform
from builder.acts.breakages import broken_parts
from builder.acts.checks import check_places
from builder.acts.readers import readers_of
from formdefs import Context, dump, evaluate, load
from tests.builder.acts.test_acts import done
from tests.formdefs.material import whole

ENDS_AFTER = {"<=": [{"var": "debut"}, {"var": "fin"}]}
DATE = {"type": "string", "format": "date"}


def document() -> dict[str, Any]:
    """Actions with their dates and, in each, costs of two amounts."""
    costs = {
        "type": "array",
        "title": "Coûts",
        "items": {
            "type": "object",
            "properties": {
                "prevu": {"type": "integer", "title": "Prévu"},
                "reel": {"type": "integer", "title": "Réel"},
            },
        },
    }
    actions = {
        "type": "array",
        "title": "Actions",
        "items": {
            "type": "object",
            "properties": {
                "debut": {**DATE, "title": "Début"},
                "fin": {**DATE, "title": "Fin"},
                "couts": costs,
                "avis": {"title": "À savoir", "x-field": {"type": "title"}},
            },
        },
    }
    properties = {"actions": actions, "limite": {**DATE, "title": "Limite"}}
    section = {"id": "un", "title": "Un", "fields": list(properties)}
    return whole(properties, layout=[{"page": "p", "title": "P", "sections": [section]}])


def checked(rule: Any = ENDS_AFTER) -> Any:
    """The actions, each of whose rows is checked by a rule."""
    new, at = done(document(), "add_row_check", "q/actions", title="La fin suit le début.")
    return done(new, "set", at, values={("that",): rule})[0]


def checks(document: Any) -> Any:
    return document["phases"][0]["answers"]["properties"]["actions"]["x-field"]["checks"]


def test_a_check_of_each_row_is_judged_in_each_row() -> None:
    definition = load(dump(checked()))
    rows = [{"debut": "2027-01-01", "fin": "2027-02-01"}, {"debut": "2027-03-01", "fin": "2027-02-01"}]
    problems = evaluate(definition.first_phase, {"actions": rows}, Context(today=date(2027, 1, 1))).problems
    assert [each.path for each in problems if each.code == "check"] == ["actions.2.fin"]


def test_a_new_rule_is_told_at_the_last_question_it_reads() -> None:
    new, at = done(document(), "add_row_check", "q/actions", title="La fin suit le début.")
    assert at == "g/actions.controle"
    assert checks(new)[0]["at"] == "couts"
    new, _ = done(new, "set", at, values={("that",): {"<": [{"var": "debut"}, {"var": "fin"}]}})
    assert checks(new)[0]["at"] == "fin"
    new, _ = done(new, "set", at, values={("at",): "debut"})
    new, _ = done(new, "set", at, values={("that",): ENDS_AFTER})
    assert checks(new)[0]["at"] == "debut"


def test_a_check_of_the_whole_is_not_one_of_a_row() -> None:
    with pytest.raises(Impossible, match="bloc répétable"):
        perform(document(), Asked("add_row_check", Target("q", "limite"), {"title": "Non."}))


def test_a_check_is_told_at_an_answer_never_at_an_explanation() -> None:
    places = check_places(checked(), Target("g", "actions.controle"))
    assert places == [("debut", "Début"), ("fin", "Fin"), ("couts", "Coûts")]


def test_a_check_of_rows_two_deep_reads_its_own_row() -> None:
    new, at = done(document(), "add_row_check", "q/actions.couts", title="Le réel dépasse le prévu.")
    assert at == "g/actions.couts.controle"
    new, _ = done(new, "set", at, values={("that",): {"<=": [{"var": "reel"}, {"var": "prevu"}]}})
    new, _ = done(new, "retitle", "q/actions.couts.reel", title="Dépensé")
    inner = new["phases"][0]["answers"]["properties"]["actions"]["items"]["properties"]["couts"]
    assert inner["x-field"]["checks"][0]["that"] == {"<=": [{"var": "depense"}, {"var": "prevu"}]}
    assert inner["x-field"]["checks"][0]["at"] == "depense"


def test_a_check_of_rows_follows_a_question_to_its_new_identity() -> None:
    new, _ = done(checked(), "retitle", "q/actions.fin", title="Date de fin")
    assert checks(new)[0]["that"] == {"<=": [{"var": "debut"}, {"var": "date_de_fin"}]}
    assert checks(new)[0]["at"] == "date_de_fin"


def test_a_check_of_rows_follows_what_it_reads_outside_them() -> None:
    new = checked({"<=": [{"var": "fin"}, {"var": "parent.limite"}]})
    new, _ = done(new, "retitle", "q/limite", title="Date limite")
    assert checks(new)[0]["that"] == {"<=": [{"var": "fin"}, {"var": "parent.date_limite"}]}


def test_what_a_check_of_rows_reads_is_read_by_it() -> None:
    definition = load(dump(checked({"<=": [{"var": "fin"}, {"var": "parent.limite"}]})))
    target = Target("g", "actions.controle")
    for name in ("actions.fin", "limite"):
        assert [each.target for each in readers_of(definition, frozenset({name}))] == [target]
    # The whole group goes with its checks.
    assert readers_of(definition, frozenset({"actions"})) == ()


def test_a_problem_of_a_row_is_told_at_its_question_or_its_check() -> None:
    base = "/phases/0/answers/properties/actions"
    found = broken_parts(
        checked(), [f"{base}/x-field/checks/0/that", f"{base}/items/properties/couts/x-field/compute"]
    )
    assert [str(each.target) for each in found] == ["g/actions.controle", "q/actions.couts"]


def test_a_group_that_becomes_a_text_leaves_its_checks() -> None:
    new, _ = done(checked(), "type", "q/actions", kind="text")
    assert "checks" not in new["phases"][0]["answers"]["properties"]["actions"].get("x-field", {})


def test_a_check_of_rows_is_deleted_alone() -> None:
    new, selected = done(checked(), "delete", "g/actions.controle")
    assert "checks" not in new["phases"][0]["answers"]["properties"]["actions"].get("x-field", {})
    assert selected == "d/demarche"

"""Conditions said in French, on the words of a real démarche."""

from typing import Any

import pytest

from formdefs import Titles, library, load, say
from formdefs.expressions import parse, phase_names


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ({"var": "dans_un_groupe"}, "la réponse à « {groupe} » est « Oui »"),
        ({"!": {"var": "dans_un_groupe"}}, "la réponse à « {groupe} » est « Non »"),
        ({"==": [{"var": "role"}, "autre"]}, "« {role} » est « Autre »"),
        ({"!=": [{"var": "role"}, None]}, "« {role} » a une réponse"),
        ({"!!": {"var": "organisation.region"}}, "la région de l’organisme n’est pas vide"),
        (
            {">": [{"count": {"var": "organisation.entities"}}, 0]},
            "le nombre d’entités rattachées est supérieur à 0",
        ),
        (
            {
                "and": [
                    {"var": "dans_un_groupe"},
                    {"or": [{"==": [{"var": "role"}, "dsi"]}, {"var": "dans_un_groupe"}]},
                ]
            },
            "la réponse à « {groupe} » est « Oui » et (« {role} » est"
            " « Direction des systèmes d’information » ou la réponse à « {groupe} » est « Oui »)",
        ),
    ],
)
def test_a_rule_is_said_with_the_titles_and_labels_that_people_see(rule: Any, text: str) -> None:
    questions = load(library.text("care-domaine-2")).first_phase.questions
    titles = {"groupe": questions["dans_un_groupe"].title, "role": questions["role"].title}
    said = say(parse(rule, phase_names(questions.values())), questions).replace("\N{NO-BREAK SPACE}", " ")
    assert said == text.format(**titles).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ({"==": [{"var": "organisation.type"}, "ght"]}, "est « Groupement »"),
        ({"!=": [{"var": "organisation.type"}, "zzz"]}, "n’est pas « zzz »"),
        ({"in": [{"var": "organisation.type"}, ["ght", "zzz"]]}, "est parmi « Groupement » ou « zzz »"),
    ],
)
def test_the_value_of_a_fact_is_said_as_the_portal_names_it(rule: Any, text: str) -> None:
    titles = Titles(facts={"organisation.type": {"ght": "Groupement"}})
    for where in (titles, titles.inside(None)):
        said = say(parse(rule, phase_names(())), where).replace("\N{NO-BREAK SPACE}", " ")
        assert said == f"le type de l’organisme {text}".replace("\N{NO-BREAK SPACE}", " ")

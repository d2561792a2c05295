"""Who may begin a dossier, and what is said to the others."""

from __future__ import annotations

from dataclasses import replace

from formdefs import Context, failed_entry_rules
from tests.formdefs.material import TODAY
from tests.formdefs.test_evaluate import CONTEXT, DEFINITIONS, ORGANISATION

CARE = DEFINITIONS["care-domaine-2"]
BY_TYPE, BY_REGION = (rule.message for rule in CARE.entry_rules)


def test_a_private_entity_with_a_region_may_begin_a_candidature() -> None:
    assert failed_entry_rules(CARE, CONTEXT) == ()


def test_an_organisation_of_another_type_or_without_region_may_not() -> None:
    elsewhere = replace(CONTEXT, organisation={**ORGANISATION, "type": "association"})
    nowhere = replace(CONTEXT, organisation={**ORGANISATION, "region": ""})
    assert failed_entry_rules(CARE, elsewhere) == (BY_TYPE,)
    assert failed_entry_rules(CARE, nowhere) == (BY_REGION,)


def test_what_is_not_known_does_not_let_in() -> None:
    assert failed_entry_rules(CARE, Context(TODAY)) == (BY_TYPE, BY_REGION)


def test_a_demarche_without_rules_lets_everyone_in() -> None:
    assert failed_entry_rules(DEFINITIONS["signalement-voirie"], Context(TODAY)) == ()

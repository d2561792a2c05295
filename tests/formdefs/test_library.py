"""The démarches that ship with the platform are canonical, load, and ask what their guides say."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from formdefs import canonical, compile_process, evaluate, library, load, shown
from formdefs.sample import filled
from tests.formdefs.test_evaluate import CONTEXT, DEFINITIONS, ORGANISATION, SAMPLES

CARE = DEFINITIONS["care-domaine-2"].first_phase


@pytest.mark.parametrize("name", library.names())
def test_a_text_of_the_library_is_canonical(name: str) -> None:
    assert canonical(library.text(name)) == library.text(name)
    assert load(library.text(name)).text == library.text(name)


@pytest.mark.parametrize("name", library.names())
def test_a_filled_form_of_the_library_can_be_deposited(name: str) -> None:
    judgement = evaluate(DEFINITIONS[name].first_phase, SAMPLES[name].raw, SAMPLES[name].context)
    assert judgement.problems == ()
    assert judgement.answered == judgement.required


@pytest.mark.parametrize("name", library.names())
def test_a_text_of_the_library_has_no_date_and_typographic_french(name: str) -> None:
    text = library.text(name)
    opening = json.loads(text).get("opening", {})
    assert not {"opens", "closes"} & opening.keys() and "first_deposit_by" not in text
    assert not re.search(r"« | »|[\w»] [:;!?](?: |\"|$)|\w'\w", text)


def test_the_candidature_asks_29_questions_of_a_private_entity_in_no_group() -> None:
    assert evaluate(CARE, {}, CONTEXT).required == 29
    assert evaluate(CARE, {}, CONTEXT).answered == 0
    assert evaluate(CARE, {"dans_un_groupe": "false"}, CONTEXT).required == 29
    assert evaluate(CARE, {"dans_un_groupe": "true"}, CONTEXT).required == 30


def test_the_candidature_asks_in_the_order_of_the_guide() -> None:
    pages = evaluate(CARE, {}, CONTEXT).pages
    asked = [
        question.path for section in pages[0].sections for question in section.questions if question.required
    ]
    assert [section.id for section in pages[0].sections] == [
        "engagement",
        "dsi",
        "rssi",
        "adresse",
        "groupe",
        "prerequis",
        "banque",
        "signataire",
    ]
    assert asked[:3] == ["engagement", "role", "engagement_contact"]
    assert asked[16:24] == [
        "dans_un_groupe",
        "prerequis_candidat",
        "prerequis_entites",
        "preuves",
        "iban",
        "bic",
        "rib",
        "signataire_civilite",
    ]


def test_a_public_entity_is_not_asked_about_a_group_nor_one_without_entities_about_them() -> None:
    public = replace(CONTEXT, organisation={**ORGANISATION, "type": "ej_publique"})
    alone = replace(CONTEXT, organisation={**ORGANISATION, "entities": ()})
    assert evaluate(CARE, {}, public).required == 28
    assert evaluate(CARE, {}, alone).required == 28


def test_the_candidature_shows_four_facts_and_is_reviewed_by_the_ars_of_the_region() -> None:
    organisation = {
        **ORGANISATION,
        "type_label": "Entité juridique privée",
        "region_label": "Bretagne",
        "finess": "1",
    }
    facts = shown(CARE.pages[0].sections[0], replace(CONTEXT, organisation=organisation))
    assert [value for _, value in facts] == ["Entité juridique privée", "Bretagne", "Clinique", "1"]
    definition = DEFINITIONS["care-domaine-2"]
    assert definition.roles["ars"].scope == "organisation.region"
    assert definition.words.Dossier == "Candidature" and definition.words.the_dossier == "la candidature"
    process = compile_process(definition)
    assert [action.title for action in process.actions(process.initial, "applicant")] == [
        "Transmettre votre candidature"
    ]


def test_a_name_that_is_not_in_the_library_is_unknown() -> None:
    with pytest.raises(KeyError):
        library.text("../errors")


def test_a_sample_knows_the_files_that_it_names() -> None:
    ready = filled(CARE, CONTEXT)
    assert set(ready.raw["preuves"]) <= set(ready.context.files)

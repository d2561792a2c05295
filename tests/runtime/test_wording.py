"""A person's dossier is called by the démarche's word, and everything agrees with it."""

import pytest

from runtime.dossiers import wording
from runtime.dossiers.contexts import dossier_card
from runtime.dossiers.models import Dossier
from runtime.dossiers.services import create_dossier
from tests.fixtures import House, begin, complete, deposited, make_procedure


def test_a_state_agrees_with_the_word_of_the_demarche(house: House) -> None:
    candidature = deposited(house)
    plain = make_procedure(house.portal, house.administrator, "signalement-voirie")
    dossier = create_dossier(procedure=plain, by=house.applicant, organisation=None)
    for each in (candidature, dossier):
        each.status = Dossier.Status.ACCEPTED
    assert wording.status_label(candidature) == "Acceptée"
    assert wording.status_label(dossier) == "Accepté"
    assert wording.headline(candidature) == "Votre candidature est acceptée"
    assert wording.headline(dossier) == "Votre dossier est accepté"


@pytest.mark.parametrize("status", Dossier.Status.values)
def test_every_state_has_its_words(house: House, status: str) -> None:
    dossier = deposited(house)
    dossier.status = status
    for said in (wording.status_label(dossier), wording.headline(dossier)):
        assert said
        assert "{" not in said


def test_a_draft_with_all_its_answers_leads_to_the_recap(house: House) -> None:
    dossier = begin(house)
    action = dossier_card(dossier).next_action
    assert action
    assert (action.label, action.url.split("/")[3]) == ("Continuer", "formulaire")
    action = dossier_card(complete(house, dossier)).next_action
    assert action
    assert action.url == f"/mes-dossiers/{dossier.reference}/recapitulatif/"

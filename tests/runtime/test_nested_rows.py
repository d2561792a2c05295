"""Rows in rows: kept, merged, corrected and dropped leaf by leaf; steps of the review that are skipped."""

from runtime.dossiers.merging import flatten, merge, unflatten
from runtime.dossiers.models import Dossier
from runtime.dossiers.services import create_dossier, save_answers, settle_conflict, submit_dossier
from tests.fixtures import House, make_procedure
from tests.formdefs.test_rules import DEFINITION

SHOWN = {
    "lots#": ["r1", "r2"],
    "lots.r1.detaille": "true",
    "lots.r1.depenses#": ["d1", "d2"],
    "lots.r1.depenses.d1.quantite": "1",
    "lots.r1.depenses.d1.prix": "10",
    "lots.r1.depenses.d2.quantite": "2",
    "lots.r1.depenses.d2.prix": "20",
    "lots.r2.detaille": "false",
    "plafond": "9999",
}


def begun(house: House) -> Dossier:
    procedure = make_procedure(house.portal, house.administrator, "essai", text=DEFINITION.text)
    dossier = create_dossier(procedure=procedure, by=house.applicant, organisation=None)
    return save_answers(reference=dossier.reference, by=house.applicant, given=SHOWN, revision=0).dossier


def test_rows_in_rows_are_the_same_flat_and_whole() -> None:
    assert flatten(unflatten(SHOWN)) == SHOWN


def test_a_row_that_goes_takes_its_inner_rows_with_it_and_they_are_remembered() -> None:
    merged = merge(SHOWN, {}, {"lots#": ["r2"]})
    assert set(merged.flat) == {"lots#", "lots.r2.detaille", "plafond"}
    assert merged.before["lots.r1.depenses.d2.prix"] == "20"
    assert merged.before["lots.r1.depenses#"] == ["d1", "d2"]


def test_two_windows_in_the_same_inner_row_are_merged_leaf_by_leaf(house: House) -> None:
    dossier = begun(house)
    given = {"lots.r1.depenses.d1.quantite": "5", "lots.r1.depenses.d2.prix": "21"}
    save_answers(reference=dossier.reference, by=house.applicant, given=given, revision=dossier.revision)
    late = {"lots.r1.depenses.d1.quantite": "7", "lots.r1.depenses.d1.prix": "11"}
    draft = save_answers(
        reference=dossier.reference, by=house.applicant, given=late, revision=dossier.revision
    )
    first, second = draft.dossier.raw["lots"][0]["depenses"]
    assert (first["quantite"], first["prix"], second["prix"]) == ("5", "11", "21")
    assert set(draft.dossier.conflicts) == {"lots.r1.depenses.d1.quantite"}
    settled = settle_conflict(
        reference=dossier.reference, by=house.applicant, path="lots.r1.depenses.d1.quantite", adopt=True
    )
    assert settled.dossier.answers["total"] == 7 * 1_100 + 2 * 2_100
    assert settled.dossier.conflicts == {}


def test_the_deposit_keeps_what_is_computed_and_drops_the_inner_rows_that_were_hidden(house: House) -> None:
    dossier = begun(house)
    hidden = {"lots.r1.detaille": "false"}
    save_answers(reference=dossier.reference, by=house.applicant, given=hidden, revision=dossier.revision)
    dossier = submit_dossier(reference=dossier.reference, by=house.applicant)
    deposit = dossier.deposits.get()
    assert deposit.answers["lots"] == [{"detaille": False}, {"detaille": False}]
    assert "depenses" not in dossier.raw["lots"][0]


def test_a_deposit_goes_to_the_first_step_whose_condition_holds(house: House) -> None:
    dossier = begun(house)
    assert dossier.answers["total"] == 5_000 and dossier.answers["gros"] is False
    dossier = submit_dossier(reference=dossier.reference, by=house.applicant)
    assert (dossier.status, dossier.step) == ("submitted", "b")

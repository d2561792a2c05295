"""What is typed is kept, merged, judged and journalled."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from formdefs import Refused
from runtime.dossiers.journal import chain_is_whole, next_event
from runtime.dossiers.models import Dossier, Event
from runtime.dossiers.services import (
    SAVED,
    Incomplete,
    create_dossier,
    save_answers,
    settle_conflict,
    submit_dossier,
)
from runtime.dossiers.windows import NOWHERE, Window
from runtime.procedures.services import change_opening
from tenants.portals.current import portal_context
from tenants.statements import Writing
from tests.fixtures import House, begin, complete, deposited, make_procedure


def save(
    house: House, dossier: Dossier, revision: int | None = None, window: Window = NOWHERE, **given: object
):
    return save_answers(
        reference=dossier.reference,
        by=house.applicant,
        given=given,
        revision=dossier.revision if revision is None else revision,
        window=window,
    )


def test_what_is_invalid_is_kept_as_typed_but_is_no_answer(house: House) -> None:
    draft = save(house, begin(house), iban="FR00 0000", dsi_nom="Benali")
    dossier = Dossier.objects.get(pk=draft.dossier.pk)
    assert dossier.raw["iban"] == "FR00 0000"
    assert "iban" not in dossier.answers
    assert dossier.answers["dsi_nom"] == "Benali"
    assert [p.path for p in draft.judgement.format_problems] == ["iban"]


def test_a_new_dossier_begins_at_none_of_29(house: House) -> None:
    dossier = begin(house)
    assert (dossier.answered, dossier.required) == (0, 29)


def test_two_windows_that_change_different_answers_are_merged(house: House) -> None:
    dossier = begin(house)
    save(house, dossier, 0, dsi_nom="Benali", dsi_prenom="")
    draft = save(house, dossier, 0, dsi_nom="", dsi_prenom="Nadia")
    assert draft.dossier.raw["dsi_nom"] == "Benali"
    assert draft.dossier.raw["dsi_prenom"] == "Nadia"
    assert not draft.conflicts


def test_the_same_answer_changed_in_two_windows_keeps_both_until_one_chooses(house: House) -> None:
    dossier = begin(house)
    save(house, dossier, 0, dsi_nom="Benali")
    draft = save(house, dossier, 0, dsi_nom="Durand")
    assert draft.conflicts == ("dsi_nom",)
    assert draft.dossier.raw["dsi_nom"] == "Benali"
    assert draft.dossier.conflicts["dsi_nom"]["value"] == "Durand"
    draft = settle_conflict(reference=dossier.reference, by=house.applicant, path="dsi_nom", adopt=True)
    assert draft.dossier.raw["dsi_nom"] == "Durand"
    assert draft.dossier.conflicts == {}


def test_a_page_does_not_contradict_itself_when_an_answer_to_it_is_late_or_lost(house: House) -> None:
    dossier = begin(house)
    save(house, dossier, 0, Window("mine", 1), dsi_nom="Ben", dsi_prenom="Nadia")
    draft = save(house, dossier, 0, Window("mine", 2), dsi_nom="Benali", dsi_prenom="Nadia")
    assert (draft.dossier.raw["dsi_nom"], draft.conflicts) == ("Benali", ())
    draft = save(house, dossier, 0, Window("other"), dsi_nom="Durand")
    assert (draft.dossier.raw["dsi_nom"], draft.conflicts) == ("Benali", ("dsi_nom",))


def test_what_a_page_sent_earlier_and_arrives_later_overwrites_nothing(house: House) -> None:
    dossier = begin(house)
    save(house, dossier, 0, Window("mine", 2), dsi_nom="Benali")
    late = save(house, dossier, 0, Window("mine", 1), dsi_nom="Ben", dsi_prenom="Nadia")
    assert (late.dossier.raw["dsi_nom"], late.dossier.raw["dsi_prenom"]) == ("Benali", "Nadia")
    assert not late.conflicts


def test_a_page_that_wrote_before_another_still_conflicts_with_it(house: House) -> None:
    dossier = begin(house)
    first = save(house, dossier, 0, Window("mine", 1), dsi_nom="Ben").dossier
    save(house, dossier, first.revision, Window("other", 1), dsi_nom="Durand")
    kept = save(house, dossier, 0, Window("mine", 2), dsi_nom="Ben")
    assert (kept.dossier.raw["dsi_nom"], kept.conflicts) == ("Durand", ())
    draft = save(house, dossier, 0, Window("mine", 3), dsi_nom="Benali")
    assert (draft.dossier.raw["dsi_nom"], draft.conflicts) == ("Durand", ("dsi_nom",))


def test_a_save_that_changes_nothing_writes_nothing(house: House) -> None:
    dossier = begin(house)
    save(house, dossier, dsi_nom="Benali")
    before = Event.objects.count()
    dossier.refresh_from_db()
    save(house, dossier, dsi_nom="Benali")
    assert Event.objects.count() == before


def test_the_journal_is_chained_and_a_changed_event_shows(house: House) -> None:
    dossier = deposited(house)
    assert chain_is_whole(dossier)
    dossier.last_event = "0" * 64
    assert not chain_is_whole(dossier)


def test_what_is_changed_is_judged_whatever_had_been_accepted(house: House) -> None:
    dossier = begin(house)
    save(house, dossier, iban="FR7630006000011234567890189", dsi_nom="Benali")
    dossier.refresh_from_db()
    assert dossier.answers["iban"] and dossier.answers["dsi_nom"]
    draft = save(house, dossier, iban="FR00 0000", dsi_nom="")
    assert [p.path for p in draft.judgement.format_problems] == ["iban"]
    assert not draft.dossier.answers.keys() & {"iban", "dsi_nom"}


def test_a_deposit_trusts_nothing_that_had_been_accepted(house: House) -> None:
    dossier = complete(house, begin(house))
    Dossier.objects.filter(pk=dossier.pk).update(raw=dossier.raw | {"dsi_email": "faux"})
    with pytest.raises(Incomplete) as refused:
        submit_dossier(reference=dossier.reference, by=house.applicant)
    assert [problem.path for problem in refused.value.problems] == ["dsi_email"]


def test_what_a_save_wrote_is_what_it_gave(house: House) -> None:
    given = save(house, begin(house), dsi_nom="Benali").dossier
    written = Dossier.objects.get(pk=given.pk)
    assert {name: getattr(written, name) for name in SAVED} == {name: getattr(given, name) for name in SAVED}
    event = written.events.get(number=written.events_count)
    assert (event.kind, event.actor, event.at) == ("answers_saved", house.applicant, given.arrived_at)
    assert event.before and event.before["values"] == {"dsi_nom": None}


def test_another_portal_s_dossier_cannot_be_written(house: House, elsewhere: House) -> None:
    dossier = begin(house)
    event = next_event(dossier, "answers_saved", at=timezone.now(), by=house.applicant)
    with portal_context(elsewhere.portal.pk), pytest.raises(DatabaseError), transaction.atomic():
        Writing(Event, Dossier, ("revision",)).write(event, dossier)
    assert not Event.objects.filter(number=event.number, dossier=dossier).exists()


def test_a_dossier_that_is_no_more_cannot_be_written(house: House) -> None:
    dossier = begin(house)
    event = next_event(dossier, "answers_saved", at=timezone.now(), by=house.applicant)
    dossier.pk = 0
    with pytest.raises(DatabaseError, match="was not changed"), transaction.atomic():
        Writing(Event, Dossier, ("revision",)).write(event, dossier)


def test_values_may_be_erased_from_the_journal_without_breaking_its_chain(house: House) -> None:
    dossier = deposited(house)
    assert Event.objects.filter(dossier=dossier).update(before=None)
    dossier.refresh_from_db()
    assert chain_is_whole(dossier)


def test_an_incomplete_dossier_is_not_transmitted(house: House) -> None:
    dossier = begin(house)
    with pytest.raises(Incomplete) as refusal:
        submit_dossier(reference=dossier.reference, by=house.applicant)
    assert len(refusal.value.problems) == 29
    dossier.refresh_from_db()
    assert dossier.status == "draft"
    assert dossier.deposits_count == 0


def test_a_deposit_freezes_the_answers_and_drops_what_was_hidden(house: House) -> None:
    dossier = complete(house, begin(house))
    save(house, dossier, dans_un_groupe="true", nom_groupe="Groupe A")
    dossier.refresh_from_db()
    save(house, dossier, dans_un_groupe="false")
    submit_dossier(reference=dossier.reference, by=house.applicant)
    dossier.refresh_from_db()
    assert "nom_groupe" not in dossier.raw
    assert dossier.deposits.get().answers == dossier.answers
    assert dossier.answered == dossier.required == 29


def test_a_transmitted_dossier_is_no_longer_changed(house: House) -> None:
    dossier = deposited(house)
    with pytest.raises(Refused):
        save(house, dossier, dsi_nom="Autre")


def test_a_draft_can_be_neither_changed_nor_sent_after_the_first_deposit_limit(house: House) -> None:
    dossier = complete(house, begin(house))
    change_opening(
        procedure=house.care, by=house.administrator, reason="essai", first_deposit_by=timezone.now()
    )
    with pytest.raises(Refused, match="date limite de dépôt"):
        save(house, dossier, dsi_nom="Autre")
    with pytest.raises(Refused, match="date limite de dépôt"):
        submit_dossier(reference=dossier.reference, by=house.applicant)


def test_somebody_else_cannot_save(house: House) -> None:
    dossier = begin(house)
    for person in (house.colleague, house.stranger, house.verifier, house.administrator):
        with pytest.raises(Dossier.DoesNotExist):
            save_answers(reference=dossier.reference, by=person, given={"dsi_nom": "X"}, revision=0)


def test_what_the_account_already_says_is_prefilled(house: House) -> None:
    procedure = make_procedure(house.portal, house.administrator, "bourse-departementale")
    dossier = create_dossier(procedure=procedure, by=house.applicant, organisation=None)
    assert dossier.raw["prenom"] == house.applicant.first_name
    assert dossier.answers["nom"] == house.applicant.last_name

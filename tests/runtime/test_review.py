"""Reviewers see what is theirs, ask, accept and refuse."""

from datetime import timedelta

import pytest
from django.utils import timezone

from formdefs import Refused
from runtime.dossiers.models import Dossier
from runtime.dossiers.services import save_answers, submit_dossier
from runtime.outbox.models import OutboxEntry
from runtime.procedures.services import change_opening
from runtime.review.selectors import InboxQuery, Neighbours, dossiers_to_review, neighbours_of
from runtime.review.services import decide
from tenants.accounts.models import User
from tests.fixtures import House, begin, complete, deposited


def act(house: House, dossier: Dossier, action: str, by: User | None = None, **given: object) -> Dossier:
    dossier.refresh_from_db()
    return decide(
        reference=dossier.reference,
        by=by or house.verifier,
        action=action,
        given=given,
        seen=dossier.deposits_count,
    )


def ask_for_changes(house: House, dossier: Dossier) -> None:
    act(house, dossier, "begin")
    act(
        house,
        dossier,
        "request_changes",
        message="Le RIB est illisible.",
        due=timezone.now() + timedelta(days=15),
    )
    dossier.refresh_from_db()


def test_a_draft_is_in_no_inbox(house: House) -> None:
    begin(house)
    assert not dossiers_to_review(house.verifier, InboxQuery()).exists()


def test_only_the_region_s_verifier_has_the_dossier(house: House) -> None:
    dossier = deposited(house)
    assert list(dossiers_to_review(house.verifier, InboxQuery())) == [dossier]
    assert not dossiers_to_review(house.wrong_verifier, InboxQuery()).exists()
    with pytest.raises(Dossier.DoesNotExist):
        act(house, dossier, "begin", by=house.wrong_verifier)


def test_the_inbox_is_searched_without_accents_and_by_number(house: House) -> None:
    dossier = deposited(house)
    mail = house.applicant.email
    for text in (
        "trois rivieres",
        "CLINIQUE",
        dossier.reference.lower(),
        "990001232",
        mail,
        f" {mail.upper()} ",
    ):
        assert dossiers_to_review(house.verifier, InboxQuery(text=text)).exists(), text
    assert not dossiers_to_review(house.verifier, InboxQuery(text="combe")).exists()


def test_a_dossier_knows_its_neighbours_in_the_list_it_was_chosen_from(house: House) -> None:
    first, second, third = (deposited(house) for _n in range(3))
    act(house, second, "begin")
    asked = InboxQuery()
    assert neighbours_of(second, house.verifier, asked) == Neighbours(first.reference, third.reference, 2, 3)
    newest = InboxQuery(sort="newest")
    assert neighbours_of(first, house.verifier, newest) == Neighbours(second.reference, "", 3, 3)
    waiting = InboxQuery(status="submitted")
    assert neighbours_of(first, house.verifier, waiting) == Neighbours("", third.reference, 1, 2)
    assert neighbours_of(third, house.verifier, waiting) == Neighbours(first.reference, "", 2, 2)
    assert neighbours_of(second, house.verifier, InboxQuery(text="combe")) is None
    assert neighbours_of(first, house.wrong_verifier, asked) is None


def test_one_goes_on_to_the_next_dossier_after_a_decision(house: House) -> None:
    first, second, third = (deposited(house) for _n in range(3))
    act(house, second, "begin")
    waiting = InboxQuery(status="submitted")
    expected = Neighbours(first.reference, third.reference, 2, 3)
    assert neighbours_of(second, house.verifier, waiting) == expected


def test_the_way_back_leads_to_the_page_of_the_list_that_holds_the_dossier(house: House) -> None:
    assert [Neighbours("", "", place, 300).page for place in (1, 30, 31, 94)] == [1, 1, 2, 4]
    assert InboxQuery(status="submitted").at(4) == "?status=submitted&page=4"


def test_a_name_is_found_whichever_way_its_ligature_is_written(house: House) -> None:
    house.applicant.last_name = "Œuvrard"
    house.applicant.save()
    deposited(house)
    for text in ("oeuvrard", "Œuvrard", "OEUVRARD"):
        assert dossiers_to_review(house.verifier, InboxQuery(text=text)).exists(), text


def test_what_was_written_for_a_decision_come_too_late_is_shown(house: House) -> None:
    dossier = deposited(house)
    act(house, dossier, "begin")
    act(house, dossier, "accept")
    sent = {"action": "refuse", "reason": "Le devis de l’an dernier.", "seen": 1}
    answer = house.client(house.verifier).post(f"/instruction/{dossier.reference}/", sent)
    assert answer.status_code == 422
    assert "Le devis de l’an dernier." in answer.content.decode()


@pytest.mark.parametrize("meanwhile", [(), ("accept",)], ids=["open", "decided meanwhile"])
def test_what_was_written_after_the_session_ended_comes_back_and_decides_nothing(
    house: House, meanwhile: tuple[str, ...]
) -> None:
    dossier = deposited(house)
    act(house, dossier, "begin")
    client, address = house.client(), f"/instruction/{dossier.reference}/?status=submitted"
    answer = client.post(address, {"action": "refuse", "reason": "Hors périmètre, page 12.", "seen": 1})
    assert answer.status_code == 302 and answer["Location"].startswith("/compte/connexion/?next=")
    for action in meanwhile:
        act(house, dossier, action)
    client.force_login(house.verifier, backend="django.contrib.auth.backends.ModelBackend")
    html = client.get(address).content.decode()
    assert "Hors périmètre, page 12." in html and "Vous êtes de nouveau connecté" in html
    assert ("Cette décision n’est plus possible" in html) == bool(meanwhile)
    assert not dossier.events.filter(kind="refuse").exists()
    assert "Hors périmètre, page 12." not in client.get(address).content.decode()


def test_a_reviewer_reads_what_is_asked_as_asked_of_the_applicant(house: House) -> None:
    dossier = deposited(house)
    ask_for_changes(house, dossier)
    html = house.client(house.verifier).get(f"/instruction/{dossier.reference}/").content.decode()
    assert "Une modification est demandée" in html and "Réponse attendue avant le" in html
    assert "vous est demandée" not in html and "Transmettez de nouveau" not in html


def test_each_sorted_column_is_sorted_both_ways(house: House) -> None:
    deposited(house)
    client = house.client(house.verifier)
    for first, second, said in (
        ("applicant", "applicant_last", "descending"),
        ("oldest", "newest", "descending"),
        ("applicant_last", "applicant", "ascending"),
    ):
        assert f"sort={second}" in client.get(f"/instruction/?sort={first}").content.decode()
        assert f'aria-sort="{said}"' in client.get(f"/instruction/?sort={second}").content.decode()


def test_another_state_is_listed_in_the_same_order(house: House) -> None:
    deposited(house)
    html = house.client(house.verifier).get("/instruction/?sort=newest").content.decode()
    assert '?status=submitted&amp;sort=newest"' in html


def test_the_list_is_remembered_through_a_decision(house: House) -> None:
    dossier = deposited(house)
    address = f"/instruction/{dossier.reference}/?status=submitted&q=clinique"
    client = house.client(house.verifier)
    assert 'href="/instruction/?status=submitted&amp;q=clinique"' in client.get(address).content.decode()
    answer = client.post(address, {"action": "begin", "seen": 1})
    assert answer["Location"] == address


def test_a_search_of_many_words_asks_for_each_once(house: House) -> None:
    """The statement grows with the words, not with their powers."""
    words = " ".join("abcdefghijklmnopqrst")
    statement = str(dossiers_to_review(house.verifier, InboxQuery(text=words)).query)
    assert statement.count('UPPER("runtime_dossier"."reference"') == len(words.split())


def test_a_correction_has_its_own_date_after_the_first_deposit_limit(house: House) -> None:
    dossier = deposited(house)
    ask_for_changes(house, dossier)
    change_opening(
        procedure=house.care, by=house.administrator, reason="clos", first_deposit_by=timezone.now()
    )
    save_answers(
        reference=dossier.reference,
        by=house.applicant,
        given={"dsi_nom": "Corrigé"},
        revision=dossier.revision,
    )
    submit_dossier(reference=dossier.reference, by=house.applicant)
    dossier.refresh_from_db()
    assert dossier.status == "submitted"
    assert [d.answers["dsi_nom"] for d in dossier.deposits.all()] == ["Benali", "Corrigé"]
    assert not dossier.corrections.filter(answered_at=None).exists()


def test_a_correction_that_is_past_its_date_is_refused(house: House) -> None:
    dossier = deposited(house)
    ask_for_changes(house, dossier)
    dossier.corrections.update(due_at=timezone.now())
    with pytest.raises(Refused, match="date limite de réponse"):
        submit_dossier(reference=dossier.reference, by=house.applicant)


def test_a_refused_dossier_cannot_be_edited(house: House) -> None:
    dossier = deposited(house)
    act(house, dossier, "begin")
    act(house, dossier, "refuse", reason="Hors périmètre.")
    dossier.refresh_from_db()
    assert dossier.status == "refused"
    with pytest.raises(Refused):
        save_answers(reference=dossier.reference, by=house.applicant, given={"dsi_nom": "X"}, revision=99)
    with pytest.raises(Refused):
        act(house, dossier, "accept")


def test_a_refusal_without_its_reason_is_refused(house: House) -> None:
    dossier = deposited(house)
    act(house, dossier, "begin")
    with pytest.raises(Refused, match="motif"):
        act(house, dossier, "refuse", reason=" ")


def test_what_a_decision_lacks_is_a_link_to_its_field(house: House) -> None:
    dossier = deposited(house)
    act(house, dossier, "begin")
    answer = house.client(house.verifier).post(
        f"/instruction/{dossier.reference}/", {"action": "refuse", "reason": "", "seen": 1}
    )
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'href="#reason-refuse"' in html
    assert 'id="reason-refuse"' in html


@pytest.mark.parametrize("due", ["31/12/9999", "01/01/0001", "31/02/2027", "²²/01/2027", "x" * 10_000])
def test_a_date_that_cannot_be_kept_is_said_beside_its_field(house: House, due: str) -> None:
    dossier = deposited(house)
    act(house, dossier, "begin")
    sent = {"action": "request_changes", "message": "Le RIB.", "due": due, "seen": 1}
    answer = house.client(house.verifier).post(f"/instruction/{dossier.reference}/", sent)
    assert answer.status_code == 422
    assert 'href="#due-request_changes"' in answer.content.decode()


def test_a_decision_sent_twice_is_taken_once_and_no_error(house: House) -> None:
    dossier = deposited(house)
    act(house, dossier, "begin")
    client, address = house.client(house.verifier), f"/instruction/{dossier.reference}/"
    sent = {"action": "refuse", "reason": "Hors périmètre.\r\nVoir l’appel.", "seen": 1}
    for _twice in range(2):
        assert client.post(address, sent)["Location"] == address
    assert dossier.events.filter(kind="refuse").count() == 1
    assert client.post(address, {**sent, "reason": "Autre motif."}).status_code == 422


def test_a_deposit_sent_twice_is_made_once_and_no_error(house: House) -> None:
    dossier = complete(house, begin(house))
    client, address = house.client(house.applicant), f"/mes-dossiers/{dossier.reference}/"
    for _twice in range(2):
        assert client.post(f"{address}recapitulatif/")["Location"] == f"{address}transmis/"
    assert dossier.deposits.count() == 1
    assert "ne peut plus" not in client.get(f"{address}transmis/").content.decode()


def test_one_does_not_decide_on_a_deposit_one_has_not_read(house: House) -> None:
    dossier = deposited(house)
    with pytest.raises(Refused, match="transmis de nouveau"):
        decide(reference=dossier.reference, by=house.verifier, action="begin", given={}, seen=0)


def test_an_effect_is_owed_in_the_transaction_that_decides(house: House) -> None:
    dossier = deposited(house)
    letters = set(OutboxEntry.objects.values_list("params__letter", flat=True))
    assert letters == {"receipt", "submitted_to_reviewers"}
    act(house, dossier, "begin")
    act(house, dossier, "accept")
    assert OutboxEntry.objects.filter(params__letter="accepted").count() == 1
    assert all(set(e.params) == {"letter", "dossier", "event"} for e in OutboxEntry.objects.all())

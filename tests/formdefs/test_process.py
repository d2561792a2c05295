"""The process: who may do what, what must be given, and what follows."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from formdefs import Refused, State, apply, compile_process, load
from tests.formdefs.material import whole

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
REVIEWS = [
    {"id": "ars", "role": "agent", "decisions": ["accept", "request_changes", "refuse"]},
    {"id": "ans", "role": "chef", "decisions": ["accept", "dismiss"]},
]


def process_of(reviews: list[dict[str, Any]]) -> Any:
    document = whole({"a": {"type": "string"}}, reviews=reviews)
    document["roles"]["chef"] = {"title": "Chef"}
    return compile_process(load(json.dumps(document)))


ONE, TWO = process_of(REVIEWS[:1]), process_of(REVIEWS)
DRAFT, SUBMITTED = State("demande", "draft"), State("demande", "submitted", "ars")
UNDER_REVIEW, WAITING = State("demande", "under_review", "ars"), State("demande", "changes_requested", "ars")


def act(process: Any, state: State, action: str, role: str = "agent", **given: Any) -> Any:
    return apply(process, state, action, role=role, given=given, now=NOW)


def kinds(outcome: Any) -> list[str]:
    return [
        effect.params.get("kind", effect.kind) if effect.kind == "notify" else effect.kind
        for effect in outcome.effects
    ]


def test_a_deposit_freezes_opens_to_the_reviewers_and_is_acknowledged() -> None:
    outcome = act(ONE, DRAFT, "submit", "applicant")
    assert outcome.state == SUBMITTED
    assert kinds(outcome) == ["freeze", "open_to", "submitted_to_reviewers", "receipt"]


def test_a_dossier_is_taken_in_charge_before_it_is_decided() -> None:
    assert [action.id for action in ONE.actions(SUBMITTED, "agent")] == ["begin"]
    assert act(ONE, SUBMITTED, "begin").state == UNDER_REVIEW
    assert [action.id for action in ONE.actions(UNDER_REVIEW, "agent")] == [
        "accept",
        "request_changes",
        "refuse",
    ]


def test_only_the_role_of_the_step_may_decide() -> None:
    assert (
        TWO.actions(UNDER_REVIEW, "chef")
        == ()
        == TWO.actions(UNDER_REVIEW, None)
        == TWO.actions(UNDER_REVIEW, "applicant")
    )
    with pytest.raises(Refused) as caught:
        act(TWO, UNDER_REVIEW, "accept", "chef")
    assert caught.value.code == "role"


def test_accepting_leads_to_the_next_review_and_the_last_one_ends() -> None:
    after = act(TWO, UNDER_REVIEW, "accept")
    assert after.state == State("demande", "submitted", "ans")
    assert after.effects[0].params == {"role": "chef", "step": "ans"}
    last = act(TWO, State("demande", "under_review", "ans"), "accept", "chef")
    assert (last.state.status, kinds(last)) == ("accepted", ["accepted"])


@pytest.mark.parametrize(
    ("action", "given", "missing"),
    [
        ("refuse", {}, "reason"),
        ("refuse", {"reason": "  "}, "reason"),
        ("request_changes", {"due": date(2026, 12, 1)}, "message"),
        ("request_changes", {"message": "x"}, "due"),
        ("request_changes", {"message": "x", "due": date(2026, 11, 22)}, "due"),
        ("request_changes", {"message": "x", "due": NOW}, "due"),
        ("request_changes", {"message": "x", "due": "demain"}, "due"),
        ("request_changes", {"message": "x", "due": datetime(2027, 1, 1)}, "due"),
    ],
)
def test_a_decision_without_what_it_needs_is_refused(action: str, given: Any, missing: str) -> None:
    with pytest.raises(Refused) as caught:
        act(ONE, UNDER_REVIEW, action, **given)
    assert caught.value.code == missing and caught.value.message.endswith(".")


def test_a_correction_is_asked_sent_again_and_comes_back_to_the_same_step() -> None:
    due = NOW + timedelta(days=8)
    asked = act(TWO, UNDER_REVIEW, "request_changes", message="Le RIB est illisible.", due=due)
    assert (asked.state, kinds(asked)) == (WAITING, ["open_correction", "changes_requested"])
    assert asked.effects[0].params == {"message": "Le RIB est illisible.", "due": due}
    again = act(TWO, WAITING, "resubmit", "applicant")
    assert again.state == SUBMITTED
    assert kinds(again)[:2] == ["freeze", "close_correction"]


@pytest.mark.parametrize("status", ["accepted", "refused", "dismissed"])
def test_a_decided_dossier_allows_nothing_more(status: str) -> None:
    for role in ("applicant", "agent", "chef"):
        assert TWO.actions(State("demande", status), role) == ()
    with pytest.raises(Refused) as caught:
        act(TWO, State("demande", status), "submit", "applicant")
    assert caught.value.code == "state"


def test_a_decision_that_the_step_does_not_have_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        act(TWO, State("demande", "under_review", "ans"), "refuse", "chef", reason="x")
    assert caught.value.code == "state"
    with pytest.raises(Refused) as caught:
        act(TWO, DRAFT, "explode", "applicant")
    assert caught.value.code == "unknown"

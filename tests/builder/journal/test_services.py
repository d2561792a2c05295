"""Acts on a draft are kept, undone by who did them, and never lose what somebody else did."""

import json
from typing import Any

import pytest

from builder.acts import Asked, Target
from builder.journal.carrying import redo, restore, undo
from builder.journal.outcomes import Conflict, Gone, Overtaken, Refusal, StillRead, Unreadable
from builder.journal.services import act, save_text
from builder.journal.writing import Kept
from formdefs import library, load
from runtime.procedures.models import Procedure
from runtime.procedures.services import StaleDraft, create_procedure
from tenants.accounts.models import User
from tenants.permissions import Forbidden
from tenants.portals.services import appoint_staff
from tests.builder.screens import BARE, fresh, text_of
from tests.fixtures import House, make_user

FIRST = library.text("care-domaine-2")


@pytest.fixture
def lucie(house: House) -> User:
    """A second administrator."""
    user = make_user("lucie", house.host)
    appoint_staff(portal=house.portal, user=user, role="administrator")
    return user


def do(
    house: House, name: str, at: str, person: User | None = None, revision: int | None = None, **more: Any
) -> Kept:
    """An act on the candidature."""
    procedure = fresh(house)
    insist = more.pop("insist", False)
    return act(
        procedure=procedure,
        asked=Asked(name, Target(*at.split("/")), more),
        revision=procedure.draft_revision if revision is None else revision,
        by=person or house.administrator,
        insist=insist,
    )


def help_of(house: House, name: str = "nom_groupe") -> Any:
    answers = json.loads(fresh(house).draft_text)["phases"][0]["answers"]
    return answers["properties"][name].get("x-field", {}).get("help")


def setting(value: str, key: str = "help") -> dict[str, Any]:
    return {"values": {("x-field", key): value}, "label": "l’aide"}


def test_every_act_is_undone_to_the_first_byte_and_redone(house: House) -> None:
    do(house, "add", "q/nom_groupe", title="Sigle", kind="text")
    do(house, "retitle", "q/sigle", title="Sigle du groupe")
    do(house, "move", "q/sigle_du_groupe", by="up")
    do(house, "set", "q/nom_groupe", **setting("Tel qu’il figure dans ses statuts."))
    last = fresh(house).draft_text
    for _ in range(4):
        undo(procedure=fresh(house), by=house.administrator)
    assert fresh(house).draft_text == FIRST
    with pytest.raises(Refusal):
        undo(procedure=fresh(house), by=house.administrator)
    for _ in range(4):
        redo(procedure=fresh(house), by=house.administrator)
    assert fresh(house).draft_text == last


def test_a_new_act_ends_what_could_be_redone(house: House) -> None:
    do(house, "set", "q/nom_groupe", **setting("A"))
    undo(procedure=fresh(house), by=house.administrator)
    do(house, "set", "q/iban", **setting("B"))
    with pytest.raises(Refusal):
        redo(procedure=fresh(house), by=house.administrator)


def test_different_properties_of_two_people_merge_without_a_word(house: House, lucie: User) -> None:
    seen = fresh(house).draft_revision
    do(house, "set", "q/nom_groupe", **setting("De Lucie"), person=lucie)
    do(house, "retitle", "q/nom_groupe", title="Nom complet du groupe", revision=seen)
    assert help_of(house) == "De Lucie"


def test_the_same_property_of_two_people_is_a_conflict_until_one_chooses(house: House, lucie: User) -> None:
    seen = fresh(house).draft_revision
    do(house, "set", "q/nom_groupe", **setting("La sienne"), person=lucie)
    with pytest.raises(Conflict) as raised:
        do(house, "set", "q/nom_groupe", **setting("La mienne"), revision=seen)
    clash = raised.value.clash
    assert (clash.mine, clash.theirs, clash.by) == ("La mienne", "La sienne", str(lucie))
    assert help_of(house) == "La sienne"
    do(house, "set", "q/nom_groupe", **setting("La mienne"), revision=seen, insist=True)
    assert help_of(house) == "La mienne"


def test_the_same_value_given_twice_is_no_conflict(house: House, lucie: User) -> None:
    seen = fresh(house).draft_revision
    do(house, "set", "q/nom_groupe", **setting("Pareille"), person=lucie)
    assert not do(house, "set", "q/nom_groupe", **setting("Pareille"), revision=seen).changed


def test_one_undoes_ones_own_acts_and_is_told_when_somebody_changed_them_since(
    house: House, lucie: User
) -> None:
    do(house, "set", "q/nom_groupe", **setting("Première"))
    do(house, "set", "q/iban", **setting("De Lucie"), person=lucie)
    undo(procedure=fresh(house), by=house.administrator)
    assert help_of(house) is None
    assert help_of(house, "iban") == "De Lucie"
    redo(procedure=fresh(house), by=house.administrator)
    do(house, "set", "q/nom_groupe", **setting("Seconde"), person=lucie)
    with pytest.raises(Overtaken, match="Lucie"):
        undo(procedure=fresh(house), by=house.administrator)
    undo(procedure=fresh(house), by=house.administrator, insist=True)
    assert help_of(house) is None


def test_a_question_deleted_by_another_is_said_so_and_may_be_put_back(house: House, lucie: User) -> None:
    seen = fresh(house).draft_revision
    do(house, "delete", "q/bic", person=lucie)
    with pytest.raises(Gone) as raised:
        do(house, "set", "q/bic", **setting("X"), revision=seen)
    restore(procedure=fresh(house), number=raised.value.act.number, by=house.administrator)
    assert fresh(house).draft_text == FIRST


def test_a_question_that_a_rule_reads_is_not_deleted(house: House) -> None:
    with pytest.raises(StillRead) as raised:
        do(house, "delete", "q/dans_un_groupe")
    assert [str(each.target) for each in raised.value.readers] == ["q/nom_groupe"]


def test_a_question_does_not_go_above_what_its_rule_reads(house: House) -> None:
    with pytest.raises(Refusal, match="Impossible ici"):
        do(house, "move", "q/nom_groupe", by="up")


def test_what_would_not_load_is_refused_with_the_reason(house: House) -> None:
    with pytest.raises(Refusal, match="Impossible"):
        do(house, "type", "q/dans_un_groupe", kind="text")
    assert fresh(house).draft_text == FIRST


def test_the_text_of_the_expert_is_an_act_like_another(house: House) -> None:
    procedure = fresh(house)
    broken = FIRST[:-20]
    save_text(procedure=procedure, text=broken, revision=procedure.draft_revision, by=house.administrator)
    with pytest.raises(Unreadable):
        do(house, "set", "q/nom_groupe", **setting("X"))
    undo(procedure=fresh(house), by=house.administrator)
    assert fresh(house).draft_text == FIRST
    spaced = FIRST.replace("  ", "    ")
    procedure = fresh(house)
    save_text(procedure=procedure, text=spaced, revision=procedure.draft_revision, by=house.administrator)
    do(house, "set", "q/nom_groupe", **setting("X"))
    undo(procedure=fresh(house), by=house.administrator)
    assert fresh(house).draft_text == spaced
    undo(procedure=fresh(house), by=house.administrator)
    assert fresh(house).draft_text == FIRST


def test_a_stale_text_is_not_kept(house: House) -> None:
    with pytest.raises(StaleDraft):
        save_text(procedure=fresh(house), text="{}", revision=99, by=house.administrator)


def test_only_who_composes_may_act(house: House) -> None:
    with pytest.raises(Forbidden):
        do(house, "set", "q/nom_groupe", **setting("X"), person=house.editor)
    with pytest.raises(Forbidden):
        undo(procedure=fresh(house), by=house.applicant)


def test_before_it_is_published_a_demarche_takes_the_title_of_its_draft(house: House) -> None:
    new = create_procedure(portal=house.portal, slug="velo", text=text_of(BARE), by=house.administrator)
    act(
        procedure=new,
        asked=Asked("set", Target("d", "demarche"), {"values": {("title",): "Prime vélo"}}),
        revision=1,
        by=house.administrator,
    )
    new = Procedure.objects.get(pk=new.pk)
    assert (new.title, load(new.draft_text).title) == ("Prime vélo", "Prime vélo")


@pytest.mark.parametrize(
    ("name", "at", "more"),
    [
        ("add", "q/nom_groupe", {"title": "Sigle", "kind": "text"}),
        ("add", "q/nom_groupe", {"title": "Annexes", "kind": "section"}),
        ("duplicate", "q/iban", {}),
        ("move", "q/iban", {"by": "down"}),
        ("delete", "q/iban", {}),
        ("delete", "s/banque", {}),
    ],
)
def test_an_act_sent_twice_is_done_once_and_told_again(
    house: House, name: str, at: str, more: dict[str, str]
) -> None:
    """The answer was lost, or the button pressed twice: the page still knows the revision of before."""
    known = fresh(house).draft_revision
    first = do(house, name, at, revision=known, **more)
    text = fresh(house).draft_text
    again = do(house, name, at, revision=known, **more)
    assert (again.said, again.select, again.changed) == (first.said, first.select, True)
    assert (fresh(house).draft_text, fresh(house).draft_revision) == (text, known + 1)
    # Who has seen the first one means another.
    if name == "duplicate":
        do(house, name, at, **more)
        assert fresh(house).draft_revision == known + 2


def test_what_was_given_to_a_property_twice_with_another_value_is_no_repetition(house: House) -> None:
    known = fresh(house).draft_revision
    for text in ("Première aide", "Seconde aide"):
        do(house, "set", "q/nom_groupe", revision=known, **setting(text))
    assert help_of(house) == "Seconde aide"


def test_a_conflict_is_found_under_the_name_that_a_question_took_meanwhile(house: House, lucie: User) -> None:
    do(house, "add", "q/nom_groupe", title="Sigle", kind="text")
    known = fresh(house).draft_revision
    do(house, "set", "q/sigle", person=lucie, **setting("L’aide de Lucie"))
    do(house, "retitle", "q/sigle", title="Sigle du groupe", person=lucie)
    do(house, "set", "q/sigle", revision=known, **setting("En lettres", "message"))
    assert help_of(house, "sigle_du_groupe") == "L’aide de Lucie"
    for name, given in (("set", setting("Une autre")), ("retitle", {"title": "Abrégé"})):
        with pytest.raises(Conflict):
            do(house, name, "q/sigle", revision=known, **given)


def test_an_undo_sent_twice_undoes_one_act(house: House) -> None:
    for text in ("Première aide", "Seconde aide"):
        do(house, "set", "q/nom_groupe", **setting(text))
    known = fresh(house).draft_revision
    for _twice in range(2):
        kept = undo(procedure=fresh(house), by=house.administrator, revision=known)
    assert (help_of(house), kept.said[:6]) == ("Première aide", "Annulé")
    known = fresh(house).draft_revision
    for _twice in range(2):
        kept = redo(procedure=fresh(house), by=house.administrator, revision=known)
    assert (help_of(house), kept.said[:7]) == ("Seconde aide", "Rétabli")


def test_what_was_put_back_is_put_back_once(house: House, lucie: User) -> None:
    do(house, "delete", "q/iban", person=lucie)
    known = fresh(house).draft_revision
    for _twice in range(2):
        kept = restore(procedure=fresh(house), number=known, by=house.administrator, revision=known)
    assert (str(kept.select), fresh(house).draft_revision) == ("q/iban", known + 1)


def test_the_same_text_saved_twice_is_no_other_persons(house: House) -> None:
    text, known = text_of(BARE), fresh(house).draft_revision
    for _twice in range(2):
        save_text(procedure=fresh(house), text=text, revision=known, by=house.administrator)
    assert (fresh(house).draft_text, fresh(house).draft_revision) == (text, known + 1)

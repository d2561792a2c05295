"""Whatever one does, the definition loads; whatever one undoes comes back byte for byte."""

import json
import random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.acts import Asked, Impossible, Patch, Target, apply, difference, inverse, perform, read, written
from builder.acts.documents import all_sections, pages, questions
from builder.acts.kinds import startable
from builder.acts.lists import proposals
from builder.acts.process import PRESETS
from formdefs import DefinitionError, canonical, dump, library, load

ACTS = 200
OFTEN = ["add", "add", "add", "move", "move", "retitle", "set", "set", "set"]
SELDOM = ["duplicate", "delete", "type", "paste", "preset", "add_step", "add_role", "add_entry_rule"]
SELDOM += ["add_check", "add_row_check"]
ANY_ACT = OFTEN + SELDOM
KEYS = ["id", "page", "const", "a", "b", "c", "/~"]
TITLES = st.sampled_from(["Nom du groupe", "Montant HT", "Œuvre n° 3", "42", "e", "Date de fin", "row", "ça"])


class Hand:
    """Somebody who acts, undoes and redoes; what does not load is refused, as the server does."""

    def __init__(self, text: str) -> None:
        self.document = json.loads(text)
        self.done: list[Patch] = []
        self.undone: list[Patch] = []

    def act(self, asked: Asked) -> None:
        try:
            performed = perform(self.document, asked)
            load(dump(performed.document), slug="essai")
        except (Impossible, DefinitionError):
            return
        self.document = performed.document
        self.done.append(read(written(performed.patch)))
        self.undone.clear()

    def undo(self) -> None:
        if self.done:
            self.undone.append(self.done.pop())
            self.document = apply(self.document, inverse(self.undone[-1]))

    def redo(self) -> None:
        if self.undone:
            self.done.append(self.undone.pop())
            self.document = apply(self.document, self.done[-1])


def targets(document: Any) -> list[Target]:
    """Everything that may be acted on."""
    if "layout" not in document["phases"][0]:
        return [Target("q", name) for name, _ in questions(document)]
    phase = document["phases"][0]
    return [
        *(Target("q", name) for name, _ in questions(document)),
        *(Target("s", section["id"]) for _, section in all_sections(document)),
        *(Target("p", page["page"]) for _, page in pages(document)),
        *(Target("e", review["id"]) for review in phase["reviews"]),
        *(Target("r", role) for role in document["roles"]),
        *(Target("x", rule["id"]) for rule in document.get("entry_rules", [])),
        *(Target("k", check["id"]) for check in phase.get("checks", [])),
        *(
            Target("g", f"{name}.{check['id']}")
            for name, schema in questions(document)
            for check in schema.get("x-field", {}).get("checks", [])
        ),
    ]


def asked(data: st.DataObject, document: Any) -> Asked:
    """Any act on anything."""
    places = targets(document)
    at, to = data.draw(st.sampled_from(places)), data.draw(st.sampled_from(places))
    title = data.draw(TITLES)
    act = data.draw(st.sampled_from(ANY_ACT))
    args: dict[str, Any] = {"title": title}
    if act == "add":
        args |= {"kind": data.draw(st.sampled_from([*startable(), "section", "page"]))}
        args |= {"inside": "1"} if data.draw(st.booleans()) else {}
    elif act == "type":
        args["kind"] = data.draw(st.sampled_from(startable()))
    elif act == "move":
        args |= {
            "by": data.draw(st.sampled_from(["up", "down"])),
            "place": data.draw(st.sampled_from(["before", ""])),
        }
        args |= {"to": str(to)} if data.draw(st.booleans()) else {}
    elif act == "preset":
        args["preset"] = data.draw(st.sampled_from(list(PRESETS)))
    elif act == "paste":
        text = data.draw(
            st.sampled_from(["Coordonnées :\nNom\nE-mail\nStatut : A / B / C", "Montant demandé"])
        )
        args["proposed"] = proposals(text, startable())
    elif act == "set":
        args["values"] = data.draw(values(document))
    several: tuple[Target, ...] = ()
    if act in ("move", "duplicate", "delete"):
        several = tuple(data.draw(st.lists(st.sampled_from(places), max_size=4, unique=True)))
    return Asked(act, at, args, frozenset(), "essai", several)


def values(document: Any) -> st.SearchStrategy[dict[tuple[str, ...], Any]]:
    """Any property with a value that may suit it."""
    names = [
        name for name, schema in questions(document) if schema.get("type") == "boolean" and "." not in name
    ]
    rules = st.sampled_from([{"var": name} for name in names] or [True])
    return st.one_of(
        st.fixed_dictionaries({("required",): st.booleans()}),
        st.fixed_dictionaries({("x-field", "help"): TITLES, ("title",): TITLES}),
        st.fixed_dictionaries({("x-field", "when"): rules}),
        st.fixed_dictionaries({("when",): rules}),
        st.fixed_dictionaries({("that",): rules}),
        st.fixed_dictionaries({("choices",): st.lists(TITLES, min_size=1, max_size=4, unique=True)}),
        st.fixed_dictionaries({("intro",): TITLES}),
        st.fixed_dictionaries({("within", "working_days"): st.integers(1, 90)}),
    )


STARTS = [
    library.text("care-domaine-2"),
    library.text("bourse-departementale"),
    canonical(
        json.dumps({"type": "object", "properties": {"z": {"type": "string"}, "a": {"type": "boolean"}}})
    ),
]


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from(range(len(STARTS))))
def test_whatever_is_done_loads_and_undoing_all_gives_the_first_text(data: Any, number: int) -> None:
    start = STARTS[number]
    hand = Hand(start)
    for _ in range(20):
        move = data.draw(st.sampled_from(["act"] * 6 + ["undo", "undo", "redo"]))
        if move == "act":
            framed = perform(
                hand.document, Asked("add", Target("d", "demarche"), {"title": "x"}, slug="essai")
            )
            document = hand.document if "layout" in hand.document.get("phases", [{}])[0] else framed.document
            hand.act(asked(data, document))
        else:
            getattr(hand, move)()
        load(dump(hand.document), slug="essai")
    while hand.done:
        hand.undo()
        load(dump(hand.document), slug="essai")
    assert dump(hand.document) == start


def test_two_hundred_acts_in_one_sitting() -> None:
    dice = random.Random(20261122)
    hand = Hand(STARTS[0])
    kinds = [*startable(), "section", "page"]
    accepted = 0
    for number in range(ACTS):
        places = targets(hand.document)
        at, to = dice.choice(places), dice.choice(places)
        act = dice.choice(["add", "add", "move", "move", "retitle", "duplicate", "delete", "type", "set"])
        args = {
            "title": f"Titre {number % 17}",
            "kind": dice.choice(kinds),
            "by": dice.choice(["up", "down"]),
            "values": {("required",): bool(number % 2)},
            **({"to": str(to)} if dice.random() < 0.5 else {}),
        }
        before = len(hand.done)
        hand.act(Asked(act, at, args))
        accepted += len(hand.done) > before
        if dice.random() < 0.15:
            hand.undo()
        if dice.random() < 0.08:
            hand.redo()
    assert accepted > ACTS // 3
    while hand.done:
        hand.undo()
    assert dump(hand.document) == STARTS[0]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_difference_leads_from_one_text_to_the_other_and_back(data: Any) -> None:
    json_values = st.recursive(
        st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
        max_leaves=12,
    )
    one, other = data.draw(json_values), data.draw(json_values)
    patch = read(written(difference(one, other)))
    assert dump(apply(one, patch)) == dump(other)
    assert dump(apply(other, inverse(patch))) == dump(one)

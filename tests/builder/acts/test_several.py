"""One act on several parts: one patch, whose undoing gives the first text back."""

from typing import Any

import pytest

from builder.acts import Asked, Impossible, Performed, Target, apply, inverse, perform, target_of
from formdefs import dump, load
from tests.formdefs.material import whole


def document() -> dict[str, Any]:
    """Six questions in two sections and a group, on two pages."""
    texts = {name: {"type": "string", "title": name.upper()} for name in "abcdef"}
    rows = {"type": "object", "properties": {"x": {"type": "string"}, "y": {"type": "string"}}}
    properties = {**texts, "g": {"type": "array", "title": "G", "items": rows}}
    one = {"id": "un", "title": "Un", "fields": ["a", "b", "c"]}
    two = {"id": "deux", "title": "Deux", "fields": ["d", "e", "g"]}
    three = {"id": "trois", "title": "Trois", "fields": ["f"]}
    pages = [
        {"page": "p", "title": "P", "sections": [one, two]},
        {"page": "q", "title": "Q", "sections": [three]},
    ]
    return whole(properties, layout=pages)


def all_of(act: str, *ids: str, **args: Any) -> Performed:
    """The act on these parts; what it gives loads, and undone it is the first document."""
    first = document()
    targets = tuple(target_of(each) for each in ids)
    performed = perform(first, Asked(act, targets[0], args, several=targets))
    load(dump(performed.document))
    assert dump(apply(performed.document, inverse(performed.patch))) == dump(first)
    return performed


def fields(performed: Performed) -> list[list[str]]:
    pages = performed.document["phases"][0]["layout"]
    return [section["fields"] for page in pages for section in page["sections"]]


def said(performed: Performed) -> str:
    return performed.done.message.format(**performed.done.params)


def test_several_questions_go_together() -> None:
    performed = all_of("delete", "q/c", "q/a", "q/d")
    assert fields(performed) == [["b"], ["e", "g"], ["f"]]
    assert said(performed) == "3 questions supprimées"
    assert performed.done.select == Target("q", "e")


def test_what_is_inside_what_goes_is_not_counted_twice() -> None:
    performed = all_of("delete", "s/un", "q/a", "q/g.x", "q/g")
    assert fields(performed) == [["d", "e"], ["f"]]
    assert said(performed) == "2 éléments supprimés"


@pytest.mark.parametrize(
    ("ids", "args", "expected"),
    [
        (["q/b", "q/c"], {"by": "up"}, [["b", "c", "a"], ["d", "e", "g"], ["f"]]),
        (["q/c", "q/b"], {"by": "down"}, [["a"], ["b", "c", "d", "e", "g"], ["f"]]),
        (["q/d", "q/e"], {"by": "up"}, [["a", "b", "c", "d", "e"], ["g"], ["f"]]),
        (["q/a", "q/c"], {"to": "q/e"}, [["b"], ["d", "e", "a", "c", "g"], ["f"]]),
        (["q/c", "q/a"], {"to": "q/d", "place": "before"}, [["b"], ["a", "c", "d", "e", "g"], ["f"]]),
        (["q/a", "q/f"], {"to": "s/deux"}, [["b", "c"], ["d", "e", "g", "a", "f"], []]),
    ],
)
def test_several_move_as_one_keeping_their_order(
    ids: list[str], args: dict[str, str], expected: list[list[str]]
) -> None:
    performed = all_of("move", *ids, **args)
    assert fields(performed) == expected
    assert performed.done.select == target_of(ids[0])


def test_copies_come_one_after_the_other_after_the_last() -> None:
    performed = all_of("duplicate", "q/b", "q/a")
    assert fields(performed)[0] == ["a", "b", "a_copie", "b_copie", "c"]
    assert performed.done.select == Target("q", "a_copie")


@pytest.mark.parametrize(
    ("act", "ids", "args"),
    [
        ("move", ["q/a", "s/deux"], {"by": "down"}),
        ("move", ["q/a", "q/g.x"], {"by": "down"}),
        ("move", ["q/a", "q/b"], {"to": "q/b"}),
        ("move", ["s/un", "s/deux"], {"to": "q/a"}),
        ("move", ["q/a", "q/b"], {"by": "up"}),
        ("move", ["s/un", "s/trois"], {"to": "s/deux"}),
        ("duplicate", ["q/a", "s/deux"], {}),
        ("retitle", ["q/a", "q/b"], {"title": "X"}),
        ("delete", ["q/a", "q/absente"], {}),
    ],
)
def test_what_cannot_be_done_to_all_is_done_to_none(act: str, ids: list[str], args: dict[str, str]) -> None:
    with pytest.raises(Impossible):
        all_of(act, *ids, **args)

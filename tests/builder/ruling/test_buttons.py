"""What the rule builder's buttons and keys do to lines: nothing is lost, nothing is doubled."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.ruling.buttons import Pressed, named, pressed
from builder.ruling.conditions import ALL, ANY, Condition, Group

A, B, C, D, E = (Condition(name, "yes") for name in "abcde")
ROWS = Condition("frais", "some", rows=Group(ALL, (D, E)))
RULE = Group(ALL, (A, Group(ANY, (B, C)), ROWS))
NEW = Condition("nouvelle", "yes")


def after(go: str, *picked: str, group: Group = RULE) -> Pressed:
    return pressed(group, go, picked, NEW)


def told(group: Group) -> str:
    """« a (b|c) frais[d&e] »."""
    return " ".join(_told(item) for item in group.items)


def _told(item: Condition | Group) -> str:
    if isinstance(item, Group):
        return f"({('|' if item.how == ANY else '&').join(map(_told, item.items))})"
    return item.subject + (f"[{'&'.join(map(_told, item.rows.items))}]" if item.rows else "")


@pytest.mark.parametrize(
    ("go", "expected", "focus"),
    [
        ("add:", "a (b|c) frais[d&e] nouvelle", ".3"),
        ("add:.1", "a (b|c|nouvelle) frais[d&e]", ".1.2"),
        ("add:.2", "a (b|c) frais[d&e&]", ".2.2"),
        ("group:", "a (b|c) frais[d&e] (nouvelle)", ".3.0"),
        ("dissolve:.1", "a b c frais[d&e]", ".1"),
        ("remove:.0", "(b|c) frais[d&e]", ".0"),
        ("remove:.1.0,.1.1", "a frais[d&e]", ".1"),
        ("down:.0", "(a|b|c) frais[d&e]", ".0.0"),
        ("up:.1.0", "a b (c) frais[d&e]", ".1"),
        ("down:.1.1", "a (b) c frais[d&e]", ".2"),
        ("up:.1.1", "a (c|b) frais[d&e]", ".1.0"),
        ("up:.2", "a (b|c|frais[d&e])", ".1.2"),
        ("down:.1", "a frais[d&e] (b|c)", ".2"),
        ("up:.2.1", "a (b|c) frais[e&d]", ".2.0"),
        ("down:.2.1", "a (b|c) frais[d&e]", ".2.1"),
        ("up:.0", "a (b|c) frais[d&e]", ".0"),
        ("place:.0:.1.1:after", "(b|c|a) frais[d&e]", ".0.2"),
        ("place:.1.0:.0:before", "b a (c) frais[d&e]", ".0"),
        ("place:.2.0:.0:before", "a (b|c) frais[d&e]", ".2.0"),
        ("place:.1:.1.0:after", "a (b|c) frais[d&e]", ""),
        ("gather:.2.0,.2.1", "a (b|c) frais[(d|e)]", ".2.0.0"),
        ("gather:.0,.1.0", "a (b|c) frais[d&e]", ""),
        ("remove:.7", "a (b|c) frais[d&e]", ""),
        ("rien:.0", "a (b|c) frais[d&e]", ""),
        ("up:", "a (b|c) frais[d&e]", ""),
    ],
)
def test_each_button_does_its_thing_and_keeps_the_hand(go: str, expected: str, focus: str) -> None:
    found = after(go)
    assert (told(found.group), found.focus) == (expected, focus)


def test_the_chosen_conditions_are_grouped_and_said() -> None:
    found = after("gather", ".0", ".2")
    assert told(found.group) == "(a|frais[d&e]) (b|c)"
    assert found.said == "Groupe, au moins une, 2 conditions"


def every(group: Group, path: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    """The path of each line."""
    for place, item in enumerate(group.items):
        yield (*path, place)
        inner = item if isinstance(item, Group) else item.rows
        if inner is not None:
            yield from every(inner, (*path, place))


def subjects_of(group: Group) -> list[str]:
    found = []
    for item in group.items:
        if isinstance(item, Condition):
            found.append(item.subject)
        inner = item if isinstance(item, Group) else item.rows
        if inner is not None:
            found += subjects_of(inner)
    return sorted(found)


@settings(deadline=None)
@given(st.data())
def test_moving_grouping_and_dissolving_lose_no_condition(data: st.DataObject) -> None:
    group = RULE
    for _ in range(12):
        paths = [named(path) for path in every(group)]
        one, other = data.draw(st.sampled_from(paths)), data.draw(st.sampled_from(paths))
        side = data.draw(st.sampled_from(["before", "after"]))
        go = data.draw(
            st.sampled_from(
                [f"up:{one}", f"down:{one}", f"place:{one}:{other}:{side}", f"gather:{one},{other}"]
                + [f"dissolve:{one}"]
            )
        )
        group = pressed(group, go, (), NEW).group
        assert subjects_of(group) == subjects_of(RULE), go

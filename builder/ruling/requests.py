"""From the rule builder's form to its groups and lines, and what its buttons do to them."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.http import QueryDict

from builder.ruling.conditions import ALL, ANY, BY_KIND, Condition, Group, Subject

DEEPEST, MOST = 4, 40


def group_sent(data: QueryDict, path: str = "") -> Group:
    """The group that the form describes at a path."""
    items: list[Condition | Group] = []
    for place in data.getlist(f"items{path}")[:MOST]:
        inner = f"{path}.{place}" if place.isdecimal() else ""
        if not inner or inner.count(".") > DEEPEST:
            continue
        if f"how{inner}" in data:
            items.append(group_sent(data, inner))
        else:
            items.append(
                Condition(
                    data.get(f"q{inner}", ""),
                    data.get(f"o{inner}", ""),
                    data.get(f"v{inner}", ""),
                    tuple(data.getlist(f"vs{inner}")),
                )
            )
    return Group(ANY if data.get(f"how{path}") == ANY else ALL, tuple(items))


def after_button(group: Group, go: str, first: Condition) -> Group:
    """The group after a button: « add: », « group: », « remove:.0 », « dissolve:.1 », « up:.2 »…"""
    act, _colon, path = go.partition(":")
    places = [int(each) for each in path.split(".") if each.isdecimal()]
    if act == "add":
        return _at(group, places, lambda found: replace(found, items=(*found.items, first)))
    if act == "group":
        inner = Group(ANY if group.how == ALL else ALL, (first,))
        return _at(group, places, lambda found: replace(found, items=(*found.items, inner)))
    if act in ("remove", "dissolve", "up", "down") and places:
        return _at(group, places[:-1], lambda found: _among(found, places[-1], act))
    return group


def _at(group: Group, places: list[int], change: Callable[[Group], Group]) -> Group:
    if not places:
        return change(group)
    items = list(group.items)
    if places[0] < len(items):
        inner = items[places[0]]
        if isinstance(inner, Group):
            items[places[0]] = _at(inner, places[1:], change)
    return replace(group, items=tuple(items))


def _among(group: Group, place: int, act: str) -> Group:
    items = list(group.items)
    if place >= len(items):
        return group
    item = items.pop(place)
    if act == "dissolve" and isinstance(item, Group):
        items[place:place] = list(item.items)
    elif act in ("up", "down"):
        items.insert(max(0, place + (1 if act == "down" else -1)), item)
    return replace(group, items=tuple(items))


def likely(subjects: Mapping[str, Subject], order: list[str], name: str) -> Condition:
    """The condition that one is likeliest to want: the nearest earlier yes/no or choice."""
    earlier = order[: order.index(name)] if name in order else order
    for candidate in reversed(earlier):
        subject = subjects.get(candidate)
        if subject is not None and subject.kind in ("boolean", "choice"):
            first = subject.choices[0][0] if subject.kind == "choice" and subject.choices else ""
            return Condition(candidate, BY_KIND[subject.kind][0], first)
    return Condition()


def suited(group: Group, subjects: Mapping[str, Subject]) -> Group:
    """The group with comparisons that suit their subjects, which may just have been changed."""
    items: list[Condition | Group] = []
    for item in group.items:
        if isinstance(item, Group):
            items.append(suited(item, subjects))
            continue
        subject = subjects.get(item.subject)
        if subject is not None and item.operator not in BY_KIND[subject.kind]:
            items.append(Condition(item.subject, BY_KIND[subject.kind][0]))
        else:
            items.append(item)
    return replace(group, items=tuple(items))

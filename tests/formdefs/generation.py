"""Démarches and answers made at random from a seed: conditions, computations and checks, in rows as well."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from formdefs import Context, Definition, DefinitionError, load
from tests.formdefs.material import whole

WORDS = ("", "a", "Élan", "été", "Straße", "𝒳y", " deux  mots ", "Benali", "éa")
DAYS = ("2024-02-29", "2026-03-27", "2026-11-22", "1999-12-31", "2027-01-01", "2008-11-23")
LETTERS = ("a", "b", "c")
SCALARS = ("integer", "decimal", "money", "date", "yes", "choice", "several", "text")
TODAY = date(2026, 11, 22)
CONTEXT = Context(TODAY, organisation={"region": "53", "entities": [{"id": "e", "name": "a", "finess": "1"}]})


@dataclass(frozen=True)
class Case:
    """A démarche and several sets of what is typed in it."""

    definition: Definition
    raws: tuple[dict[str, Any], ...]


@dataclass
class Level:
    """The names that may be read so far at one level, by kind, and those around it."""

    names: list[tuple[str, str]] = field(default_factory=list)
    groups: dict[str, Level] = field(default_factory=dict)
    above: Level | None = None


def cases(seeds: range, answered: int) -> Iterator[tuple[int, Case]]:
    """A case for each seed, answered so many times."""
    for seed in seeds:
        yield seed, case(random.Random(seed), answered)


def case(rng: random.Random, answered: int) -> Case:
    """A démarche that loads: a rule that does not fit is taken away until it does."""
    made = _Maker(rng)
    properties = made.questions(Level(), rng.randint(4, 9), depth=0)
    names = list(properties)
    rng.shuffle(names)
    cut = rng.randint(1, len(names))
    document = whole({name: properties[name] for name in names})
    sections = [{"id": "s1", "title": "Un", "fields": names[:cut]}]
    if names[cut:]:
        when = {"when": made.condition(made.last, 2)} if rng.random() < 0.4 else {}
        sections.append({"id": "s2", "title": "Deux", "fields": names[cut:], **when})
    document["phases"][0]["layout"] = [{"page": "p", "title": "Page", "sections": sections}]
    return Case(_loaded(document), tuple(made.rows(properties) for _ in range(answered)))


def _loaded(document: Any) -> Definition:
    while True:
        try:
            return load(json.dumps(document))
        except DefinitionError as error:
            removed = [_remove(document, problem.pointer, problem.code) for problem in error.problems]
            if not any(removed):
                (section,) = document["phases"][0]["layout"][0]["sections"][1:]
                del section["when"]


def _remove(document: Any, pointer: str, code: str) -> bool:
    """Take away the rule in which a problem is, or every rule of questions in a circle."""
    keys = pointer.split("/")[1:]
    place = document
    for index, key in enumerate(keys):
        if key in ("when", "compute"):
            return place.pop(key, None) is not None
        if key == "checks" and isinstance(place.get(key), list):
            return place.pop(key, None) is not None
        place = place[int(key)] if isinstance(place, list) else place[key]
        if index == len(keys) - 1 and code == "cycle":
            return _remove_below(place)
    return False


def _remove_below(question: Any) -> bool:
    """Take away the rules of a question and those of its rows."""
    removed = [question["x-field"].pop(rule, None) for rule in ("when", "compute")]
    inner = question.get("items", {}).get("properties", {})
    return any([*(rule is not None for rule in removed), *(_remove_below(each) for each in inner.values())])


class _Maker:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.last = Level()

    # -- Questions -------------------------------------------------------------------------------

    def questions(self, level: Level, count: int, *, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for number in range(count):
            group = depth < 2 and self.rng.random() < (0.3 if depth == 0 else 0.25)
            kind = "group" if group else self.rng.choice(SCALARS)
            name = f"{kind[0]}{depth}{number}"
            found[name] = self.question(kind, level, depth)
            if kind != "group":
                level.names.append((name, kind))
            if kind == "group":
                inner = Level(above=level)
                found[name]["items"] = {
                    "type": "object",
                    "properties": self.questions(inner, self.rng.randint(2, 4), depth=depth + 1),
                }
                level.groups[name] = inner
        if depth == 0:
            self.last = level
        return found

    def question(self, kind: str, level: Level, depth: int) -> dict[str, Any]:
        rules: dict[str, Any] = {}
        if self.rng.random() < 0.45:
            rules["when"] = self.condition(level, 2)
        if kind not in ("group", "several") and self.rng.random() < 0.3:
            rules["compute"] = self.computation(kind, level)
        elif self.rng.random() < 0.3:
            rules["required"] = True
        return {**_SCHEMAS[kind], "x-field": {**_TYPES.get(kind, {}), **rules}}

    def computation(self, kind: str, level: Level) -> Any:
        if kind in ("integer", "decimal", "money"):
            places = {"integer": 0, "decimal": 2, "money": 2}[kind]
            return {"round": [self.number(level, 2, money=kind == "money"), places]}
        if kind == "yes":
            return self.condition(level, 2)
        if kind == "date":
            return self.day(level, 2)
        if kind == "choice":
            return {"if": [self.condition(level, 1), "a", "b"]}
        return self.text(level, 2)

    # -- Rules -----------------------------------------------------------------------------------

    def named(self, level: Level, *kinds: str) -> Any | None:
        found = [{"var": name} for name, kind in level.names if kind in kinds]
        above, prefix = level.above, "parent."
        while above is not None:
            found += [{"var": prefix + name} for name, kind in above.names if kind in kinds]
            above, prefix = above.above, prefix + "parent."
        return self.rng.choice(found) if found else None

    def group(self, level: Level) -> tuple[str, Level] | None:
        found = list(level.groups.items())
        return self.rng.choice(found) if found else None

    def condition(self, level: Level, depth: int) -> Any:
        rng = self.rng
        pick = rng.randint(0, 13)
        if depth <= 0 or pick == 0:
            return self.named(level, "yes") or {"answered": [self.named(level, *SCALARS)]}
        if pick == 1:
            return {rng.choice(["and", "or"]): [self.condition(level, depth - 1) for _ in range(2)]}
        if pick == 2:
            return {"!": self.condition(level, depth - 1)}
        if pick in (3, 4):
            money = rng.random() < 0.4
            one, other = (self.number(level, depth - 1, money=money) for _ in range(2))
            return {rng.choice(["<", "<=", ">", ">=", "==", "!="]): [one, other]}
        if pick == 5:
            return {"<=": [1, self.number(level, depth - 1, money=False), rng.randint(2, 2000)]}
        if pick == 6:
            return {rng.choice(["<", ">=", "=="]): [self.day(level, depth - 1), rng.choice(DAYS)]}
        if pick == 7:
            return {rng.choice(["==", "!="]): [self.named(level, "choice"), rng.choice(LETTERS)]}
        if pick == 8:
            return {"in": [self.named(level, "choice"), list(rng.sample(LETTERS, 2))]}
        if pick == 9:
            return {"contains": [self.named(level, "several"), rng.choice(LETTERS)]}
        if pick == 10:
            return {rng.choice(["==", "!="]): [self.named(level, *SCALARS), None]}
        if pick == 11:
            operator = rng.choice(["starts_with", "ends_with", "contains", "in"])
            return {operator: [self.text(level, depth - 1), rng.choice(WORDS)]}
        if pick == 12 and (found := self.group(level)):
            quantifier = rng.choice(["some", "all", "none"])
            return {quantifier: [{"var": found[0]}, self.condition(found[1], depth - 1)]}
        return {rng.choice(["!!", "answered"]): [self.named(level, *SCALARS)]}

    def number(self, level: Level, depth: int, *, money: bool) -> Any:
        rng = self.rng
        kinds = ("money",) if money else ("integer", "decimal")
        constant = {"money": rng.randint(-500, 90_000)} if money else {"decimal": [rng.randint(-50, 5000), 2]}
        known = self.named(level, *kinds) or constant
        pick = rng.randint(0, 13)
        if depth <= 0 or pick <= 2:
            return rng.choice([known, known, constant])
        one, other = (self.number(level, depth - 1, money=money) for _ in range(2))
        if pick == 3:
            return {rng.choice(["+", "-", "min", "max", "%", "??"]): [one, other]}
        if pick == 4:
            return {"*": [one, self.number(level, depth - 1, money=False)]}
        if pick == 5:
            plain = self.number(level, depth - 1, money=False)
            return {"round": [{"/": [one, plain]}, rng.randint(0, 3)]}
        if pick == 6:
            return {rng.choice(["abs", "-"]): one}
        if pick in (7, 8, 9) and (found := self.group(level)):
            return self.aggregate(*found, depth - 1, money=money)
        if pick == 10:
            return {"if": [self.condition(level, depth - 1), one, other]}
        if pick == 11 and not money:
            operator = rng.choice(["days_between", "months_between", "years_between", "age"])
            return {operator: [self.day(level, depth - 1), self.day(level, depth - 1)]}
        if pick == 12 and not money:
            return rng.choice(
                [{"length": self.text(level, 1)}, {"year": self.day(level, 1)}, {"month": self.day(level, 1)}]
            )
        return {"round": [one, rng.randint(0, 2)]}

    def aggregate(self, name: str, inner: Level, depth: int, *, money: bool) -> Any:
        rng = self.rng
        rows: Any = {"var": name}
        if rng.random() < 0.3:
            rows = {"filter": [rows, self.condition(inner, depth)]}
        if not money and rng.random() < 0.3:
            return {"count": rows}
        listed = {"map": [rows, self.number(inner, depth, money=money)]}
        if rng.random() < 0.2:
            return {"round": [{"average": listed}, 2]}
        return {rng.choice(["sum", "min", "max"]): listed}

    def day(self, level: Level, depth: int) -> Any:
        rng = self.rng
        known = self.named(level, "date") or {"var": "today"}
        if depth <= 0 or rng.random() < 0.6:
            return known
        operator = rng.choice(["add_days", "add_months", "add_years"])
        return {operator: [known, rng.choice([-400, -13, -1, 0, 1, 11, 500, 4_000_000])]}

    def text(self, level: Level, depth: int) -> Any:
        rng = self.rng
        known = self.named(level, "text") or {"var": "organisation.region"}
        if depth <= 0 or rng.random() < 0.4:
            return known
        return rng.choice(
            [
                {"cat": [known, rng.choice(WORDS), self.text(level, depth - 1)]},
                {"lower": known},
                {"upper": known},
                {"substr": [known, rng.randint(-4, 4), rng.randint(-3, 4)]},
                {"if": [self.condition(level, 1), known, "a"]},
            ]
        )

    # -- Answers ---------------------------------------------------------------------------------

    def rows(self, properties: dict[str, Any]) -> dict[str, Any]:
        return {name: self.typed(written) for name, written in properties.items() if self.rng.random() < 0.87}

    def typed(self, written: dict[str, Any]) -> Any:
        rng = self.rng
        if "items" in written and "properties" in written["items"]:
            inner = written["items"]["properties"]
            return [{"_row": f"r{number}", **self.rows(inner)} for number in range(rng.randint(0, 3))]
        if rng.random() < 0.06:
            return rng.choice(["zut", "", "12,345", "31/02/2026"])
        kind = next(kind for kind, schema in _SCHEMAS.items() if schema.items() <= written.items()
                    and written["x-field"].get("type") == _TYPES.get(kind, {}).get("type"))  # fmt: skip
        if kind == "date":
            day = rng.choice(DAYS)
            return rng.choice([day, "/".join(reversed(day.split("-")))])
        if kind == "several":
            return rng.sample(LETTERS, rng.randint(0, 3))
        return rng.choice(_TYPED[kind])


_SCHEMAS: dict[str, dict[str, Any]] = {
    "integer": {"type": "integer", "maximum": 1000},
    "decimal": {"type": "integer"},
    "money": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
    "yes": {"type": "boolean"},
    "choice": {"enum": list(LETTERS)},
    "several": {"type": "array", "items": {"enum": list(LETTERS)}},
    "text": {"type": "string", "maxLength": 40},
    "group": {"type": "array", "maxItems": 2},
}
_TYPES = {"decimal": {"type": "decimal", "places": 2}, "money": {"type": "money"}}
_TYPED: dict[str, tuple[str, ...]] = {
    "integer": ("0", "3", "-7", "1 000", "1001", "12"),
    "decimal": ("0", "12,5", "-0,01", "1 234,56", "9007199254740991", "90071992547409,91"),
    "money": ("0", "12,50 €", "-3", "1 234,56", "0,01", "900 000 000 000,00"),
    "yes": ("true", "false"),
    "choice": LETTERS,
    "text": WORDS,
}

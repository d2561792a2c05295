"""The questions found at one level of a form: a whole phase, or the rows of a block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from formdefs.importers.answers import Asked
from formdefs.importers.conditions import Conditions, Unsayable
from formdefs.importers.hints import Path
from formdefs.importers.names import named

# A condition on the data of this level: where it is judged, the schema, and whether it must fit.
Clause = tuple[Path, Any, bool]


@dataclass
class Leaf:
    """One question: where its value stands in the data, and under which clauses it is asked.

    `ways` are alternatives: it is asked where all the clauses of one of them hold. `pick` is the variant's
    question and value that it belongs to, for each way.
    """

    name: str
    path: Path
    asked: Asked
    required: bool
    section: tuple[str, ...]
    page: str = ""
    rank: tuple[int, ...] = ()
    ways: list[tuple[Clause, ...]] = field(default_factory=list)


@dataclass
class Level:
    """The questions of one level, their names, and what could not be said."""

    taken: set[str] = field(default_factory=set)
    leaves: list[Leaf] = field(default_factory=list)
    lost: list[tuple[Path, str]] = field(default_factory=list)

    def add(self, leaf: Leaf) -> None:
        """Keep a question; the same value asked the same way twice is one question asked in more cases."""
        for known in self.leaves:
            if known.path == leaf.path and known.asked == leaf.asked:
                known.ways += leaf.ways
                known.required = known.required and leaf.required
                return
        self.leaves.append(leaf)

    def name(self, path: Path) -> str:
        """A free name for the question of a path."""
        return named("_".join(str(each) for each in path), self.taken)

    def questions(self) -> tuple[dict[str, Any], list[str]]:
        """The JSON Schemas of the questions by name, in order, and the names of the required ones."""
        asked, required = {}, []
        for leaf in self.leaves:
            when = self._when(leaf)
            if when is not None:
                leaf.asked.annotate(when=when, required=leaf.required)
            elif leaf.required:
                required.append(leaf.name)
            asked[leaf.name] = dict(leaf.asked)
        return asked, required

    def _when(self, leaf: Leaf) -> Any:
        ways = []
        for clauses in leaf.ways or [()]:
            try:
                said = [self._clause(clause) for clause in clauses]
            except Unsayable as unsayable:
                self.lost.append((leaf.path, f"condition « {unsayable} »"))
                return None
            said = [each for each in said if each is not True]
            if not said:
                return None
            ways.append(said[0] if len(said) == 1 else {"and": said})
        return ways[0] if len(ways) == 1 else {"or": ways}

    def _clause(self, clause: Clause) -> Any:
        at, schema, wanted = clause
        held = Conditions(self._var, self._value).of(schema, at)
        if isinstance(held, bool):
            return held is wanted
        return held if wanted else {"!": [held]}

    def _leaf(self, path: Path) -> Leaf:
        found = next((leaf for leaf in self.leaves if leaf.path == path), None)
        if found is None:
            raise Unsayable("/".join(map(str, path)))
        return found

    def _var(self, path: Path) -> Mapping[str, Any]:
        return {"var": self._leaf(path).name}

    def _value(self, path: Path, value: Any) -> Any:
        """What a question of ours holds for a value of the data; raises Unsayable."""
        asked = self._leaf(path).asked
        own = asked.get("x-field", {})
        if "oneOf" in asked:
            originals = own.get("source", {}).get("values", [each["const"] for each in asked["oneOf"]])
            for original, each in zip(originals, asked["oneOf"], strict=True):
                if original == value and type(original) is type(value):
                    return each["const"]
            raise Unsayable(str(value))
        kind = {bool: "boolean", int: "integer", float: "integer", str: "string"}.get(type(value))
        if kind != asked.get("type") or asked.get("format") == "date":
            raise Unsayable(str(value))
        return round(value * 10 ** own["places"]) if "places" in own else value

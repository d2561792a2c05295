"""Identities drawn from titles, and rules that follow a question to its new identity."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from formdefs.expressions.operators import COLLECTORS
from formdefs.shapes import RESERVED

LONGEST = 40
OVER = frozenset(COLLECTORS)
"""Operators whose second argument is read once for each item of the first."""


def identity(title: str, taken: Collection[str], *, blank: str = "question", mark: str = "_") -> str:
    """A name drawn from a title (`nom_du_groupe`), unlike those taken."""
    parted = re.sub("[’']", " ", title.replace("œ", "oe").replace("Œ", "oe"))
    plain = unicodedata.normalize("NFKD", parted).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    name = ""
    for word in words:
        if name and len(name) + len(word) + 1 > LONGEST:
            break
        name = f"{name}{mark}{word}" if name else word[:LONGEST]
    if not name or not name[0].isalpha():
        name = f"{blank}{mark}{name}" if name else blank
    found, number = name, 2
    while found in taken or found in RESERVED:
        found = f"{name}{mark}{number}"
        number += 1
    return found


def drawn_from(name: str, title: str) -> bool:
    """Whether a name is one that `identity` would give to this title."""
    plain = identity(title, ())
    return name == plain or re.fullmatch(rf"{re.escape(plain)}_[0-9]+", name) is not None


def follow(document: Any, old: str, new: str) -> Any:
    """The document whose rules read `new` where they read `old`, both dotted names in the same holder."""
    return Follower(old.split("."), new.rpartition(".")[2]).document(document)


class Follower:
    """One renaming; a scope is the dotted name of the group whose rows it reads, None where it is unknown."""

    def __init__(self, old: list[str], new: str) -> None:
        self.old, self.new = old, new

    def document(self, document: Any) -> Any:
        phase = {**document["phases"][0]}
        phase["answers"] = self.schema(phase["answers"], [""])
        layout = phase.get("layout")
        if isinstance(layout, list):
            phase["layout"] = [self.part(page) for page in layout]
        if "checks" in phase:
            phase["checks"] = [self.check(each, [""]) for each in phase["checks"]]
        phase["reviews"] = [self.part(each) for each in phase.get("reviews", ())]
        return {**document, "phases": [phase, *document["phases"][1:]]}

    def check(self, check: Mapping[str, Any], scopes: list[str | None]) -> dict[str, Any]:
        """A check is told at a question of its own level: of the form, or of the rows it is about."""
        told = f"{scopes[-1]}.{check.get('at')}" if scopes[-1] else str(check.get("at"))
        at = self.new if told.split(".") == self.old else check.get("at")
        return {**check, "that": self.rule(check.get("that"), scopes), "at": at}

    def part(self, part: Mapping[str, Any]) -> dict[str, Any]:
        given = dict(part)
        if "when" in given:
            given["when"] = self.rule(given["when"], [""])
        if "sections" in given:
            given["sections"] = [self.part(section) for section in given["sections"]]
        return given

    def schema(self, schema: Mapping[str, Any], scopes: list[str | None]) -> dict[str, Any]:
        return {
            **schema,
            "properties": {
                name: self.question(name, question, scopes)
                for name, question in schema.get("properties", {}).items()
            },
        }

    def question(self, name: str, question: Any, scopes: list[str | None]) -> Any:
        if not isinstance(question, Mapping):
            return question
        given = dict(question)
        if isinstance(given.get("x-field"), Mapping):
            given["x-field"] = {
                key: self.rule(value, scopes) if isinstance(value, Mapping | list) else value
                for key, value in given["x-field"].items()
            }
        if isinstance(given.get("items"), Mapping) and "properties" in given["items"]:
            inner = [*scopes, f"{scopes[-1]}.{name}" if scopes[-1] else name]
            given["items"] = self.schema(given["items"], inner)
            if isinstance(question.get("x-field", {}).get("checks"), list):
                checks = [self.check(each, inner) for each in question["x-field"]["checks"]]
                given["x-field"]["checks"] = checks
        return given

    def rule(self, rule: Any, scopes: list[str | None]) -> Any:
        if isinstance(rule, list):
            return [self.rule(each, scopes) for each in rule]
        if not isinstance(rule, Mapping):
            return rule
        if set(rule) == {"var"}:
            named = rule["var"]
            first = named[0] if isinstance(named, list) and named else named
            if not isinstance(first, str):
                return rule
            moved = self.var(first, scopes)
            return {"var": [moved, *named[1:]] if isinstance(named, list) else moved}
        given = {}
        for operator, arguments in rule.items():
            if operator in OVER and isinstance(arguments, list) and len(arguments) > 1:
                inside = [*scopes, self.read_by(arguments[0], scopes)]
                given[operator] = [
                    self.rule(arguments[0], scopes),
                    *(self.rule(each, inside) for each in arguments[1:]),
                ]
            else:
                given[operator] = self.rule(arguments, scopes)
        return given

    def read_by(self, items: Any, scopes: list[str | None]) -> str | None:
        """The group whose rows a list gives, as far as one can tell."""
        if isinstance(items, Mapping) and isinstance(items.get("var"), str):
            scope, path = self.place(items["var"], scopes)
            if scope is not None and path:
                return ".".join([scope, *path] if scope else path)
        if isinstance(items, Mapping) and isinstance(items.get("filter"), list) and items["filter"]:
            return self.read_by(items["filter"][0], scopes)
        return None

    @staticmethod
    def place(written: str, scopes: list[str | None]) -> tuple[str | None, list[str]]:
        """The scope that a name is read in, and what is left of the name."""
        path, depth = written.split("."), len(scopes) - 1
        if path[0] == "phases":
            return scopes[0], path[2:]
        while path and path[0] == "parent" and depth:
            path, depth = path[1:], depth - 1
        if path and path[0] == "row" and depth:
            path = path[1:]
        return scopes[depth], path

    def var(self, written: str, scopes: list[str | None]) -> str:
        scope, path = self.place(written, scopes)
        holder = ".".join(self.old[:-1])
        if scope == holder and path and path[0] == self.old[-1]:
            kept = written.split(".")
            return ".".join([*kept[: len(kept) - len(path)], self.new, *path[1:]])
        return written

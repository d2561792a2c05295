"""A démarche made from any JSON Schema whose root is an object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator

from formdefs.dump import dump
from formdefs.errors import DefinitionError, DefinitionProblem
from formdefs.importers import json_forms, rjsf
from formdefs.importers.answers import Asked, choice, listed, question_of, type_of
from formdefs.importers.combining import CONDITIONALS, combined
from formdefs.importers.hints import Hint, Hints, Path
from formdefs.importers.layouts import layout_of
from formdefs.importers.levels import Clause, Leaf, Level
from formdefs.importers.names import named, worded
from formdefs.importers.references import Place, Unsupported, root
from formdefs.metaschema import escaped

ITEM = "*"
_LEGAL = Draft202012Validator(Draft202012Validator.META_SCHEMA)
VARIANT = "variante"
VALUE = "valeur"


@dataclass(frozen=True)
class Loss:
    """Something that the source says and the démarche does not: where, and what."""

    pointer: str
    what: str


@dataclass(frozen=True)
class Imported:
    """The definition made, what it does not say, and the schemas that tell variants apart.

    `variants` are, for the path of a question of ours ("taches.variante"), each value with its schema.
    """

    document: Mapping[str, Any]
    losses: tuple[Loss, ...]
    variants: Mapping[str, tuple[tuple[str, Place], ...]]

    @property
    def text(self) -> str:
        """The definition as canonical text."""
        return dump(dict(self.document))


def import_schema(
    schema: Any, *, ui: Mapping[str, Any] | None = None, id: str = "", title: str = ""
) -> Imported:
    """The démarche that asks for the data a schema describes; `ui` is a UI schema of rjsf or JSON Forms.

    Raises DefinitionError where no form can be made, with the reason.
    """
    if not isinstance(schema, Mapping):
        raise _refused("", "Un JSON Schema est un objet.")
    for error in _LEGAL.iter_errors(schema):
        pointer = "".join(f"/{escaped(str(step))}" for step in error.absolute_path)
        raise _refused(
            pointer, "Ce n’est pas un JSON Schema (2020-12) : cette valeur n’a pas la forme attendue."
        )
    return _Import(ui or {}).imported(schema, id, title)


def _refused(pointer: str, why: str) -> DefinitionError:
    return DefinitionError([DefinitionProblem(pointer, "import", why)])


@dataclass(frozen=True)
class _Where:
    """Where one is in the data and in the form: a path at its level, the whole path, the sections around."""

    path: Path = ()
    whole: Path = ()
    sections: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    required: bool = True
    group: str = ""

    def at(self, key: Any, **changes: Any) -> _Where:
        return _Where(**{**vars(self), "path": (*self.path, key), "whole": (*self.whole, key), **changes})

    def when(self, *clauses: Clause) -> _Where:
        return _Where(**{**vars(self), "clauses": (*self.clauses, *clauses)})


class _Import:
    """One import."""

    def __init__(self, ui: Mapping[str, Any]) -> None:
        self.hints: Hints = json_forms.hints(ui) if {"elements", "scope"} & ui.keys() else rjsf.hints(ui)
        self.losses: list[Loss] = []
        self.variants: dict[str, tuple[tuple[str, Place], ...]] = {}

    def imported(self, schema: Mapping[str, Any], id: str, title: str) -> Imported:
        level = Level()
        try:
            place = root(schema)
            if type_of(place.schema) != "object":
                raise Unsupported("La racine doit être un objet : ses propriétés sont les questions.")
            self.object(place, _Where(), level)
            if not level.leaves:
                raise Unsupported("Ce schéma ne décrit aucune propriété : il n’y a pas de question.")
            questions, required = self.finished(level, ())
        except Unsupported as unsupported:
            raise _refused("", str(unsupported)) from unsupported
        except RecursionError as error:
            raise _refused("", "Ce schéma est trop profond.") from error
        title = str(place.schema.get("title") or title or id or "Démarche")
        answers: dict[str, Any] = {"type": "object", "properties": questions}
        if required:
            answers["required"] = required
        document = {
            "definition": 1,
            "id": named(id or title, set()).replace("_", "-"),
            "title": title,
            **({"summary": place.schema["description"]} if place.schema.get("description") else {}),
            "roles": {"instructeur": {"title": "Instructeur"}},
            "phases": [
                {
                    "id": "demande",
                    "title": title,
                    "answers": answers,
                    "layout": layout_of(level.leaves, title),
                    "reviews": [{"id": "instruction", "title": "Instruction", "role": "instructeur"}],
                }
            ],
        }
        return Imported(document, tuple(dict.fromkeys(self.losses)), self.variants)

    def finished(self, level: Level, whole: Path) -> tuple[dict[str, Any], list[str]]:
        """The questions of a level whose every part was seen."""
        level.leaves.sort(key=lambda leaf: leaf.rank)
        found = level.questions()
        for path, what in level.lost:
            self.lose((*whole, *path), what)
        return found

    def lose(self, path: Path, what: str) -> None:
        self.losses.append(Loss("".join(f"/{escaped(str(each))}" for each in path), what))

    def object(self, place: Place, where: _Where, level: Level) -> None:
        """Every question of an object's properties, and those that its conditions add."""
        schema = place.schema
        required = set(schema.get("required", ()))
        for key, inner in schema.get("properties", {}).items():
            if inner is not False:
                held = where.required and key in required
                self.value(place.inside(inner), where.at(key, required=held), level)
        self.conditionals(place, where, level)
        self.dependencies(place, where, level)
        for word in ("oneOf", "anyOf"):
            if word in schema:
                self.branches(word, place, where, level)
        if isinstance(extra := schema.get("additionalProperties"), Mapping) or "patternProperties" in schema:
            patterned = list(schema.get("patternProperties", {}).values())
            kept = extra if isinstance(extra, Mapping) else next(iter(patterned), {})
            self.entries(place.inside(kept), where, level)
        for word in ("minProperties", "maxProperties", "propertyNames", "unevaluatedProperties", "not"):
            if word in schema:
                self.lose(where.whole, f"« {word} »")

    def value(self, place: Place, where: _Where, level: Level) -> None:
        """The question, the section or the block for one value."""
        place = self.without_null(place)
        schema, hint = place.schema, self.hints.at(where.whole)
        where = where.when(*((base[len(where.whole) - len(where.path) :], judged, wanted)
                             for base, judged, wanted in hint.shown))  # fmt: skip
        kind = type_of(schema)
        title = hint.title or str(schema.get("title") or "")
        if schema.get("type") == "null" or kind == "null":
            return
        if kind == "object":
            self.inner_object(
                place, where, level, title or worded(str(where.path[-1] if where.path else VALUE))
            )
        elif kind == "array":
            self.array(place, where, level, hint, title)
        elif listed(schema) is None and ("oneOf" in schema or "anyOf" in schema):
            self.branches("oneOf" if "oneOf" in schema else "anyOf", place, where, level)
        elif kind == "any":
            kinds = [each for each in schema["type"] if each != "null"]
            self.alternatives([place.inside({**schema, "type": each}) for each in kinds], where, level)
        else:
            asked, lost = question_of(self.labelled(schema, hint), hint)
            for word in lost:
                self.lose(where.whole, f"« {word} »")
            self.leaf(asked, schema, where, level, title)

    @staticmethod
    def labelled(schema: Mapping[str, Any], hint: Hint) -> Mapping[str, Any]:
        return {**schema, "enumNames": hint.labels} if hint.labels else schema

    @staticmethod
    def without_null(place: Place) -> Place:
        """« One of X and null » is X: an answer may always be left out."""
        for word in ("oneOf", "anyOf"):
            branches = place.schema.get(word)
            if isinstance(branches, list):
                left = [each for each in branches if each != {"type": "null"}]
                if len(left) == 1 and len(branches) > 1:
                    whole = {key: value for key, value in place.schema.items() if key != word}
                    inner = place.inside(left[0])
                    return Place(combined(inner.schema, whole), inner.resolver, inner.behind)
        return place

    def inner_object(self, place: Place, where: _Where, level: Level, title: str) -> None:
        before = len(level.leaves)
        self.object(place, _Where(**{**vars(where), "sections": (*where.sections, title)}), level)
        if len(level.leaves) == before and not place.schema.get("properties"):
            self.entries(place.inside({"type": "string"}), where, level)

    def array(self, place: Place, where: _Where, level: Level, hint: Hint, title: str) -> None:
        """A list: boxes to tick where its values are listed, else a block with a row for each item."""
        schema = place.schema
        for position, inner in enumerate(schema.get("prefixItems", ())):
            self.value(place.inside(inner), where.at(position), level)
        if "prefixItems" in schema:
            if schema.get("items", True) is not False:
                self.lose(where.whole, "« items » après « prefixItems »")
            return
        items = self.without_null(place.inside(schema.get("items", {"type": "string"})))
        values = listed(items.schema)
        if values is not None and schema.get("uniqueItems"):
            chosen = choice(values)
            asked = Asked(type="array", items={"oneOf": chosen["oneOf"], "type": "string"}, uniqueItems=True)
            asked.annotate(source=chosen.get("x-field", {}).get("source"))
        else:
            asked = self.rows(items, where, level, "rows")
        for word in ("minItems", "maxItems"):
            if word in schema:
                asked[word] = schema[word]
        for word in ("contains", "minContains", "maxContains", "unevaluatedItems"):
            if word in schema:
                self.lose(where.whole, f"« {word} »")
        self.leaf(asked, schema, where, level, title)

    def entries(self, values: Place, where: _Where, level: Level) -> None:
        """Free properties: a block whose rows have a name and a value."""
        title = "Autres informations"
        self.leaf(self.rows(values, where, level, "entries"), {}, where.at(ITEM), level, title)

    def rows(self, items: Place, where: _Where, level: Level, kind: str) -> Asked:
        """The block whose rows hold the items."""
        inner = Level()
        name = f"{where.group}{'_'.join(map(str, where.path))}"
        start = _Where(whole=(*where.whole, ITEM), group=f"{name}.")
        if kind == "entries":
            inner.taken.add("cle")
            key = Asked(type="string", title="Nom").annotate(source={"key": True})
            inner.add(Leaf("cle", ("",), key, True, (), rank=(-1,)))
        if type_of(items.schema) == "object" and "properties" in items.schema:
            self.object(items, start, inner)
        else:
            self.value(items, start, inner)
        if not inner.leaves:
            raise Unsupported("Une liste ne dit pas ce que contiennent ses éléments.")
        questions, required = self.finished(inner, start.whole)
        rows: dict[str, Any] = {"type": "object", "properties": questions}
        if required:
            rows["required"] = required
        return Asked(type="array", items=rows).annotate(type="group", source={"of": kind})

    def leaf(self, asked: Asked, schema: Mapping[str, Any], where: _Where, level: Level, title: str) -> None:
        """Keep one question, with its words and its place."""
        hint, path = self.hints.at(where.whole), where.path
        source = {"at": [each for each in path if each != ITEM], **asked.get("x-field", {}).get("source", {})}
        asked.annotate(source=source, help=str(hint.help or schema.get("description") or "")[:2000].strip())
        key = next((each for each in reversed(path) if isinstance(each, str) and each != ITEM), "")
        asked["title"] = (title or (worded(key) if key else "Valeur")).strip() or "Valeur"
        page, section = self.hints.places.get(where.whole, ("", ""))
        level.add(
            Leaf(
                name=level.name(tuple(each for each in path if each != ITEM) or (VALUE,)),
                path=path,
                asked=asked,
                required=where.required and not hint.hidden and not schema.get("readOnly"),
                section=(section,) if section else where.sections,
                page=page,
                rank=(self._rank(where.whole), len(level.leaves)),
                ways=[where.clauses],
            )
        )

    def _rank(self, whole: Path) -> int:
        """The place that the UI schema gives: its own, or that of the nearest thing around it."""
        for length in range(len(whole), 0, -1):
            if whole[:length] in self.hints.order:
                return self.hints.order[whole[:length]]
        return 1_000

    def conditionals(self, place: Place, where: _Where, level: Level) -> None:
        """What `if`, `then` and `else` add."""
        schema = place.schema
        every = [schema] if "if" in schema else []
        for each in (*every, *schema.get(CONDITIONALS, ())):
            for word, wanted in (("then", True), ("else", False)):
                if word in each:
                    judged = (where.path, self.plain(place, each["if"]), wanted)
                    self.added(place.inside(each[word]), where.when(judged), level)

    def plain(self, place: Place, schema: Any) -> Any:
        """A condition's schema without references."""
        return place.inside(schema).schema if isinstance(schema, Mapping) else schema

    def dependencies(self, place: Place, where: _Where, level: Level) -> None:
        """What the presence of a property adds."""
        schema = place.schema
        for word in ("dependentSchemas", "dependencies"):
            for key, inner in schema.get(word, {}).items():
                if isinstance(inner, Mapping):
                    present = (where.path, {"required": [key]}, True)
                    self.added(place.inside(inner), where.when(present), level)
                else:
                    self.lose((*where.whole, key), f"« {word} »")
        for key in schema.get("dependentRequired", {}):
            self.lose((*where.whole, key), "« dependentRequired »")

    def added(self, place: Place, where: _Where, level: Level) -> None:
        """The questions that a condition adds; what it only asks of known ones cannot be said."""
        known = {leaf.path for leaf in level.leaves}
        new = {
            key: inner
            for key, inner in place.schema.get("properties", {}).items()
            if (*where.path, key) not in known and inner is not False and not _only_asks(inner)
        }
        if (
            set(place.schema.get("properties", {})) - new.keys()
            or set(place.schema.get("required", ())) - new.keys()
        ):
            self.lose(where.whole, "ce qu’une condition change à une question")
        self.object(Place({**place.schema, "properties": new}, place.resolver, place.behind), where, level)

    def branches(self, word: str, place: Place, where: _Where, level: Level) -> None:
        """One of several shapes: told by a property where each names its own, else by a question more."""
        common = {k: v for k, v in place.schema.items() if k in ("type", "title", "description")}
        listed_branches = place.schema[word]
        if all(_only_asks(each) for each in listed_branches):
            self.lose(where.whole, f"« {word} »")
            return
        branches = [place.inside(each) for each in listed_branches]
        teller = _teller(branches)
        if type_of(place.schema) == "object" and teller and any("properties" in b.schema for b in branches):
            self.told(branches, teller, where, level)
            return
        merged = [
            Place(combined({k: v for k, v in common.items() if k == "type"}, b.schema), b.resolver, b.behind)
            for b in branches
            if b.schema.get("type") != "null"
        ]
        self.alternatives(merged, where, level)

    def told(self, branches: list[Place], teller: str, where: _Where, level: Level) -> None:
        """Branches told apart by the constant that each gives to the same property."""
        path = (*where.path, teller)
        if not any(leaf.path == path for leaf in level.leaves):
            values = [
                (value, str(branch.schema.get("title") or label))
                for branch in branches
                for value, label in listed(branch.inside(branch.schema["properties"][teller]).schema) or ()
            ]
            first = branches[0].inside(branches[0].schema["properties"][teller]).schema
            title = str(first.get("title") or worded(teller)) if "const" not in first else worded(teller)
            self.leaf(choice(list(dict(values).items())), {}, where.at(teller), level, title)
        for branch in branches:
            judged = {"properties": {teller: branch.inside(branch.schema["properties"][teller]).schema},
                      "required": [teller]}  # fmt: skip
            left = {key: inner for key, inner in branch.schema["properties"].items() if key != teller}
            inner = Place({**branch.schema, "properties": left}, branch.resolver, branch.behind)
            self.object(inner, where.when((where.path, judged, True)), level)

    def alternatives(self, branches: list[Place], where: _Where, level: Level) -> None:
        """Branches told apart by a question of ours, which the data does not hold."""
        title = self.hints.at(where.whole).title or worded(str(where.path[-1]) if where.path else VARIANT)
        path = (*where.path, ("variant",))
        labels = [str(each.schema.get("title") or _kind_title(each)) for each in branches]
        values = [(f"v{n}", f"{label} ({n})" if labels.count(label) > 1 else label)
                  for n, label in enumerate(labels, 1)]  # fmt: skip
        asked = choice(values).annotate(source={"variant": [each for each in where.path if each != ITEM]})
        asked["title"] = f"{title} : forme" if where.path else "Forme"
        name = level.name((*(each for each in where.path if each != ITEM), VARIANT))
        level.add(
            Leaf(name, path, asked, where.required, where.sections,
                 rank=(self._rank(where.whole), len(level.leaves)), ways=[where.clauses])
        )  # fmt: skip
        self.variants[where.group + name] = tuple(
            (value, branch) for (value, _), branch in zip(values, branches, strict=True)
        )
        for (value, _), branch in zip(values, branches, strict=True):
            inner = where.when((path, {"const": value}, True))
            if type_of(branch.schema) == "object" and not where.path:
                self.object(branch, inner, level)
            else:
                self.value(branch, inner, level)


def _only_asks(schema: Any) -> bool:
    """Whether a schema only asks something of a value that is described elsewhere."""
    if not isinstance(schema, Mapping):
        return True
    asks = {"required", "not", "minLength", "const", "title", "$comment", "minItems", "pattern", "maximum",
            "minimum", "maxLength", "description"}  # fmt: skip
    return schema.keys() <= asks and "const" not in schema or schema.keys() <= {"const"}


def _teller(branches: list[Place]) -> str:
    """The property to which every branch gives constants of its own, "" where there is none."""
    if not branches:
        return ""
    for key in branches[0].schema.get("properties", {}):
        seen: list[Any] = []
        for branch in branches:
            inner = branch.schema.get("properties", {}).get(key)
            values = listed(branch.inside(inner).schema) if inner is not None else None
            if not values:
                break
            seen += [value for value, _ in values]
        else:
            if len({repr(value) for value in seen}) == len(seen):
                return str(key)
    return ""


def _kind_title(place: Place) -> str:
    values = listed(place.schema)
    if values:
        return values[0][1] if len(values) == 1 else "Choix"
    return _KINDS.get(type_of(place.schema), "Autre")


_KINDS = {
    "string": "Texte",
    "integer": "Nombre entier",
    "number": "Nombre",
    "boolean": "Oui ou non",
    "object": "Plusieurs informations",
    "array": "Liste",
}

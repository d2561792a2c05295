"""What a page's script needs to anticipate the judge: the questions, their rules, how answers are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any

from formdefs.definition import Page, Phase, Question
from formdefs.expressions import Parsed
from formdefs.expressions.browser import tree
from formdefs.plans import Asked, Plan, plan_of

# Controls whose answers the script reads as the server does.
READABLE = frozenset(
    {
        *(
            "text",
            "textarea",
            "number",
            "money",
            "date",
            "select",
            "radio",
            "yesno",
            "checkbox",
            "checkboxes",
        ),
        *("document", "entity_statuses", "group"),
    }
)
_LIMITS = (
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minLength", "maxLength", "minItems", "maxItems"),
)


def program(phase: Phase, page: Page | None = None) -> dict[str, Any]:
    """The rules of a phase, or of one of its pages, as data for the script `rules.js`.

    `outside` are the names that they read and that the page does not ask, `roots` what else they read.
    """
    plan = plan_of(phase)
    kept = [index for index, (on, _) in enumerate(plan.places) if page is None or on is page]
    place = {index: number for number, index in enumerate(kept)}
    asked = [each for each in plan.asked if each.section in place]
    sections = [plan.places[index] for index in kept]
    rules = [
        *(part.when for on, section in sections for part in (on, section)),
        *(rule for each in asked for rule in _rules(each.question)),
    ]
    names = {name for rule in rules for level, name in getattr(rule, "reads", ()) if level == 0}
    doubt = _Doubt(plan, frozenset(each.question.name for each in asked))
    return {
        "sections": [
            {
                "id": section.id,
                "when": [_tree(part.when) for part in (on, section) if part.when is not None],
                "left": doubt.of((on.when, section.when), {}),
            }
            for on, section in sections
        ],
        "questions": [_asked(each, doubt.left) | {"section": place[each.section]} for each in asked],
        "outside": sorted(names - {each.question.name for each in asked}),
        "roots": sorted({root for rule in rules for root in _roots(rule)}),
    }


def has_rules(found: Mapping[str, Any]) -> bool:
    """Whether a program anticipates anything."""
    return any(section["when"] for section in found["sections"]) or _any_rule(found["questions"])


def given_outside(
    found: Mapping[str, Any], answers: Mapping[str, Any], roots: Mapping[str, Any]
) -> dict[str, Any]:
    """The answers of other pages and the facts that a program reads."""
    outer: dict[str, Any] = {}
    for path in found["roots"]:
        *above, last = path.split(".")
        source: Any = roots
        target = outer
        for part in above:
            source = source.get(part) if isinstance(source, Mapping) else None
            target = target.setdefault(part, {})
        target[last] = source.get(last) if isinstance(source, Mapping) else None
    return {
        "answers": {name: answers[name] for name in found["outside"] if name in answers},
        "outer": outer,
    }


def _any_rule(questions: Iterable[Mapping[str, Any]]) -> bool:
    return any("when" in each or "compute" in each or _any_rule(each.get("rows", ())) for each in questions)


class _Doubt:
    """What the script cannot know before the server does: it leaves on the page what depends on it."""

    def __init__(self, plan: Plan, here: frozenset[str]) -> None:
        self.unsure: set[str] = set()
        self.within: dict[str, set[str]] = {}
        self.left: set[Question] = set()
        for asked in plan.asked:
            question = asked.question
            around = plan.places[asked.section]
            rules = (*(part.when for part in around), *_rules(question))
            if question.name not in here:
                # What another page computes or shows is known as it was, unless this page changes it.
                if self._read(rules, 0) & (here | self.unsure):
                    self.unsure.add(question.name)
                continue
            self._judge(asked, (*(part.when for part in around), question.when, question.compute), {})

    def of(self, rules: Iterable[Any], above: Mapping[int, set[str]]) -> bool:
        """Whether any of these rules reads what is not known; `above` are the unsure names by level."""
        found = list(rules)
        levels = {0: self.unsure, **above}
        if any(self._read(found, level) & unsure for level, unsure in levels.items()):
            return True
        deepest = max(levels)
        items = {name for rule in found for level, name in getattr(rule, "reads", ()) if level > deepest}
        groups = self._read(found, 0) & self.within.keys()
        return any(items & self.within[group] for group in groups)

    def _judge(self, asked: Asked, rules: Iterable[Any], above: Mapping[int, set[str]]) -> None:
        question, level = asked.question, max(above, default=0)
        unsure = above[level] if level else self.unsure
        if self.of(rules, above):
            self.left.add(question)
            unsure.add(question.name)
        elif question.compute is None and not _readable(question):
            unsure.add(question.name)
        inner: set[str] = set()
        for each in asked.rows:
            own = (each.question.when, each.question.compute)
            self._judge(each, own, {**above, level + 1: inner})
        if asked.rows:
            self.within.setdefault(question.name, set()).update(inner)

    @staticmethod
    def _read(rules: Iterable[Any], level: int) -> set[str]:
        return {name for rule in rules for at, name in getattr(rule, "reads", ()) if at == level}


def _readable(question: Question) -> bool:
    """Whether the script reads what is typed as the server does: keys and patterns are for the server."""
    control = _control(question)
    checked = control == "text" and question.type.slug != "text"
    return not (
        control not in READABLE or checked or "pattern" in question.schema or question.options.get("other")
    )


def _control(question: Question) -> str:
    return question.type.control_of(question.schema, question.options)


def _asked(asked: Asked, left: Set[Question]) -> dict[str, Any]:
    question = asked.question
    kind = question.type.reads_as(question)
    found: dict[str, Any] = {"name": question.name, "control": _control(question), "kind": kind.kind}
    if question in left:
        found["left"] = True
    if kind.kind == "number":
        found |= {"places": kind.places or 0, "money": kind.money}
    found |= {limit: question.schema[limit] for limit in _LIMITS if limit in question.schema}
    found |= {key: question.options[key] for key in ("min", "max", "unit") if key in question.options}
    if question.choices:
        found["choices"] = {choice.value: choice.label for choice in question.choices}
    if question.when is not None:
        found["when"] = _tree(question.when)
    if question.compute is not None:
        found["compute"] = _tree(question.compute)
    if asked.rows:
        found["rows"] = [_asked(each, left) for each in asked.rows]
        found["order"] = [each.name for each in question.rows]
    return found


def _rules(question: Question) -> list[Any]:
    return [question.when, question.compute, *(rule for row in question.rows for rule in _rules(row))]


def _tree(rule: Any) -> list[Any]:
    return tree(rule) if isinstance(rule, Parsed) else ["is", None]


def _roots(rule: Any) -> set[str]:
    return _roots_in(tree(rule)) if isinstance(rule, Parsed) else set()


def _roots_in(written: list[Any]) -> set[str]:
    if written[0] == "root":
        return {".".join(written[1])}
    if written[0] in ("is", "var"):
        return set()
    return {root for part in written[1:] if isinstance(part, list) for root in _roots_in(part)}

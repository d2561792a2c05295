"""A rule tried on the spot: sample answers, or those one types, and what it then gives."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from builder.composer.panels import draw, loaded_panel
from builder.composer.settings import Setting
from builder.ruling.grounds import OUTSIDE, Ground
from builder.ruling.subjects import FACTS, Subject
from formdefs import Context, Definition, Question, evaluate
from formdefs.expressions import ExpressionFlaw, Parsed, Scope
from formdefs.sample import filled
from runtime.controls.parsing import parse_page

PREFIX = "essai_"
UNTRIED = frozenset({"document", "entity_statuses", "workbook"})
"""What a small form cannot ask: a sample stands for it."""


@dataclass(frozen=True)
class Trial:
    """The answers a rule is tried with, drawn as a small form, and what the rule gives with them."""

    body: str
    shown: str
    scope: Scope

    def holds(self, rule: Any, ground: Ground) -> bool | None:
        """Whether a condition holds, None where it cannot be read yet."""
        try:
            return ground.read(rule).holds(self.scope)
        except ExpressionFlaw:
            return None


def trial_of(definition: Definition, ground: Ground, reads: list[str], data: QueryDict) -> Trial:
    """The trial of a rule that stands on a ground and names these questions."""
    phase = ground.phase
    context = _context(definition)
    sampled = filled(phase, context)
    base = evaluate(phase, sampled.raw, sampled.context).answers
    answers = _own_answers(base, ground)
    asked = tuple(_settings(ground, reads, answers))
    body, shown = "", ""
    if asked:
        panel = loaded_panel(asked)
        sent = parse_page(panel.first_phase, data)
        body, shown, given = draw(panel, asked, sent)
        answers = {**answers, **{name.removeprefix(PREFIX): value for name, value in given.items()}}
        for setting in asked:
            if setting.name in sent and setting.name not in given:
                answers.pop(setting.name.removeprefix(PREFIX), None)
    roots = _with_facts(sampled.context.roots, data)
    scope = Scope(base, roots).inside(answers) if ground.groups else Scope(answers, roots)
    return Trial(body, shown, scope)


def _context(definition: Definition) -> Context:
    types = definition.applicants.organisation_types
    kind = "organisation" if "organisation" in definition.applicants.kinds else "person"
    organisation = {"type": types[0] if types else "", "name": _("Organisme d’exemple"), "region": "53"}
    return Context(
        today=timezone.localdate(),
        organisation=organisation if kind == "organisation" else {},
        applicant={"kind": kind},
    )


def _with_facts(roots: Mapping[str, Any], data: QueryDict) -> dict[str, Any]:
    """What is known besides answers, with the facts typed for the trial."""
    found = dict(roots)
    for name in OUTSIDE:
        root, _dot, key = name.partition(".")
        if key and f"fait.{name}" in data:
            found[root] = {**found.get(root, {}), key: str(data[f"fait.{name}"])}
    return found


@dataclass(frozen=True)
class Fact:
    """Something known besides answers that a rule reads: its value in the trial, and those it may take."""

    name: str
    title: str
    value: str
    choices: tuple[tuple[str, str], ...]


def facts_read(rule: Any, scope: Scope, known: Mapping[str, Subject]) -> list[Fact]:
    """The facts that a rule reads."""
    names = dict.fromkeys(name for name in _named(rule) if name in OUTSIDE and "." in name)
    found = []
    for name in names:
        root, _dot, key = name.partition(".")
        value, subject = str(scope.outer.get(root, {}).get(key) or ""), known.get(name)
        choices = subject.offered(value) if subject is not None else ()
        found.append(Fact(name, str(FACTS.get(name, name)), value, choices))
    return found


def _named(rule: Any) -> Iterator[str]:
    if isinstance(rule, list):
        for each in rule:
            yield from _named(each)
    elif isinstance(rule, Mapping):
        if isinstance(rule.get("var"), str):
            yield rule["var"]
        for each in rule.values():
            yield from _named(each)


def _own_answers(answers: Mapping[str, Any], ground: Ground) -> dict[str, Any]:
    """The sample answers at the level of a part: those of the first row where it stands in rows."""
    found: Any = dict(answers)
    for name in ground.groups:
        rows = found.get(name) or [{}]
        found = dict(rows[0])
    return dict(found)


def _settings(ground: Ground, reads: list[str], answers: Mapping[str, Any]) -> Iterator[Setting]:
    for name in dict.fromkeys(reads):
        question = ground.titles.questions.get(name)
        if question is None or question.rows or question.control in UNTRIED:
            continue
        value = answers[name] if name in answers else question.type.sample(question)
        yield Setting(f"{PREFIX}{name}"[:63], (name,), _bare(question), "question", value)


def _bare(question: Question) -> dict[str, Any]:
    """A question without its rules: it is always asked here."""
    schema = json.loads(json.dumps(dict(question.schema)))
    own = {
        k: v for k, v in schema.get("x-field", {}).items() if k not in ("when", "required", "compute", "help")
    }
    return {**{k: v for k, v in schema.items() if k != "x-field"}, "title": question.title, "x-field": {
        **own, "type": question.type.slug
    }}  # fmt: skip


def names_read(parsed: Parsed, ground: Ground) -> list[str]:
    """The questions of its own level that a rule reads, in the order of the form."""
    level = ground.names.level
    read = {name for at, name in parsed.reads if at == level}
    return [name for name in ground.titles.questions if name in read]


def shown_value(parsed: Parsed, value: Any) -> str:
    """What a formula gives, as a text."""
    if value is None:
        return _("rien encore : une réponse manque")
    if isinstance(value, bool):
        return _("Oui") if value else _("Non")
    kind = parsed.type
    if kind.kind == "number" and isinstance(value, int):
        places = kind.places or 0
        digits = f"{value / 10**places:,.{places}f}".replace(",", "\u202f").replace(".", ",")
        return f"{digits}\N{NO-BREAK SPACE}€" if kind.money else digits
    return str(value)

"""What a new version changes for people: each change in an administrator's words, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from formdefs.definition import Check, Definition, Expression, Phase, Question, Review
from formdefs.errors import gettext_noop

SAFE, AGAIN, LOSES = "safe", "again", "loses"
"""Answers already given stand; they must be given again; they are lost."""

SENTENCES: Mapping[str, str] = {
    "title": gettext_noop("Le titre de la démarche devient « {after} »."),
    "texts": gettext_noop("La présentation de la démarche change."),
    "words": gettext_noop("Les mots de la démarche changent."),
    "applicants": gettext_noop("Qui peut déposer change."),
    "opening": gettext_noop("Les dates proposées changent."),
    "entry_rules": gettext_noop("Les règles d’entrée changent."),
    "role.added": gettext_noop("Le rôle « {title} » est ajouté."),
    "role.removed": gettext_noop("Le rôle « {title} » est retiré."),
    "role.changed": gettext_noop("Le rôle « {title} » change."),
    "phase.added": gettext_noop("La phase « {title} » est ajoutée."),
    "phase.removed": gettext_noop("La phase « {title} » est retirée avec ses réponses."),
    "review.added": gettext_noop("L’étape d’instruction « {title} » est ajoutée."),
    "review.removed": gettext_noop("L’étape d’instruction « {title} » est retirée."),
    "review.changed": gettext_noop("L’étape d’instruction « {title} » change."),
    "checks": gettext_noop("Ce qui est contrôlé avant la transmission change."),
    "workbook.added": gettext_noop("Le classeur « {title} » est ajouté."),
    "workbook.removed": gettext_noop("Le classeur « {title} » est retiré."),
    "workbook.changed": gettext_noop(
        "Le classeur « {title} » change : ceux qui sont déjà remplis sont à déposer de nouveau."
    ),
    "review.order": gettext_noop("L’ordre des étapes d’instruction change."),
    "page.added": gettext_noop("La page « {title} » est ajoutée."),
    "page.removed": gettext_noop("La page « {title} » est retirée ; ses questions vont ailleurs."),
    "page.changed": gettext_noop("La page « {title} » change : titre, texte ou condition."),
    "section.added": gettext_noop("La rubrique « {title} » est ajoutée."),
    "section.removed": gettext_noop("La rubrique « {title} » est retirée ; ses questions vont ailleurs."),
    "section.changed": gettext_noop("La rubrique « {title} » change : titre, texte ou condition."),
    "order": gettext_noop("L’ordre des questions change."),
    "question.added": gettext_noop("La question « {title} » est ajoutée."),
    "question.required": gettext_noop("La question obligatoire « {title} » est ajoutée."),
    "question.removed": gettext_noop("La question « {title} » est retirée avec ses réponses."),
    "renamed": gettext_noop("La question « {before} » s’intitule « {title} »."),
    "help": gettext_noop("L’aide de la question « {title} » change."),
    "moved": gettext_noop("La question « {title} » passe dans la rubrique « {after} »."),
    "mandatory": gettext_noop("Le champ « {title} » devient obligatoire."),
    "optional": gettext_noop("Le champ « {title} » devient facultatif."),
    "type": gettext_noop("La question « {title} » devient « {after} » ; elle était « {before} »."),
    "choice.added": gettext_noop("La question « {title} » propose « {after} »."),
    "choice.removed": gettext_noop("La question « {title} » ne propose plus « {before} »."),
    "choice.renamed": gettext_noop("Dans « {title} », « {before} » s’écrit « {after} »."),
    "choice.order": gettext_noop("L’ordre des réponses de « {title} » change."),
    "when.added": gettext_noop("La question « {title} » dépend maintenant d’une condition."),
    "when.removed": gettext_noop("La question « {title} » est maintenant toujours posée."),
    "when.changed": gettext_noop("La condition de la question « {title} » change."),
    "compute.added": gettext_noop(
        "La question « {title} » est maintenant calculée : ce qui y était répondu s’efface."
    ),
    "compute.removed": gettext_noop("La question « {title} » n’est plus calculée : il faut y répondre."),
    "compute.changed": gettext_noop("Le calcul de « {title} » change."),
    "tightened": gettext_noop("La question « {title} » accepte moins de réponses qu’avant."),
    "loosened": gettext_noop("La question « {title} » accepte plus de réponses qu’avant."),
    "changed": gettext_noop("La question « {title} » change."),
    "other": gettext_noop("Autre changement."),
}

_TIGHTER_WHEN_HIGHER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "min"})
_TIGHTER_WHEN_LOWER = frozenset(
    {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "max_mb", "max_files", "max"}
)
_ANSWER_RULES = frozenset({"pattern", "multipleOf", "places", "accept", "const", "format"})
_SAID = frozenset(
    {"title", "description", "x-field", "type", "oneOf", "enum", "items", "properties", "required"}
)


@dataclass(frozen=True, eq=False)
class Evolution:
    """One change: its code in SENTENCES, what the sentence needs, what it costs, and where it is.

    `path` is the question's ("depenses.montant"), "" where the change is of no question.
    """

    code: str
    cost: str = SAFE
    path: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


def evolution(old: Definition, new: Definition) -> tuple[Evolution, ...]:
    """Every change that people would notice, in the order of the new definition.

    Two texts that differ in nothing known here still give one change, without a name.
    """
    found = tuple(_definition(old, new))
    return found or ((Evolution("other"),) if old.text != new.text else ())


def _definition(old: Definition, new: Definition) -> Iterator[Evolution]:
    if old.title != new.title:
        yield Evolution("title", params={"after": new.title})
    for code, names in (
        ("texts", ("summary", "description")),
        ("words", ("words",)),
        ("applicants", ("applicants",)),
        ("opening", ("opening",)),
    ):
        if any(getattr(old, name) != getattr(new, name) for name in names):
            yield Evolution(code)
    if old.document.get("entry_rules") != new.document.get("entry_rules"):
        yield Evolution("entry_rules")
    yield from _listed("role", old.roles, new.roles, lambda one, other: one == other)
    yield from _workbooks(old, new)
    phases = {phase.id: phase for phase in old.phases}
    for phase in new.phases:
        if phase.id in phases:
            yield from _phase(phases.pop(phase.id), phase)
        else:
            yield Evolution("phase.added", AGAIN, params={"title": phase.title})
    for phase in phases.values():
        yield Evolution("phase.removed", LOSES, params={"title": phase.title})


def _listed(kind: str, old: Mapping[str, Any], new: Mapping[str, Any], same: Any) -> Iterator[Evolution]:
    """What was added to, changed in and removed from things that have an id and a title."""
    for name, thing in new.items():
        if name not in old:
            yield Evolution(f"{kind}.added", params={"title": thing.title})
        elif not same(old[name], thing):
            yield Evolution(f"{kind}.changed", params={"title": thing.title})
    for name, thing in old.items():
        if name not in new:
            yield Evolution(f"{kind}.removed", params={"title": thing.title})


def _workbooks(old: Definition, new: Definition) -> Iterator[Evolution]:
    written = [
        {each["id"]: each for each in definition.document.get("documents", ())} for definition in (old, new)
    ]
    for change in _listed(
        "workbook",
        old.workbooks,
        new.workbooks,
        lambda one, other: written[0][one.id] == written[1][other.id],
    ):
        yield replace(change, cost=AGAIN) if change.code == "workbook.changed" else change


def _phase(old: Phase, new: Phase) -> Iterator[Evolution]:
    yield from _places(old, new)
    yield from _questions(old.questions, new.questions, "")
    yield from _moves(old, new)
    if old.first_deposit_by != new.first_deposit_by:
        yield Evolution("opening")
    steps = [{review.id: review for review in phase.reviews} for phase in (old, new)]
    yield from _listed("review", steps[0], steps[1], _same_step)
    if _checked(old.checks) != _checked(new.checks):
        yield Evolution("checks")
    if steps[0].keys() == steps[1].keys() and list(steps[0]) != list(steps[1]):
        yield Evolution("review.order")


def _same_step(one: Review, other: Review) -> bool:
    """Whether two steps say the same; a rule is what it was written as."""
    plain = replace(one, when=None) == replace(other, when=None)
    return plain and _source(one.when) == _source(other.when)


def _checked(checks: tuple[Check, ...]) -> list[Any]:
    return [(check.id, check.that.source, check.message, check.at) for check in checks]


def _places(old: Phase, new: Phase) -> Iterator[Evolution]:
    """Pages and sections, whatever questions they hold."""
    pages = [{page.id: page for page in phase.pages} for phase in (old, new)]
    yield from _listed("page", pages[0], pages[1], _same_place)
    sections = [
        {section.id: section for page in phase.pages for section in page.sections} for phase in (old, new)
    ]
    yield from _listed("section", sections[0], sections[1], _same_place)


def _same_place(one: Any, other: Any) -> bool:
    return (
        (one.title, one.intro) == (other.title, other.intro)
        and _source(one.when) == _source(other.when)
        and getattr(one, "show", ()) == getattr(other, "show", ())
    )


def _source(expression: Expression | None) -> Any:
    return expression.source if expression is not None else None


def _moves(old: Phase, new: Phase) -> Iterator[Evolution]:
    """Questions that changed section, and one change for all those that changed order inside theirs."""
    before, after = _sections_of(old), _sections_of(new)
    for name, section in after.items():
        if name in before and before[name] != section:
            titles = {each.id: each.title for page in new.pages for each in page.sections}
            title = new.questions[name].title
            yield Evolution("moved", path=name, params={"title": title, "after": titles[section]})
    stayed = [name for name in before if after.get(name) == before[name]]
    if stayed != [name for name in after if before.get(name) == after[name]]:
        yield Evolution("order")


def _sections_of(phase: Phase) -> dict[str, str]:
    return {
        question.name: section.id
        for page in phase.pages
        for section in page.sections
        for question in section.questions
    }


def _questions(old: Mapping[str, Question], new: Mapping[str, Question], around: str) -> Iterator[Evolution]:
    for name, question in new.items():
        path = f"{around}{name}"
        if name in old:
            yield from _question(old[name], question, path)
        elif question.required:
            cost = SAFE if question.when is not None else AGAIN
            yield Evolution("question.required", cost, path, {"title": question.title})
        else:
            yield Evolution("question.added", SAFE, path, {"title": question.title})
    for name, question in old.items():
        if name not in new:
            yield Evolution("question.removed", LOSES, f"{around}{name}", {"title": question.title})


def _question(old: Question, new: Question, path: str) -> Iterator[Evolution]:
    def said(code: str, cost: str = SAFE, **params: str) -> Evolution:
        return Evolution(code, cost, path, {"title": new.title, **params})

    if old.title != new.title:
        yield said("renamed", before=old.title)
    if old.help != new.help:
        yield said("help")
    if old.type.slug != new.type.slug:
        yield said("type", LOSES, before=old.type.title, after=new.type.title)
        return
    if new.required and not old.required:
        yield said("mandatory", AGAIN)
    elif old.required and not new.required:
        yield said("optional")
    yield from _choices(old, new, said)
    yield from _conditions(old, new, said)
    yield from _computations(old, new, said)
    if _checked(old.checks) != _checked(new.checks):
        yield said("changed")
    yield from _limits(old, new, said)
    yield from _questions(_inside(old), _inside(new), f"{path}.")


def _inside(question: Question) -> dict[str, Question]:
    """The questions of a block's rows or of a nested object; the parts of another type are its own."""
    inner = question.parts if "properties" in question.schema else question.rows
    return {each.name: each for each in inner}


def _choices(old: Question, new: Question, said: Any) -> Iterator[Evolution]:
    before = {choice.value: choice.label for choice in old.choices}
    after = {choice.value: choice.label for choice in new.choices}
    for value, label in after.items():
        if value not in before:
            yield said("choice.added", after=label)
        elif before[value] != label:
            yield said("choice.renamed", before=before[value], after=label)
    for value, label in before.items():
        if value not in after:
            yield said("choice.removed", AGAIN, before=label)
    if before.keys() == after.keys() and list(before) != list(after):
        yield said("choice.order")


def _conditions(old: Question, new: Question, said: Any) -> Iterator[Evolution]:
    before, after = _source(old.when), _source(new.when)
    if before == after:
        return
    # A question that is hidden keeps no answer in the next deposit.
    if before is None:
        yield said("when.added", LOSES)
    elif after is None:
        yield said("when.removed", AGAIN if new.required else SAFE)
    else:
        yield said("when.changed", LOSES)


def _computations(old: Question, new: Question, said: Any) -> Iterator[Evolution]:
    before, after = _source(old.compute), _source(new.compute)
    if before == after:
        return
    if before is None:
        yield said("compute.added", LOSES)
    elif after is None:
        yield said("compute.removed", AGAIN)
    else:
        yield said("compute.changed")


def _limits(old: Question, new: Question, said: Any) -> Iterator[Evolution]:
    """Whether the schema and the options of a question take fewer answers, or more, than they did."""
    # A workbook is said by itself, and the checks of rows are rules.
    left_out = {"book", "checks"}
    before, after = (
        {key: value for key, value in {**_bare(each), **each.options}.items() if key not in left_out}
        for each in (old, new)
    )
    tighter = looser = other = False
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key), after.get(key)
        if was == now:
            continue
        if key in _TIGHTER_WHEN_HIGHER or key in _TIGHTER_WHEN_LOWER:
            rises = _tightens(key, was, now)
            tighter, looser = tighter or rises, looser or not rises
        elif key in _ANSWER_RULES:
            tighter = tighter or now is not None
            looser = looser or now is None
        else:
            other = True
    if tighter:
        yield said("tightened", AGAIN)
    elif looser:
        yield said("loosened")
    elif other or _annotations(old) != _annotations(new):
        yield said("changed")


def _tightens(key: str, was: Any, now: Any) -> bool:
    """Whether a bound takes fewer answers than it did; the day of the answer may be before any other."""
    if was is None or now is None:
        return was is None
    return "today" in (was, now) or (now > was) is (key in _TIGHTER_WHEN_HIGHER)


def _bare(question: Question) -> dict[str, Any]:
    return {key: value for key, value in question.schema.items() if key not in _SAID}


def _annotations(question: Question) -> tuple[Any, ...]:
    return (
        question.autocomplete,
        question.personal,
        question.internal,
        question.confidential,
        question.prefill,
    )

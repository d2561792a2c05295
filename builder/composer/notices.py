"""What a definition that loads might still be wrong about, each thing with where to mend it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from builder.acts.documents import CHECK, QUESTION, ROW_CHECK, SECTION, Target
from builder.acts.kinds import TWO
from builder.acts.readers import read_too_early
from formdefs import Definition, Question
from formdefs.definition import Check

UNSET = tuple(each["title"] for each in TWO)


@dataclass(frozen=True)
class Notice:
    """A warning about a part; where it is surely mended, what that does and the act that does it."""

    target: Target
    title: str
    message: str
    mend: str = ""
    act: Mapping[str, str] = field(default_factory=dict, compare=False)


def notices(definition: Definition) -> tuple[Notice, ...]:
    """Every warning, in the order of the form."""
    order = {name: number for number, name in enumerate(definition.first_phase.questions)}
    found = sorted(_notices(definition), key=lambda each: order.get(each.target.id.partition(".")[0], -1))
    return tuple(found)


def _notices(definition: Definition) -> Iterator[Notice]:
    phase = definition.first_phase
    for page in phase.pages:
        for section in page.sections:
            target = Target(SECTION, section.id)
            if not section.questions:
                yield _empty(target, section.title, alone=len(page.sections) == 1)
            titles = Counter(question.title for question in section.questions)
            for question in section.questions:
                here = Target(QUESTION, question.name)
                if titles[question.title] > 1:
                    yield Notice(here, question.title, _("Une autre question de la section a ce titre."))
                if tuple(choice.label for choice in question.choices) == UNSET:
                    yield Notice(here, question.title, _("Ses réponses possibles sont à écrire."))
    for check in phase.checks:
        yield from _unwritten(Target(CHECK, check.id), check)
    for question in phase.questions.values():
        yield from _of_rows(question, question.name)
    known = {question.name: question.title for question in phase.questions.values()}
    for reader, name in read_too_early(definition):
        message = _("Sa règle lit « {title} », posée plus loin.").format(title=known[name])
        act = {"act": "move", "at": str(Target(QUESTION, reader)), "to": str(Target(QUESTION, name))}
        mend = _("la placer après « {title} »").format(title=known[name])
        yield Notice(Target(QUESTION, reader), known[reader], message, mend, act)


def _of_rows(group: Question, path: str) -> Iterator[Notice]:
    """The checks of a group's rows, and of the groups in them, whose rule is still to be written."""
    for check in group.checks:
        yield from _unwritten(Target(ROW_CHECK, f"{path}.{check.id}"), check)
    for row in group.rows:
        yield from _of_rows(row, f"{path}.{row.name}")


def _unwritten(target: Target, check: Check) -> Iterator[Notice]:
    if check.that.source is True:
        yield Notice(target, check.message, _("Ce contrôle est toujours vrai : sa règle est à écrire."))


def _empty(target: Target, title: str, *, alone: bool) -> Notice:
    """A section without questions, which may go unless its page has no other."""
    message = _("Cette section ne pose aucune question.")
    if alone:
        return Notice(target, title, message)
    return Notice(target, title, message, _("la supprimer"), {"act": "delete", "at": str(target)})

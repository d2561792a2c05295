"""What a definition that loads might still be wrong about, each thing with where to mend it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from builder.acts.documents import QUESTION, SECTION, Target
from builder.acts.kinds import TWO
from builder.acts.readers import read_too_early
from formdefs import Definition

UNSET = tuple(each["title"] for each in TWO)


@dataclass(frozen=True)
class Notice:
    """A warning about a part."""

    target: Target
    title: str
    message: str


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
                yield Notice(target, section.title, _("Cette section ne pose aucune question."))
            titles = Counter(question.title for question in section.questions)
            for question in section.questions:
                here = Target(QUESTION, question.name)
                if titles[question.title] > 1:
                    yield Notice(here, question.title, _("Une autre question de la section a ce titre."))
                if tuple(choice.label for choice in question.choices) == UNSET:
                    yield Notice(here, question.title, _("Ses réponses possibles sont à écrire."))
    known = {question.name: question.title for question in phase.questions.values()}
    for reader, name in read_too_early(definition):
        message = _("Sa règle lit « {title} », posée plus loin.").format(title=known[name])
        yield Notice(Target(QUESTION, reader), known[reader], message)

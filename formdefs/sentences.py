"""The French sentence of each problem with an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from formdefs.definition import Question
from formdefs.errors import gettext_noop
from formdefs.fields.base import SHARED_MESSAGES
from formdefs.judgement import AnswerProblem

REQUIRED: Mapping[str, str] = {
    "text": gettext_noop("Répondez à « {title} »."),
    "textarea": gettext_noop("Répondez à « {title} »."),
    "number": gettext_noop("Indiquez un nombre pour « {title} »."),
    "money": gettext_noop("Indiquez un montant pour « {title} »."),
    "date": gettext_noop("Indiquez une date pour « {title} »."),
    "checkbox": gettext_noop("Cochez la case « {title} »."),
    "yesno": gettext_noop("Choisissez « Oui » ou « Non » pour « {title} »."),
    "radio": gettext_noop("Choisissez une réponse pour « {title} »."),
    "select": gettext_noop("Choisissez une réponse dans la liste pour « {title} »."),
    "checkboxes": gettext_noop("Cochez au moins une réponse pour « {title} »."),
    "workbook": gettext_noop("Joignez le classeur rempli pour « {title} »."),
    "document": gettext_noop("Joignez un fichier pour « {title} »."),
    "lookup": gettext_noop("Choisissez une réponse dans la liste pour « {title} »."),
    "group": gettext_noop("Ajoutez au moins une ligne à « {title} »."),
}


def sentence(
    problem: AnswerProblem,
    question: Question | None,
    translate: Callable[[str], str] = lambda message: message,
) -> str:
    """What is wrong and what to do, in the language of `translate`; the author's own words first.

    Of an answer in several parts, one sentence for each that is wrong.
    """
    if also := problem.params.get("also"):
        alone = {name: value for name, value in problem.params.items() if name != "also"}
        each = [(problem.code, alone), *((str(other["code"]), other) for other in also)]
        return " ".join(
            sentence(AnswerProblem(problem.path, code, params), question, translate) for code, params in each
        )
    part = _part(problem, question)
    if part is not None:
        about = AnswerProblem(problem.path, problem.code, {**problem.params, "part": ""})
        return f"{part.title}\u00a0: {sentence(about, part, translate)}"
    own = question.options.get("message") if question is not None and problem.code == "pattern" else None
    if problem.code == "check":
        return str(problem.params["message"])
    message = str(own) if own else translate(_message(problem.code, question))
    params = {"title": question.title if question is not None else "", **problem.params}
    # Not str.format: a title or a typed value may hold braces, and an author's message too.
    return re.sub(r"\{(\w+)\}", lambda found: str(params.get(found[1], found[0])), message)


def _part(problem: AnswerProblem, question: Question | None) -> Question | None:
    """The part that a problem is about, where its own type has the words for it."""
    if question is None or problem.code in question.type.messages:
        return None
    return next((each for each in question.parts if each.name == problem.params.get("part")), None)


def _message(code: str, question: Question | None) -> str:
    if question is not None:
        if code in question.type.messages:
            return question.type.messages[code]
        if code == "required":
            return REQUIRED.get(question.control, REQUIRED["text"])
    return SHARED_MESSAGES.get(code, SHARED_MESSAGES["type"])

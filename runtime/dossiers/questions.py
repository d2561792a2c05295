"""Finding the question that a path names."""

from formdefs import Phase, Question


def question_at(phase: Phase, path: str) -> Question | None:
    """The question at `nom` or, in a repeatable group, at `depenses.r1.montant`."""
    name, _dot, rest = path.partition(".")
    question = phase.questions.get(name)
    while question is not None and rest:
        _row, _dot, rest = rest.partition(".")
        name, _dot, rest = rest.partition(".")
        question = next((inner for inner in question.rows if inner.name == name), None)
    return question

"""The reference of the operators, docs/reference/expressions.md, made from their table.

python -m formdefs.reference.operators > docs/reference/expressions.md
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from formdefs.definition import Question
from formdefs.expressions import example, phase_names, read, say
from formdefs.expressions.operators import COLLECTORS, OPERATORS, Collector, Operator
from formdefs.load import load

_HEAD = """# Operators of the rules

Made from `formdefs/expressions/operators.py` by `python -m formdefs.reference.operators`. How rules are typed
and what names they read is in [definition.md](definition.md); the examples are read on the form of
`formdefs/expressions/example.py`.

**Null gives null** unless the meaning says otherwise, and is false in a condition. A constant number takes
the unit of what it is put beside: beside an amount, `1250` is 12,50 €. `{"money": 1250}` says so by itself,
and `{"decimal": [125, 2]}` is 1,25.

| operator | takes | gives | example | its value | in French |
| --- | --- | --- | --- | --- | --- |
"""


def page() -> str:
    """The reference, in Markdown."""
    questions = example_questions()
    described: list[Operator | Collector] = [*OPERATORS.values(), *COLLECTORS.values()]
    return _HEAD + "".join(_line(each, questions) for each in described)


def example_questions() -> Mapping[str, Question]:
    """The questions that the examples read."""
    return load(json.dumps({"type": "object", "properties": example.QUESTIONS})).first_phase.questions


def _line(described: Operator | Collector, questions: Mapping[str, Question]) -> str:
    said = say(read(described.example, phase_names(questions.values())), questions)
    rule, value = (_json(each) for each in (described.example, described.gives))
    cells = (f"`{described.name}`", described.takes, described.meaning, f"`{rule}`", f"`{value}`", said)
    return f"| {' | '.join(cells)} |\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    print(page(), end="")

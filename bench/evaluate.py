"""What judging answers costs, beside python-jsonschema judging the same answers alone.

    .venv/bin/python bench/evaluate.py

Our judge reads what was typed (text), and says what is visible, valid, complete and missing, page by page;
the schema's validator is given values already read, says whether they are valid, and nothing more.
"""

import json
import sys
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path[0] = str(Path(__file__).resolve().parents[1])

from jsonschema import Draft202012Validator  # noqa: E402

from formdefs import Context, evaluate, load  # noqa: E402

CASES = ((30, 0), (60, 8), (300, 100))
"""How many questions, and how many of them appear only where the one before has a certain answer."""
ROUNDS, TIMES = 7, 200


def definition(questions: int, rules: int) -> str:
    """A démarche of that many questions."""
    properties = {f"q{n}": question(n, ruled=n % 2 == 1 and n // 2 < rules) for n in range(questions)}
    phase = {
        "id": "demande",
        "title": "Demande",
        "answers": {
            "type": "object",
            "properties": properties,
            "required": [f"q{n}" for n in range(0, questions, 2)],
            "additionalProperties": False,
        },
        "layout": [
            {
                "page": "page",
                "title": "Page",
                "sections": [{"id": "s", "title": "Tout", "fields": [*properties]}],
            }
        ],
        "reviews": [
            {"id": "lecture", "title": "Lecture", "role": "lecteur", "decisions": ["accept", "refuse"]}
        ],
    }
    made = {
        "definition": 1,
        "id": "banc",
        "title": "Banc d’essai",
        "summary": "Mesurer.",
        "language": "fr",
        "timezone": "Europe/Paris",
        "applicants": {"kinds": ["person"]},
        "roles": {"lecteur": {"title": "Lecteur"}},
        "phases": [phase],
    }
    return json.dumps(made)


def question(number: int, *, ruled: bool) -> dict[str, object]:
    """A text or an e-mail address; with a rule, it waits for the answer before it."""
    asked: dict[str, object] = {"type": "string", "title": f"Question {number}", "maxLength": 200}
    kind: dict[str, object] = {"type": "text"}
    if number % 5 == 4:
        asked, kind = {"type": "string", "title": f"Question {number}", "format": "email"}, {"type": "email"}
    if ruled:
        kind["when"] = {"==": [{"var": f"q{number - 1}"}, "oui"]}
    return {**asked, "x-field": kind}


def milliseconds(act: object) -> float:
    """The median of several rounds of many calls."""
    found = []
    for _ in range(ROUNDS):
        began = perf_counter()
        for _ in range(TIMES):
            act()  # type: ignore[operator]
        found.append(1000 * (perf_counter() - began) / TIMES)
    return median(found)


def main() -> None:
    """Measure each case, and print."""
    for questions, rules in CASES:
        text = definition(questions, rules)
        phase = load(text).first_phase
        raw = {f"q{n}": "nadia@exemple.fr" if n % 5 == 4 else "oui" for n in range(questions)}
        context = Context(today=date(2026, 11, 22))
        schema = json.loads(text)["phases"][0]["answers"]
        validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        judgement = evaluate(phase, raw, context)
        assert not judgement.problems and judgement.answered, judgement.problems[:3]
        assert validator.is_valid(judgement.answers)
        ours = milliseconds(lambda p=phase, r=raw, c=context: evaluate(p, r, c))
        theirs = milliseconds(lambda v=validator, a=judgement.answers: v.is_valid(a))
        print(
            f"{questions:3} questions, {rules:3} règles : le juge {ours:.2f} ms, "
            f"jsonschema seul {theirs:.2f} ms, rapport {ours / theirs:.2f}"
        )


if __name__ == "__main__":
    main()

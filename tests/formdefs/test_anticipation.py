"""The page's script judges as the server does: same visibility, same values, in Chromium."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from playwright.sync_api import Browser

from formdefs import Judgement, evaluate, load
from formdefs.anticipation import given_outside, has_rules, program
from tests.formdefs.generation import CONTEXT, cases
from tests.formdefs.material import ROOT, form, whole

SCRIPT = ROOT / "themes" / "socle" / "static" / "socle" / "js" / "rules.js"
JUDGED = """async ([script, forms]) => {
  const { judge } = await import(script);
  const plain = ({ answers, visible, sections, computed }) => ({
    answers, visible: [...visible].sort(), sections: [...sections].sort(),
    computed: Object.fromEntries([...computed].filter(([, value]) => value !== null)),
  });
  return JSON.stringify(forms.map(({ program, raws, given }) =>
    raws.map((raw) => plain(judge(program, raw, given)))));
}"""
FORMS, ANSWERED = 150, 20


def seen(judgement: Judgement) -> dict[str, Any]:
    """What the script is expected to say of a judgement."""
    return {
        "answers": judgement.answers,
        "visible": sorted(path for path in judgement.visible if ":" not in path),
        "sections": sorted(path[8:] for path in judgement.visible if path.startswith("section:")),
        "computed": judgement.computed,
    }


def test_thousands_of_random_forms_are_judged_alike_in_chromium(chromium_browser: Browser) -> None:
    generated = list(cases(range(FORMS), ANSWERED))
    forms, expected = [], []
    for _, case in generated:
        phase = case.definition.first_phase
        rules = program(phase)
        given = given_outside(rules, {}, CONTEXT.roots)
        forms.append({"program": rules, "raws": case.raws, "given": given})
        expected.append([seen(evaluate(phase, raw, CONTEXT)) for raw in case.raws])
    script = "data:text/javascript;base64," + base64.b64encode(SCRIPT.read_bytes()).decode()
    page = chromium_browser.new_page()
    found = json.loads(page.evaluate(JUDGED, [script, forms]))
    page.close()
    assert sum(len(each["computed"]) for answered in expected for each in answered) > FORMS * ANSWERED
    for (seed, case), theirs, ours in zip(generated, found, expected, strict=True):
        for raw, their, our in zip(case.raws, theirs, ours, strict=True):
            assert their == our, (seed, json.dumps(raw, ensure_ascii=False))


def test_a_page_is_given_what_it_reads_and_nothing_else() -> None:
    document = whole(
        {
            "a": {"type": "boolean"},
            "secret": {"type": "string"},
            "b": {"type": "string", "x-field": {"when": {"and": [{"var": "a"}, REGION]}}},
        },
        layout=[
            {"page": "un", "title": "Un", "sections": [{"id": "u", "title": "U", "fields": ["a", "secret"]}]},
            {"page": "deux", "title": "Deux", "sections": [{"id": "d", "title": "D", "fields": ["b"]}]},
        ],
    )
    phase = load(json.dumps(document)).first_phase
    first, second = (program(phase, page) for page in phase.pages)
    assert not has_rules(first) and has_rules(second)
    assert (second["outside"], second["roots"]) == (["a"], ["organisation.region"])
    given = given_outside(second, {"a": True, "secret": "x"}, CONTEXT.roots)
    assert given == {"answers": {"a": True}, "outer": {"organisation": {"region": "53"}}}


def test_what_depends_on_an_answer_that_only_the_server_reads_is_left_to_it() -> None:
    when = {"when": {"==": [{"var": "lieu"}, "35238"]}}
    document = whole(
        {
            "lieu": {"type": "string", "x-field": {"type": "commune"}},
            "n": {"type": "integer"},
            "a": {"type": "integer", "x-field": when},
            "b": {"type": "integer", "x-field": {"compute": {"var": "a"}}},
            "c": {"type": "integer", "x-field": {"compute": {"var": "n"}}},
            "g": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "ici": {"type": "string", "x-field": {"type": "commune"}},
                        "x": {"type": "integer", "x-field": {"when": {"!!": {"var": "ici"}}}},
                        "y": {"type": "integer", "x-field": {"when": {"!!": {"var": "parent.n"}}}},
                    },
                },
            },
            "sum_x": {
                "type": "integer",
                "x-field": {"compute": {"sum": {"map": [{"var": "g"}, {"var": "x"}]}}},
            },
            "sum_y": {
                "type": "integer",
                "x-field": {"compute": {"sum": {"map": [{"var": "g"}, {"var": "y"}]}}},
            },
        }
    )
    asked = program(load(json.dumps(document)).first_phase)["questions"]
    rows = next(each["rows"] for each in asked if each["name"] == "g")
    assert {each["name"] for each in [*asked, *rows] if each.get("left")} == {"a", "b", "x", "sum_x"}


REGION = {"==": [{"var": "organisation.region"}, "53"]}


@pytest.mark.parametrize("questions", [{"a": {"type": "string"}}, {"a": {"type": "boolean", "title": "A ?"}}])
def test_a_form_without_rules_asks_nothing_of_the_script(questions: Any) -> None:
    assert not has_rules(program(form(questions).first_phase))

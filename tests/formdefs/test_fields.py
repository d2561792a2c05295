"""Every field type keeps to its vectors, answers its own sample and speaks French."""

from __future__ import annotations

import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from formdefs import AnswerProblem, Context, FileFacts, Invalid, check_file, evaluate, load, present, sentence
from formdefs.fields.base import SHARED_MESSAGES
from formdefs.registry import TYPES
from formdefs.sample import filled
from formdefs.sentences import REQUIRED
from tests.formdefs.material import TODAY, VECTORS, context_of, form, vectors


def _cases() -> list[Any]:
    found = []
    for slug in TYPES:
        written = vectors(f"fields/{slug}")
        for number, each in enumerate(written["sets"]):
            for case in each["cases"]:
                found.append(pytest.param(each, case, id=f"{slug}-{number}-{case['raw']!r:.30}"))
    return found


def test_every_type_has_its_vectors_and_no_vector_is_left_over() -> None:
    assert {path.stem for path in (VECTORS / "fields").iterdir()} == set(TYPES)


@pytest.mark.parametrize(("each", "case"), _cases())
def test_what_is_typed_gives_the_value_or_the_problem_of_the_vector(each: Any, case: Any) -> None:
    phase = form({"q": each["schema"]}).first_phase
    context = context_of(each)
    judgement = evaluate(phase, {"q": case["raw"]}, context)
    assert [problem.code for problem in judgement.problems] == (
        [case["problem"]] if "problem" in case else []
    )
    assert judgement.answers.get("q") == case.get("value")
    for problem in judgement.problems:
        said = sentence(problem, phase.questions["q"])
        assert said.endswith(".") and "{" not in said, said
    if "problem" not in case:
        (section,) = present(phase, judgement.answers, context)
        assert section.lines[0].text == case["text"]
        assert Draft202012Validator(phase.schema).is_valid(judgement.answers)


@pytest.mark.parametrize("slug", sorted(TYPES))
def test_a_sample_is_accepted_and_typed_again_gives_itself(slug: str) -> None:
    for each in vectors(f"fields/{slug}")["sets"]:
        if "pattern" in each["schema"]:
            continue
        phase = form({"q": each["schema"]}).first_phase
        ready = filled(phase, context_of(each))
        judgement = evaluate(phase, ready.raw, ready.context)
        assert judgement.problems == ()
        question = phase.questions["q"]
        again = evaluate(phase, {"q": question.type.raw(question, judgement.answers["q"])}, ready.context)
        assert again.answers == judgement.answers


@pytest.mark.parametrize("slug", sorted(TYPES))
def test_a_cell_is_something_that_a_spreadsheet_holds(slug: str) -> None:
    each = vectors(f"fields/{slug}")["sets"][0]
    phase = form({"q": each["schema"]}).first_phase
    ready = filled(phase, context_of(each))
    question = phase.questions["q"]
    cell = question.type.cell(question, evaluate(phase, ready.raw, ready.context).answers["q"])
    assert type(cell).__name__ in {"str", "int", "float", "date", "bool"}


def _sentences() -> list[tuple[str, str]]:
    found = [("shared", message) for message in (*SHARED_MESSAGES.values(), *REQUIRED.values())]
    return found + [(slug, message) for slug, kind in TYPES.items() for message in kind.messages.values()]


@pytest.mark.parametrize(("slug", "message"), _sentences())
def test_messages_are_typographic_french(slug: str, message: str) -> None:
    assert not re.search(r"« | »| [:;!?](?: |$)|'|\.\.\.|\(e\)", message), "espace insécable ou apostrophe"
    assert message[0].isupper() or message[0] in "«{"
    assert message.endswith(".")


@pytest.mark.parametrize("slug", sorted(TYPES))
def test_a_required_question_says_what_to_do(slug: str) -> None:
    each = vectors(f"fields/{slug}")["sets"][0]
    schema = {**each["schema"], "title": "Ma question"}
    phase = form({"q": schema}, required=["q"]).first_phase
    (problem,) = evaluate(phase, {}, context_of(each)).problems
    said = sentence(problem, phase.questions["q"])
    assert problem.code == "required"
    assert said.split()[0] in {"Répondez", "Indiquez", "Cochez", "Choisissez", "Joignez", "Ajoutez"}
    assert "{" not in said


def test_a_sentence_keeps_the_braces_of_what_was_typed() -> None:
    phase = form({"q": {"type": "string", "title": "Code {limit}"}}, required=["q"]).first_phase
    (problem,) = evaluate(phase, {}, Context(TODAY)).problems
    assert "Code {limit}" in sentence(problem, phase.questions["q"])


def test_a_pattern_has_the_message_of_its_author() -> None:
    schema = {
        "type": "string",
        "pattern": "^[A-Z]+$",
        "x-field": {"type": "text", "message": "En majuscules, SVP."},
    }
    phase = form({"q": schema}).first_phase
    (problem,) = evaluate(phase, {"q": "abc"}, Context(TODAY)).problems
    assert sentence(problem, phase.questions["q"]) == "En majuscules, SVP."


def test_sentences_are_said_in_the_language_of_the_catalogue() -> None:
    phase = form({"q": {"type": "string", "x-field": {"type": "siret"}}}).first_phase
    (problem,) = evaluate(phase, {"q": "12"}, Context(TODAY)).problems
    assert (
        sentence(problem, phase.questions["q"], lambda message: "{gap} digits are missing.")
        == "12 digits are missing."
    )


def test_choices_are_buttons_up_to_five_and_a_list_beyond() -> None:
    five = form({"q": {"enum": list("abcde")}}).first_phase.questions["q"]
    six = form({"q": {"enum": list("abcdef")}}).first_phase.questions["q"]
    assert (five.control, six.control) == ("radio", "select")


def test_text_of_a_definition_reaches_the_question() -> None:
    text = '{"properties": {"q": {"type": "string", "title": "Nom", "description": "Aide", "maxLength": 40}}}'
    question = load(text).first_phase.questions["q"]
    assert (question.title, question.help, question.type.slug) == ("Nom", "Aide", "text")


def test_a_file_is_judged_before_it_is_kept_as_after() -> None:
    question = form({"q": vectors("fields/document")["sets"][0]["schema"]}).first_phase.questions["q"]
    check_file(question, FileFacts("f", "rib.pdf", 1000, "application/pdf", ""))
    with pytest.raises(Invalid) as caught:
        check_file(question, FileFacts("f", "macro.docm", 1000, "application/zip", ""))
    said = sentence(AnswerProblem("q", caught.value.code, caught.value.params), question)
    assert said.startswith("«\u00a0macro.docm\u00a0» n’est pas un fichier PDF, PNG ou JPEG.")

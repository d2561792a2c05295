"""Every field type keeps to its vectors, answers its own sample and speaks French."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from formdefs import (
    AnswerProblem,
    Context,
    DefinitionError,
    FileFacts,
    Invalid,
    check_file,
    evaluate,
    load,
    present,
    sentence,
)
from formdefs.fields.base import FAMILIES, SHARED_MESSAGES
from formdefs.options import COMMON_OPTIONS
from formdefs.registry import TYPES
from formdefs.sample import filled
from formdefs.sentences import REQUIRED
from tests.formdefs.material import FIXTURES, TODAY, VECTORS, context_of, form, vectors


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
    assert [problem.params.get("part") for problem in judgement.problems] == [
        case.get("part") for _ in judgement.problems
    ]
    for problem in judgement.problems:
        said = sentence(problem, phase.questions["q"])
        assert said.endswith(".") and "{" not in said, said
    if "problem" not in case:
        (section,) = present(phase, judgement.answers, context)
        assert (section.lines[0].text if section.lines else "") == case["text"]
        assert Draft202012Validator(phase.schema).is_valid(judgement.answers)


LATER = date(2031, 5, 17)


@pytest.mark.parametrize(("each", "case"), _cases())
def test_what_was_accepted_is_judged_on_another_day_as_if_it_were_typed_anew(each: Any, case: Any) -> None:
    phase = form({"q": each["schema"]}).first_phase
    accepted = json.loads(json.dumps(evaluate(phase, {"q": case["raw"]}, context_of(each)).answers))
    later = Context(today=LATER)
    again = evaluate(phase, {"q": case["raw"]}, later, accepted=accepted)
    assert again == evaluate(phase, {"q": case["raw"]}, later)


def test_a_day_bound_to_today_does_not_last() -> None:
    day = {"type": "string", "format": "date", "x-field": {"type": "date", "max": "today"}}
    phase = form({"q": day}).first_phase
    before = evaluate(phase, {"q": "01/06/2031"}, Context(today=LATER), accepted={"q": "2031-06-01"})
    assert [problem.code for problem in before.problems] == ["date.late"]


def test_most_types_last() -> None:
    assert {"text", "long_text", "integer", "choice", "siret", "email"} <= {
        slug for slug, kind in TYPES.items() if kind.lasting
    }
    assert not [slug for slug, kind in TYPES.items() if kind.lasting and kind.takes_files]


ASKING = sorted(slug for slug, kind in TYPES.items() if not kind.static)


@pytest.mark.parametrize("slug", ASKING)
def test_a_sample_is_accepted_and_typed_again_gives_itself(slug: str) -> None:
    for each in vectors(f"fields/{slug}")["sets"]:
        if "pattern" in each["schema"] and "examples" not in each["schema"]:
            continue
        phase = form({"q": each["schema"]}).first_phase
        ready = filled(phase, context_of(each))
        judgement = evaluate(phase, ready.raw, ready.context)
        assert judgement.problems == ()
        question = phase.questions["q"]
        again = evaluate(phase, {"q": question.type.raw(question, judgement.answers["q"])}, ready.context)
        assert again.answers == judgement.answers


@pytest.mark.parametrize("slug", ASKING)
def test_a_cell_is_something_that_a_spreadsheet_holds(slug: str) -> None:
    each = vectors(f"fields/{slug}")["sets"][0]
    phase = form({"q": each["schema"]}).first_phase
    ready = filled(phase, context_of(each))
    question = phase.questions["q"]
    cell = question.type.cell(question, evaluate(phase, ready.raw, ready.context).answers["q"])
    assert type(cell).__name__ in {"str", "int", "float", "date", "datetime", "bool"}


def _sentences() -> list[tuple[str, str]]:
    found = [("shared", message) for message in (*SHARED_MESSAGES.values(), *REQUIRED.values())]
    return found + [(slug, message) for slug, kind in TYPES.items() for message in kind.messages.values()]


@pytest.mark.parametrize(("slug", "message"), _sentences())
def test_messages_are_typographic_french(slug: str, message: str) -> None:
    assert not re.search(r"« | »| [:;!?](?: |$)|'|\.\.\.|\(e\)", message), "espace insécable ou apostrophe"
    assert message[0].isupper() or message[0] in "«{"
    assert message.endswith(".")


@pytest.mark.parametrize("slug", ASKING)
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


def test_there_are_at_least_thirty_types() -> None:
    assert len(TYPES) >= 30


@pytest.mark.parametrize("slug", sorted(TYPES))
def test_the_palette_knows_what_each_type_is_called_and_for(slug: str) -> None:
    kind = TYPES[slug]
    assert kind.title and kind.family in FAMILIES
    assert kind.description.endswith(".") and len(kind.synonyms) >= 3
    assert kind.personal in {"", "identity", "contact", "finance", "family", "health", "other"}


@pytest.mark.parametrize("slug", sorted(TYPES))
def test_the_options_of_a_type_are_themselves_a_form_in_french(slug: str) -> None:
    """So that the editor's panel is made by our own renderer."""
    options = TYPES[slug].options_schema["properties"]
    if not options:
        return
    phase = form(options).first_phase
    assert set(phase.questions) == set(options)
    for name, question in phase.questions.items():
        assert question.title != name and question.help, f"{slug}.{name}"


def test_the_common_options_of_a_panel_are_said_in_french_too() -> None:
    kept = {"prefill", "help", "autocomplete", "personal", "internal", "confidential"}
    phase = form({name: COMMON_OPTIONS[name] for name in kept}).first_phase
    assert all(question.title != name and question.help for name, question in phase.questions.items())


def test_personal_data_is_declared_unless_the_author_says_otherwise() -> None:
    asked = form(
        {
            "courriel": {"type": "string", "format": "email"},
            "autre": {"type": "string", "format": "email", "x-field": {"personal": "other"}},
        }
    ).first_phase.questions
    assert (asked["courriel"].personal, asked["autre"].personal) == ("contact", "other")


ODD: list[Any] = [
    None, True, 0, -1, 2**70, 1.5, float("inf"), "", " ", "\x00", "\ud800", "\u202e", "0" * 5000, "é" * 300,
    "9" * 40, "99/99/9999", "25:99", "0000-00", "٣٣", "²", "+33", "{limit}", "%s",
]  # fmt: skip


@pytest.mark.parametrize("slug", sorted(TYPES))
def test_nothing_that_is_typed_makes_a_type_fail(slug: str) -> None:
    """Every naughty string, alone, in a list, in an object and in each part of a compound answer."""
    blns = FIXTURES / "05-nasty" / "blns" / "blns.json"
    typed = [*ODD, *(json.loads(blns.read_text("utf-8")) if blns.exists() else [])]
    each = vectors(f"fields/{slug}")["sets"][0]
    phase, context = form({"q": each["schema"]}).first_phase, context_of(each)
    names = [part.name for part in phase.questions["q"].parts] or ["other"]
    for raw in typed:
        for shape in (raw, [raw], {"a": raw}, dict.fromkeys(names, raw), {names[-1]: [raw]}):
            judgement = evaluate(phase, {"q": shape}, context)
            for problem in judgement.problems:
                assert sentence(problem, phase.questions["q"])


def test_half_a_compound_answer_waits_where_it_is_optional_too() -> None:
    phase = form({"q": {"type": "object", "x-field": {"type": "period"}}}).first_phase
    judgement = evaluate(phase, {"q": {"start": "01/03/2026"}}, Context(TODAY))
    (problem,) = judgement.problems
    assert (problem.code, problem.params["part"], judgement.answers) == ("required", "end", {})
    assert not judgement.format_problems, "nothing is said while one is still typing"


def test_a_text_of_the_form_is_neither_counted_nor_kept_nor_told() -> None:
    phase = form(
        {
            "t": {"type": "null", "title": "Titre", "x-field": {"type": "title"}},
            "e": {"type": "null", "description": "Gardez les factures."},
            "nom": {"type": "string"},
        },
        required=["nom"],
    ).first_phase
    judgement = evaluate(phase, {"t": "x", "e": "y", "nom": "Martin"}, Context(TODAY))
    assert (judgement.answers, judgement.required, judgement.answered) == ({"nom": "Martin"}, 1, 1)
    assert {"t", "e"} < judgement.visible
    (section,) = present(phase, judgement.answers, Context(TODAY))
    assert [line.path for line in section.lines] == ["nom"]


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "null", "x-field": {"type": "title", "required": True}}, "n’attend pas de réponse"),
        ({"x-field": {"type": "formatted_text"}}, "Donnez le motif"),
        (
            {
                "pattern": "^[0-9]+$",
                "examples": ["abc"],
                "x-field": {"type": "formatted_text", "message": "x"},
            },
            "ne suit pas le motif",
        ),
        ({"enum": ["a"], "x-field": {"type": "choice", "other": True}}, "dont la dernière est"),
        ({"enum": ["a"], "x-field": {"type": "reference_list", "list": "epci"}}, "pas les deux"),
        ({"x-field": {"type": "text", "prefill": "n’importe quoi"}}, "Une réponse proposée vient de"),
        ({"x-field": {"type": "siret", "prefill": "organisation.finess2"}}, "Une réponse proposée vient de"),
        ({"x-field": {"type": "explanation", "tone": "rouge"}, "type": "null"}, "Valeurs possibles"),
    ],
)
def test_what_an_author_may_not_write_is_refused_with_a_sentence(schema: Any, said: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        form({"q": {"type": "string", **schema}})
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "prefill",
    [
        "organisation.siret", "applicant.email", "dossier:care-domaine-2.dsi_nom", "query:nom",
        "signed:siret", "register:sirene.adresse.voie",
    ],
)  # fmt: skip
def test_a_proposed_answer_says_where_it_comes_from(prefill: str) -> None:
    schema = {"type": "string", "x-field": {"type": "text", "prefill": prefill}}
    assert form({"q": schema}).first_phase.questions["q"].prefill == prefill


def test_a_long_list_is_searched_and_a_short_one_unrolled() -> None:
    asked = form(
        {
            "commune": {"x-field": {"type": "commune"}},
            "departement": {"x-field": {"type": "departement"}},
            "metier": {"enum": [f"m{n}" for n in range(200)], "x-field": {"type": "reference_list"}},
        }
    ).first_phase.questions
    assert [each.control for each in asked.values()] == ["lookup", "select", "lookup"]
    metier = asked["metier"]
    assert [choice.value for choice in metier.type.matches(metier, "m19")][:2] == ["m19", "m190"]


def test_the_form_of_every_type_has_them_all_and_takes_its_own_samples() -> None:
    """The workbook's own tests have it: it needs a workbook of the démarche."""
    definition = load((VECTORS / "every_type.json").read_text("utf-8"))
    phase = definition.first_phase
    assert {question.type.slug for question in phase.questions.values()} == set(TYPES) - {"workbook"}
    entities = {"organisation": {"entities": [{"id": "e1", "name": "Clinique"}]}}
    ready = filled(phase, context_of(entities))
    judgement = evaluate(phase, ready.raw, ready.context)
    assert (judgement.problems, judgement.answered) == ((), judgement.required)
    again = {
        name: phase.questions[name].type.raw(phase.questions[name], judgement.answers[name])
        for name in judgement.answers
    }
    assert evaluate(phase, again, ready.context).answers == judgement.answers


def test_every_part_that_is_wrong_is_told_at_once() -> None:
    phase = form({"q": {"type": "object", "x-field": {"type": "bank_details"}}}).first_phase
    typed = {"holder": "", "iban": "FR76 3000", "bic": "AGRI"}
    (problem,) = evaluate(phase, {"q": typed}, Context(TODAY)).problems
    assert (problem.code, problem.params["part"]) == ("iban.short", "iban")
    assert [(each["code"], each["part"]) for each in problem.params["also"]] == [("bic.length", "bic")]
    said = sentence(problem, phase.questions["q"])
    alone = [
        sentence(evaluate(phase, {"q": {**SOUND, **wrong}}, Context(TODAY)).problems[0], phase.questions["q"])
        for wrong in ({"iban": typed["iban"]}, {"bic": typed["bic"]})
    ]
    assert said == " ".join(alone)


SOUND = {"holder": "Camille Martin", "iban": "FR7630006000011234567890189", "bic": "AGRIFRPP"}


def test_a_nested_object_is_read_by_rules_and_each_part_says_its_own_problem() -> None:
    contact = {
        "type": "object", "title": "Contact", "required": ["nom"],
        "properties": {
            "nom": {"type": "string", "title": "Nom"},
            "ne": {"type": "string", "format": "date", "title": "Né le"},
            "code": {"type": "string", "title": "Code", "pattern": "^[A-Z]{2}$", "examples": ["AB"],
                     "x-field": {"type": "formatted_text", "message": "Deux lettres."}},
        },
    }  # fmt: skip
    when = {"==": [{"var": "contact.nom"}, "Martin"]}
    phase = form({"contact": contact, "suite": {"type": "string", "x-field": {"when": when}}}).first_phase
    seen = evaluate(phase, {"contact": {"nom": "Martin"}}, Context(TODAY))
    assert "suite" in seen.visible and seen.answers["contact"] == {"nom": "Martin"}
    assert "suite" not in evaluate(phase, {"contact": {"nom": "Durand"}}, Context(TODAY)).visible
    typed = {"contact": {"nom": "Martin", "ne": "31/02/2000", "code": "abc"}}
    (problem,) = evaluate(phase, typed, Context(TODAY)).problems
    said = sentence(problem, phase.questions["contact"])
    assert said.startswith("Né le\u00a0: Le 31/02/2000") and said.endswith("Code\u00a0: Deux lettres.")
    (lacking,) = evaluate(phase, {"contact": {"code": "AB"}}, Context(TODAY)).problems
    assert sentence(lacking, phase.questions["contact"]) == (
        "Indiquez «\u00a0Nom\u00a0» pour «\u00a0Contact\u00a0»."
    )

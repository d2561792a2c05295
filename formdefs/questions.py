"""From the JSON Schema of a phase's answers to its questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from formdefs.definition import Check, Question
from formdefs.drafts import Draft, drafts_of
from formdefs.expressions import ExpressionFlaw, Names, Parsed, parse_as, phase_names
from formdefs.findings import Findings, mapping, sequence

MOST_QUESTIONS = 2000
# What may be computed, and shown on one line.
COMPUTABLE = frozenset({"boolean", "number", "text", "date"})


def read_questions(
    schema: Mapping[str, Any], base: str, findings: Findings, *, phase: str
) -> dict[str, Question]:
    """The questions of an object schema, by name in its order, rules included."""
    drafts = drafts_of(schema, base, findings, depth=0)
    if sum(draft.size for draft in drafts) > MOST_QUESTIONS:
        findings.add(base, "too_many_questions", "Une phase compte au plus 2 000 questions.")
        return {}
    return _settled(drafts, phase_names((draft.question(()) for draft in drafts), phase), findings)


def _settled(drafts: list[Draft], names: Names, findings: Findings) -> dict[str, Question]:
    """The questions of one level with their rules, which read `names`."""
    questions = {}
    for draft in drafts:
        inner = Names(phase_names(row.question(()) for row in draft.rows).columns, parent=names)
        rows = _settled(draft.rows, inner, findings)
        place = f"{draft.pointer}/x-field"
        checks = read_checks(sequence(draft.field.get("checks")), rows, inner, f"{place}/checks", findings)
        question = draft.question(tuple(rows.values()))
        questions[draft.name] = replace(
            question,
            when=findings.rule(draft.field.get("when"), names, f"{place}/when"),
            compute=_computation(draft, question, names, findings),
            checks=checks,
        )
    return questions


def _computation(draft: Draft, question: Question, names: Names, findings: Findings) -> Parsed | None:
    """The rule that computes a question, None when there is none or once its flaw is noted."""
    if "compute" not in draft.field:
        return None
    pointer = f"{draft.pointer}/x-field/compute"
    wanted = question.type.reads_as(question)
    if wanted.kind not in COMPUTABLE:
        findings.add(
            pointer, "compute_type", f"Une question « {question.type.slug} » ne peut pas être calculée."
        )
        return None
    if question.required or question.prefill:
        findings.add(
            pointer,
            "compute_asked",
            f"« {draft.name} » est calculée : personne n’y répond, elle ne peut être ni obligatoire ni "
            "préremplie.",
        )
    try:
        return parse_as(draft.field["compute"], names, wanted)
    except ExpressionFlaw as flaw:
        findings.add(pointer + flaw.pointer, flaw.code, flaw.message)
        return None


def read_checks(
    written: list[Any], questions: Mapping[str, Question], names: Names, pointer: str, findings: Findings
) -> tuple[Check, ...]:
    """What must hold of several answers together, of a phase or of the rows of a group."""
    checks: list[Check] = []
    for index, check in enumerate(map(mapping, written)):
        identity, at, place = str(check.get("id", "")), str(check.get("at", "")), f"{pointer}/{index}"
        if any(identity == other.id for other in checks):
            findings.add(f"{place}/id", "duplicate_id", f"L’identifiant « {identity} » est déjà pris.")
        if at not in questions:
            findings.add(f"{place}/at", "check_unknown", f"« {at} » n’est pas une question.")
        that = findings.rule(check.get("that"), names, f"{place}/that")
        if that is not None:
            checks.append(Check(identity, that, str(check.get("message", "")), at))
    return tuple(checks)

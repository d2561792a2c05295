"""From a text to a démarche, or to every problem that it has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from formdefs import dependencies, metaschema, positions
from formdefs.definition import (
    Applicants,
    Definition,
    EntryRule,
    LocalTime,
    Opening,
    Phase,
    Question,
    Review,
    Role,
    Words,
    WorkingDays,
)
from formdefs.dump import dump, parse
from formdefs.errors import DefinitionError, DefinitionProblem
from formdefs.expressions import Names, phase_names
from formdefs.findings import Findings, mapping, sequence
from formdefs.layouts import read_pages
from formdefs.questions import read_checks, read_questions
from formdefs.upgrades import upgraded
from formdefs.workbooks import read_workbooks

PARIS = "Europe/Paris"
_REVIEW = {"id": "instruction", "title": "Instruction", "role": "instructeur"}
_ROLES = {"instructeur": {"title": "Instructeur"}}


@dataclass(frozen=True)
class _Place:
    """Where a phase is written: the pointers of its answers and of itself, and the zone of its dates."""

    answers: str
    phase: str
    zone: str


def load(text: str, *, slug: str = "") -> Definition:
    """The démarche that a text defines; raises DefinitionError with every problem at once.

    A JSON Schema without the key "definition" is a démarche of one phase and one review step;
    `slug` is then its id.
    """
    document = parse(text)
    findings = Findings()
    if not isinstance(document, dict):
        findings.add("", "type", "Une définition est un objet JSON.")
        raise DefinitionError(findings.problems)
    definition = _read(document, slug, findings)
    if findings.problems:
        raise DefinitionError(_placed(findings.problems, text))
    return definition


def _placed(problems: list[DefinitionProblem], text: str) -> list[DefinitionProblem]:
    """The problems without doubles, each with the line of its pointer or of the nearest one above."""
    lines = positions.lines(text)
    placed = []
    for problem in dict.fromkeys(problems):
        pointer = problem.pointer
        while pointer and pointer not in lines:
            pointer = pointer.rpartition("/")[0]
        placed.append(replace(problem, line=lines.get(pointer)))
    return sorted(placed, key=lambda problem: problem.line or 0)


def _read(document: dict[str, Any], slug: str, findings: Findings) -> Definition:
    bare = "definition" not in document
    whole = _wrapped(document, slug) if bare else upgraded(document)
    if not bare:
        findings.problems.extend(metaschema.problems_of(whole))
    zone = _zone(whole.get("timezone", PARIS), findings)
    roles = {
        name: Role(name, str(mapping(role).get("title", name)), mapping(role).get("scope"))
        for name, role in mapping(whole.get("roles")).items()
    }
    workbooks = read_workbooks(whole.get("documents"), findings)
    findings.workbooks = workbooks
    phases = tuple(
        _phase(
            mapping(phase),
            _Place("" if bare else f"/phases/{index}/answers", f"/phases/{index}", zone),
            roles,
            findings,
        )
        for index, phase in enumerate(sequence(whole.get("phases")))
    )
    text = dump(document)
    return Definition(
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        document=document,
        id=str(whole.get("id", slug)),
        title=str(whole.get("title", "")),
        phases=phases,
        summary=str(whole.get("summary", "")),
        description=str(whole.get("description", "")),
        language=str(whole.get("language", "fr")),
        timezone=zone,
        kind=str(whole.get("kind", "case")),
        words=_words(mapping(whole.get("words"))),
        applicants=_applicants(mapping(whole.get("applicants"))),
        opening=_opening(mapping(whole.get("opening")), zone, findings),
        entry_rules=_entry_rules(sequence(whole.get("entry_rules")), findings),
        roles=roles,
        workbooks=workbooks,
    )


def _wrapped(schema: dict[str, Any], slug: str) -> dict[str, Any]:
    title = schema.get("title", slug or "Démarche")
    phase = {"id": "demande", "title": title, "answers": schema, "reviews": [_REVIEW]}
    return {
        "id": slug or "demarche",
        "title": title,
        "summary": schema.get("description", ""),
        "roles": _ROLES,
        "phases": [phase],
    }


def _phase(written: Mapping[str, Any], place: _Place, roles: Mapping[str, Role], findings: Findings) -> Phase:
    base, pointer, zone = place.answers, place.phase, place.zone
    schema = mapping(written.get("answers"))
    phase_id = str(written.get("id", ""))
    questions = read_questions(schema, base, findings, phase=phase_id)
    names = phase_names(questions.values(), phase_id)
    pages = read_pages(
        written.get("layout"),
        questions,
        names,
        f"{pointer}/layout",
        findings,
        title=str(written.get("title", "")),
    )
    _check_cycles(pages, base, findings)
    sections = {section.id for page in pages for section in page.sections}
    for index, contact in enumerate(sequence(written.get("contacts"))):
        if contact not in sections:
            findings.add(
                f"{pointer}/contacts/{index}", "contact_unknown", f"« {contact} » n’est pas une rubrique."
            )
    placed = {
        question.name: question
        for page in pages
        for section in page.sections
        for question in section.questions
    }
    return Phase(
        id=phase_id,
        title=str(written.get("title", "")),
        pages=pages,
        questions=placed,
        schema=schema,
        intro=str(written.get("intro", "")),
        first_deposit_by=_minute(
            written.get("first_deposit_by"), zone, f"{pointer}/first_deposit_by", findings
        ),
        contacts=tuple(map(str, sequence(written.get("contacts")))),
        reviews=_reviews(sequence(written.get("reviews")), roles, names, f"{pointer}/reviews", findings),
        checks=read_checks(sequence(written.get("checks")), questions, names, f"{pointer}/checks", findings),
    )


def _check_cycles(pages: tuple[Any, ...], base: str, findings: Findings) -> None:
    waiting = [(dependencies.cycle(pages), base)]
    for page in pages:
        for section in page.sections:
            waiting += _row_cycles(section.questions, base, 1)
    for names, place in waiting:
        if names:
            listed = ", ".join(f"« {name} »" for name in names)
            findings.add(
                f"{place}/properties/{names[0]}",
                "cycle",
                f"Ces questions dépendent les unes des autres : {listed}.",
            )


def _row_cycles(
    questions: Iterable[Question], base: str, level: int
) -> Iterator[tuple[tuple[str, ...], str]]:
    """The questions of each group's rows that wait for each other, with the place of the group."""
    for question in questions:
        place = f"{base}/properties/{question.name}/items"
        yield dependencies.row_cycle(question, level), place
        yield from _row_cycles(question.rows, place, level + 1)


def _reviews(
    written: list[Any], roles: Mapping[str, Role], names: Names, pointer: str, findings: Findings
) -> tuple[Review, ...]:
    reviews: list[Review] = []
    for index, review in enumerate(map(mapping, written)):
        review_id, role = str(review.get("id", "")), str(review.get("role", ""))
        if role and role not in roles:
            findings.add(
                f"{pointer}/{index}/role", "role_unknown", f"Le rôle « {role} » n’est pas dans « roles »."
            )
        if role == "applicant":
            findings.add(
                f"{pointer}/{index}/role", "role_reserved", "« applicant » est le rôle de qui dépose."
            )
        if any(review_id == other.id for other in reviews):
            findings.add(
                f"{pointer}/{index}/id", "duplicate_id", f"L’identifiant « {review_id} » est déjà pris."
            )
        within = mapping(review.get("within")).get("working_days")
        decisions = tuple(map(str, sequence(review.get("decisions")))) or Review.decisions
        if "accept" not in decisions:
            findings.add(
                f"{pointer}/{index}/decisions",
                "no_accept",
                "Une étape doit pouvoir accepter, sinon rien n’avance.",
            )
        title = str(review.get("title") or (roles[role].title if role in roles else review_id))
        reviews.append(
            Review(
                review_id,
                title,
                role,
                decisions,
                WorkingDays(within) if isinstance(within, int) else None,
                findings.rule(review.get("when"), names, f"{pointer}/{index}/when"),
            )
        )
    return tuple(reviews)


def _entry_rules(written: list[Any], findings: Findings) -> tuple[EntryRule, ...]:
    rules: list[EntryRule] = []
    for index, rule in enumerate(map(mapping, written)):
        if any(rule.get("id") == other.id for other in rules):
            findings.add(
                f"/entry_rules/{index}/id", "duplicate_id", f"L’identifiant « {rule['id']} » est déjà pris."
            )
        when = findings.rule(rule.get("when"), Names(), f"/entry_rules/{index}/when")
        if when is not None:
            rules.append(EntryRule(str(rule.get("id", "")), when, str(rule.get("message", ""))))
    return tuple(rules)


def _words(written: Mapping[str, Any]) -> Words:
    dossier = str(written.get("dossier", "dossier"))
    return Words(
        dossier=dossier,
        dossier_gender=str(written.get("dossier_gender", "m")),
        dossier_plural=str(written.get("dossier_plural", f"{dossier}s")),
        submit=str(written.get("submit", f"Transmettre votre {dossier}")),
    )


def _applicants(written: Mapping[str, Any]) -> Applicants:
    return Applicants(
        kinds=tuple(map(str, sequence(written.get("kinds")))) or Applicants.kinds,
        organisation_types=tuple(map(str, sequence(written.get("organisation_types")))),
        account=str(written.get("account", Applicants.account)),
        team=str(written.get("team", Applicants.team)),
    )


def _opening(written: Mapping[str, Any], zone: str, findings: Findings) -> Opening:
    opens = _minute(written.get("opens"), zone, "/opening/opens", findings)
    closes = _minute(written.get("closes"), zone, "/opening/closes", findings)
    if opens and closes and closes.wall < opens.wall:
        findings.add("/opening/closes", "dates", "La démarche ferme avant d’ouvrir.")
    return Opening(opens, closes, written.get("per_applicant"))


def _minute(written: Any, zone: str, pointer: str, findings: Findings) -> LocalTime | None:
    if not isinstance(written, str):
        return None
    try:
        return LocalTime(datetime.strptime(written, "%Y-%m-%dT%H:%M"), zone)
    except ValueError:
        findings.add(
            pointer, "date", f"« {written} » n’est pas une date et heure, par exemple 2027-01-31T23:59."
        )
        return None


def _zone(written: Any, findings: Findings) -> str:
    try:
        return ZoneInfo(written).key
    except (ValueError, TypeError, OSError, KeyError):
        findings.add(
            "/timezone", "timezone", f"Le fuseau « {written} » n’existe pas, par exemple Europe/Paris."
        )
        return PARIS

"""The pieces of a page that a save changes, sent out of band so that nothing being typed is touched."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict

from formdefs import Page, Phase, Question
from runtime.dossiers.facts import context_of
from runtime.dossiers.merging import answer_at, flatten
from runtime.dossiers.prefilling import standing
from runtime.dossiers.services import Draft
from runtime.procedures.definitions import definition_of
from runtime.wizard.contexts import format_sentences, progress_of
from runtime.wizard.filling import Filler
from runtime.wizard.progress import progress_card, progress_mini
from runtime.wizard.skeleton import QuestionPiece, SectionPiece, Skeleton, dom_id, skeleton_of


def page_fragments(
    draft: Draft, phase: Phase, page: Page, data: QueryDict, rejected: Mapping[str, str], only: str = ""
) -> str:
    """What changed on a page after a save: errors, parts now visible or hidden, progress, revision.

    `rejected` are sentences about files by path; `only` names the document question that a file was sent to.
    """
    dossier = draft.dossier
    filler = Filler(
        reference=dossier.reference,
        raw=dossier.raw,
        judgement=draft.judgement,
        context=context_of(dossier, draft.attachments, dossier.arrived_at),
        errors=format_sentences(draft, phase, page) | dict(rejected),
        conflicts=dossier.conflicts,
        prefilled=standing(dossier),
    )
    skeleton = skeleton_of(definition_of(dossier.version), phase.id, page)
    shown = set(data.get("shown", "").split())
    # A file of a part is told with the whole answer.
    told = only if phase.question_at(only) else only.rpartition(".")[0]
    pieces = [*_status(draft, phase), *_errors(skeleton, filler, {told} if only else shown)]
    if only:
        pieces.append(_files(skeleton, filler, draft, only))
        name = only.partition(".")[0]
        pieces += [
            _state(skeleton, filler, piece)
            for piece in skeleton.sections
            if any(each.question.name == name for each in piece.questions)
        ]
    else:
        pieces += _changed_parts(skeleton, filler, shown)
        now_shown = " ".join(filler.shown(skeleton))
        pieces.append(f'<input type="hidden" name="shown" id="shown" value="{now_shown}" hx-swap-oob="true">')
    return "".join(pieces)


def _status(draft: Draft, phase: Phase) -> Iterator[str]:
    progress = progress_of(draft, phase)
    revision = draft.dossier.revision
    yield f'<input type="hidden" name="revision" id="revision" value="{revision}" hx-swap-oob="true">'
    yield progress_card(progress, oob=True)
    yield progress_mini(progress, oob=True)


def _errors(skeleton: Skeleton, filler: Filler, paths: set[str]) -> Iterator[str]:
    for path in sorted(paths):
        if path.endswith("#"):
            continue
        html = filler.error(skeleton, path)
        yield f'<div id="e-{dom_id(path)}" hx-swap-oob="innerHTML">{html}</div>'


def _files(skeleton: Skeleton, filler: Filler, draft: Draft, path: str) -> str:
    given = answer_at(flatten(draft.dossier.raw), path)
    return f'<ul id="files-{dom_id(path)}" hx-swap-oob="innerHTML">{filler.files(skeleton, path, given)}</ul>'


def _changed_parts(skeleton: Skeleton, filler: Filler, shown: set[str]) -> Iterator[str]:
    """Sections and questions that the save shows or hides, and answers whose conflict is to be settled."""
    had = {path.rstrip("#") for path in shown}
    before = "afterbegin:#form-body"
    for piece in skeleton.sections:
        names = {each.question.name for each in piece.questions}
        visible = f"section:{piece.section.id}" in filler.judgement.visible
        was = bool(names & had)
        if visible and not was and names:
            yield f'<div hx-swap-oob="{before}">{filler.section(skeleton, piece)}</div>'
        elif was and not visible:
            yield f'<div id="s-{piece.section.id}" hx-swap-oob="delete"></div>'
        elif visible:
            yield from _questions(skeleton, filler, piece, had)
        if visible:
            before = f"afterend:#s-{piece.section.id}"


def _state(skeleton: Skeleton, filler: Filler, piece: SectionPiece) -> str:
    """How far a section is, now."""
    state = filler.section_state(skeleton, piece.section.id)
    return f'<span id="state-{piece.section.id}" hx-swap-oob="innerHTML">{state}</span>'


def _questions(skeleton: Skeleton, filler: Filler, piece: SectionPiece, had: set[str]) -> Iterator[str]:
    before = f"afterbegin:#b-{piece.section.id}"
    yield _state(skeleton, filler, piece)
    for each in piece.questions:
        name = each.question.name
        visible = name in filler.judgement.visible
        if visible and name not in had:
            yield f'<div hx-swap-oob="{before}">{filler.question(skeleton, each)}</div>'
        elif name in had and not visible:
            yield f'<div id="f-{name}" hx-swap-oob="delete"></div>'
        elif visible and _holds_conflict(filler, name):
            yield filler.question(skeleton, each).replace("<div ", '<div hx-swap-oob="outerHTML" ', 1)
        elif visible and each.rows:
            yield from _rows(skeleton, filler, each, name, filler.raw.get(name), {}, had)
        elif visible and each.question.compute is not None:
            yield _computed(filler, each.question, name)
        if visible:
            before = f"afterend:#f-{name}"


def _rows(
    skeleton: Skeleton,
    filler: Filler,
    group: QuestionPiece,
    path: str,
    raw: Any,
    outer: Mapping[str, str],
    had: set[str],
) -> Iterator[str]:
    """What the save shows, hides or computes within the rows of a group."""
    for row in raw if isinstance(raw, list) else ():
        identity = row.get("_row", "")
        rows = {**outer, f"row{len(outer)}": identity}
        before = f"afterend:#o-{dom_id(path)}-{identity}"
        for each in group.rows:
            place, given = f"{path}.{identity}.{each.question.name}", row.get(each.question.name)
            visible = place in filler.judgement.visible
            if visible and place not in had:
                html = filler.question_at(skeleton, each, place, given, rows)
                yield f'<div hx-swap-oob="{before}">{html}</div>'
            elif place in had and not visible:
                yield f'<div id="f-{dom_id(place)}" hx-swap-oob="delete"></div>'
            elif visible and each.rows:
                yield from _rows(skeleton, filler, each, place, given, rows, had)
            elif visible and each.question.compute is not None:
                yield _computed(filler, each.question, place)
            if visible:
                before = f"afterend:#f-{dom_id(place)}"


def _computed(filler: Filler, question: Question, path: str) -> str:
    return f'<div id="c-{dom_id(path)}" hx-swap-oob="innerHTML">{filler.computed(question, path)}</div>'


def _holds_conflict(filler: Filler, name: str) -> bool:
    return any(path.partition(".")[0].rstrip("#") == name for path in filler.conflicts)

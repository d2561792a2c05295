"""Filling a page's skeleton with a draft: values, errors, notices, files, and only what is visible."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from formdefs import Context, FileFacts, Judgement, Question, SectionState
from formdefs.anticipation import given_outside
from runtime.controls.parsing import new_row
from runtime.dates import moment_in_full
from runtime.uploads.sizes import file_size
from runtime.wizard.plain import MARKED, choice_text
from runtime.wizard.skeleton import QuestionPiece, SectionPiece, Skeleton, dom_id
from runtime.wizard.slots import text

INVALID = ' aria-invalid="true"'
MOST_SAID = 30
"""How many sentences about a workbook are shown at once."""


@dataclass(frozen=True)
class Filler:
    """What a page is filled with; `errors` are sentences by path, `prefilled` where answers come from."""

    reference: str
    raw: Mapping[str, Any]
    judgement: Judgement
    context: Context
    errors: Mapping[str, str]
    conflicts: Mapping[str, Any] = field(default_factory=dict)
    prefilled: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def states(self) -> dict[str, SectionState]:
        """How far each section is, by id."""
        return {section.id: section for page in self.judgement.pages for section in page.sections}

    def body(self, skeleton: Skeleton) -> str:
        """The HTML of every visible section of a page; what is hidden waits where it would stand."""
        return "".join(
            self._standing(skeleton, f"section:{piece.section.id}", self.section(skeleton, piece))
            for piece in skeleton.sections
            if skeleton.rules or f"section:{piece.section.id}" in self.judgement.visible
        )

    def _standing(self, skeleton: Skeleton, path: str, html: str) -> str:
        """A part as it stands on the page: hidden, it is inert, and only the page's script can bring it."""
        if path in self.judgement.visible:
            return html
        return f'<template data-part="{path}">{html}</template>' if skeleton.rules else ""

    def rules(self, skeleton: Skeleton) -> dict[str, Any] | None:
        """What the page's script needs to anticipate; None where there is nothing to."""
        if skeleton.rules is None:
            return None
        known = given_outside(skeleton.rules, self.judgement.answers, self.context.roots)
        return {"program": skeleton.rules, "given": known}

    def section(self, skeleton: Skeleton, piece: SectionPiece) -> str:
        """The HTML of a section with its visible questions."""
        return piece.piece.fill(
            {
                "state": self.section_state(skeleton, piece.section.id),
                "body": "".join(self._questions(skeleton, piece)),
            }
        )

    def _questions(self, skeleton: Skeleton, piece: SectionPiece) -> list[str]:
        """The HTML of a section's questions, as texts to be joined: long forms have hundreds."""
        raw, visible, told = self.raw, self.judgement.visible, self.told
        html: list[str] = []
        for each in piece.questions:
            name = each.question.name
            if name in visible and each.plain is not None and name not in told:
                filled = each.plain(raw.get(name))
                html += filled if filled is not None else (self.question(skeleton, each),)
            elif skeleton.rules or name in visible:
                html.append(self._standing(skeleton, name, self.question(skeleton, each)))
        return html

    @cached_property
    def told(self) -> frozenset[str]:
        """The questions of which there is something to say besides the answer."""
        paths = (*self.errors, *self.prefilled, *self.conflicts)
        return frozenset(path.partition(".")[0].rstrip("#") for path in paths)

    def section_state(self, skeleton: Skeleton, section: str) -> str:
        """The tag that says how far a section is; nothing where it asks nothing."""
        state = self.states.get(section)
        return skeleton.small[f"state_{state.state}"].fill({}) if state and state.questions else ""

    def question(self, skeleton: Skeleton, piece: QuestionPiece) -> str:
        """The HTML of a top-level question."""
        name = piece.question.name
        return self.question_at(skeleton, piece, name, self.raw.get(name), {})

    def question_at(
        self, skeleton: Skeleton, piece: QuestionPiece, path: str, raw: Any, rows: Mapping[str, str]
    ) -> str:
        """The HTML of a question at its path; `rows` fill the slots of the rows that it is in."""
        values = dict(rows)
        error = self.error(skeleton, path)
        if error:
            values["error"] = error
            for slot in [f"state.{part}" for part in self.wrong_parts.get(path, ())] or ["state"]:
                values[slot] = INVALID
            values["tone"] = " field--error"
        if path in self.prefilled:
            source = escape(self.prefilled[path])
            values["prefilled"] = skeleton.small["prefilled"].fill({"source": source})
        if path in self.conflicts:
            values["notice"] = self._notice(skeleton, piece, path)
        control = piece.question.control
        if control in MARKED:
            self._mark_choices(values, piece.question, raw)
        elif control == "checkbox":
            values["value"] = " checked" if raw in (True, "true", "on") else ""
        elif control == "entity_statuses":
            values["rows"] = self._entities(piece, path, raw)
        elif control == "document":
            values["files"] = self.files(skeleton, path, raw)
        elif control == "workbook":
            values["files"] = self.files(skeleton, path, raw)
            values["url"] = reverse("runtime:workbook", args=[self.reference, path])
        elif control == "parts":
            self._fill_parts(values, skeleton, piece, path, raw)
        elif control == "lookup":
            values["value"] = text(piece.question.type.typed(piece.question, raw))
            values["matches"] = self._matches(skeleton, piece.question, path, raw)
        elif control == "computed":
            values["value"] = self.computed(piece.question, path)
        elif control == "group":
            values["rows"], values["next"] = self._rows(skeleton, piece, path, raw, rows), new_row()
        else:
            values["value"] = text(raw)
        return piece.piece.fill(values)

    @cached_property
    def wrong_parts(self) -> dict[str, tuple[str, ...]]:
        """The parts of each compound answer that its problem is about."""
        return {
            problem.path: (problem.params["part"], *(each["part"] for each in problem.params.get("also", ())))
            for problem in self.judgement.problems
            if "part" in problem.params
        }

    def error(self, skeleton: Skeleton, path: str) -> str:
        """The HTML of what is wrong with an answer, or with a file of one of its parts."""
        if not self.errors:
            return ""
        said = self.errors.get(path)
        part = " ".join(self.wrong_parts.get(path, ()))
        if said is None:
            begins = f"{path}."
            part, said = next(
                (
                    (name.removeprefix(begins), sentence)
                    for name, sentence in self.errors.items()
                    if name.startswith(begins) and "." not in name.removeprefix(begins)
                ),
                ("", None),
            )
        about = f' data-part="{part}"' if part else ""
        return skeleton.small["error"].fill({"message": escape(said), "about": about}) if said else ""

    def computed(self, question: Question, path: str) -> str:
        """What is computed, as a reader expects it; a dash while it is not known."""
        value = self.judgement.computed.get(path)
        return "–" if value is None else escape(question.type.text(question, value, self.context))

    @staticmethod
    def _mark_choices(values: dict[str, str], question: Question, raw: Any, slot: str = "choice") -> None:
        chosen = {str(item) for item in raw} if isinstance(raw, list) else {choice_text(raw)}
        for number, choice in enumerate(question.choices):
            if choice.value in chosen:
                values[f"{slot}.{number}"] = MARKED[question.control]
        if isinstance(raw, dict) and "other" in raw:
            values["other"], values["other_value"] = MARKED[question.control], text(raw["other"])

    def _fill_parts(
        self, values: dict[str, str], skeleton: Skeleton, piece: QuestionPiece, path: str, raw: Any
    ) -> None:
        question = piece.question
        given: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
        if isinstance(raw, str) and raw:
            given = question.type.split(question, raw)
        for part in question.parts:
            typed = given.get(part.name)
            if part.control in MARKED:
                self._mark_choices(values, part, typed, f"choice.{part.name}")
            elif part.control == "checkbox":
                values[f"value.{part.name}"] = " checked" if typed in (True, "true", "on") else ""
            elif part.control == "document":
                values[f"files.{part.name}"] = self.files(skeleton, f"{path}.{part.name}", typed)
            else:
                values[f"value.{part.name}"] = text(typed)

    def _matches(self, skeleton: Skeleton, question: Question, path: str, raw: Any) -> str:
        """What the list has for a name that is not one answer alone: buttons to choose with."""
        if not isinstance(raw, str) or not raw or question.type.typed(question, raw) != raw:
            return ""
        found = question.type.matches(question, raw)
        inner = "".join(
            skeleton.small["match"].fill(
                {
                    "path": path,
                    "id": f"q-{dom_id(path)}-{number}",
                    "value": escape(choice.value),
                    "label": escape(choice.label),
                }
            )
            for number, choice in enumerate(found)
        )
        return (
            skeleton.small["matches"].fill({"path": path, "typed": text(raw), "body": inner}) if found else ""
        )

    def _entities(self, piece: QuestionPiece, path: str, raw: Any) -> str:
        given = raw if isinstance(raw, dict) else {}
        return "".join(
            piece.entity.fill(  # type: ignore[union-attr]
                {
                    "entity": escape(entity["name"]),
                    "name": f"{path}.{escape(entity['id'])}",
                    "id": f"q-{dom_id(path)}-{place}",
                    "finess": escape(entity.get("finess", "")),
                    **{
                        f"choice.{number}": " selected"
                        for number, choice in enumerate(piece.question.choices)
                        if given.get(entity["id"]) == choice.value
                    },
                }
            )
            for place, entity in enumerate(self.context.entities)
        )

    def files(self, skeleton: Skeleton, path: str, raw: Any) -> str:
        """The list of the files given to a question."""
        found = [self.context.files.get(item) for item in raw] if isinstance(raw, list) else []
        return "".join(self._file(skeleton, path, facts) for facts in found if facts)

    def _file(self, skeleton: Skeleton, path: str, facts: FileFacts) -> str:
        return skeleton.small["file"].fill(
            {
                "id": facts.id,
                "path": path,
                "name": escape(facts.name),
                "size": file_size(facts.size),
                "url": reverse("runtime:attachment", args=[self.reference, facts.id]),
                "detail": _("Accepté") if not facts.reading.get("problems") else _("À corriger"),
                "more": self._reading(skeleton, path, facts),
            }
        )

    def _reading(self, skeleton: Skeleton, path: str, facts: FileFacts) -> str:
        """What was read in a workbook: what is to be corrected, what was mended, what is to be signed."""
        said = {
            "problems": facts.reading.get("problems", ())[:MOST_SAID],
            "notices": facts.reading.get("notices", ())[:MOST_SAID],
        }
        lists = [
            skeleton.small[f"reading_{name}"].fill(
                {"body": "".join(f"<li>{escape(each)}</li>" for each in sentences)}
            )
            for name, sentences in said.items()
            if sentences
        ]
        question = self._asked(skeleton, path)
        if facts.reading and not said["problems"] and question is not None:
            lists += [
                skeleton.small["signed"].fill(
                    {
                        "title": escape(sheet.title),
                        "url": reverse("runtime:sheet_pdf", args=[self.reference, path, sheet.id]),
                    }
                )
                for sheet in question.options["book"].sheets
                if sheet.signed
            ]
        return "".join(lists)

    @staticmethod
    def _asked(skeleton: Skeleton, path: str) -> Question | None:
        """The workbook's question of a path."""
        level = [each for section in skeleton.page.sections for each in section.questions]
        found = None
        for name in path.split(".")[::2]:
            found = next((each for each in level if each.name == name), None)
            level = list(found.rows) if found else []
        return found if found and found.control == "workbook" else None

    def _rows(
        self, skeleton: Skeleton, piece: QuestionPiece, path: str, raw: Any, outer: Mapping[str, str]
    ) -> str:
        filled = []
        for number, row in enumerate(raw if isinstance(raw, list) else (), start=1):
            identity = row.get("_row", "")
            here = f"{path}.{identity}"
            rows = {**outer, f"row{len(outer)}": identity}
            inner = "".join(
                self._standing(
                    skeleton,
                    f"{here}.{each.question.name}",
                    self.question_at(
                        skeleton, each, f"{here}.{each.question.name}", row.get(each.question.name), rows
                    ),
                )
                for each in piece.rows
                if skeleton.rules or f"{here}.{each.question.name}" in self.judgement.visible
            )
            order = (
                f'<input type="hidden" name="{path}#" value="{identity}" id="o-{dom_id(path)}-{identity}">'
            )
            filled.append(
                piece.row.fill(  # type: ignore[union-attr]
                    {**outer, "number": str(number), "row": identity, "path": here, "body": order + inner}
                )
            )
        return "".join(filled)

    def _notice(self, skeleton: Skeleton, piece: QuestionPiece, path: str) -> str:
        kept = self.conflicts[path]
        return skeleton.small["conflict"].fill(
            {
                "other": escape(_said(piece, kept["value"])),
                "path": path,
                "at": escape(moment_in_full(datetime.fromisoformat(kept["at"]))),
            }
        )

    def shown(self, skeleton: Skeleton) -> tuple[str, ...]:
        """The paths of the controls that the page holds: what its answer will be about."""
        found: list[str] = []
        for section in skeleton.sections:
            if f"section:{section.section.id}" not in self.judgement.visible:
                continue
            if section.simple is not None and section.simple <= self.judgement.visible:
                found += [piece.question.name for piece in section.questions]
            else:
                for piece in section.questions:
                    self._shown(piece, piece.question.name, self.raw.get(piece.question.name), found)
        return tuple(found)

    def _shown(self, piece: QuestionPiece, path: str, raw: Any, found: list[str]) -> None:
        if path not in self.judgement.visible:
            return
        if piece.question.control != "group":
            found.append(path)
            return
        found.append(f"{path}#")
        for row in raw if isinstance(raw, list) else ():
            for each in piece.rows:
                inner = f"{path}.{row.get('_row', '')}.{each.question.name}"
                self._shown(each, inner, row.get(each.question.name), found)


def _said(piece: QuestionPiece, raw: Any) -> str:
    """A raw answer as the person typed or chose it."""
    labels = {choice.value: choice.label for choice in piece.question.choices}
    if isinstance(raw, list):
        return ", ".join(labels.get(item, str(item)) for item in raw)
    if isinstance(raw, dict):
        return ", ".join(labels.get(item, str(item)) for item in raw.values() if isinstance(item, str))
    if isinstance(raw, bool):
        return _("coché") if raw else _("non coché")
    return labels.get(choice_text(raw), choice_text(raw)) or _("rien")

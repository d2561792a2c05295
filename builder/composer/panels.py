"""The panel of a part: a small form of our own language, drawn and judged by the runtime itself."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from builder.acts import Target
from builder.acts.places import Path
from builder.composer.part_settings import settings_of
from builder.composer.settings import Setting, Unwritable
from formdefs import Context, Definition, Phase, evaluate, load, sentence
from runtime.controls.parsing import parse_page
from runtime.wizard.filling import Filler
from runtime.wizard.skeleton import skeleton_of

PANEL = "panneau"
GROUPS = {
    "question": gettext_lazy("Question"),
    "naming": gettext_lazy("Intitulé et textes"),
    "answer": gettext_lazy("Réponse"),
    "prefill": gettext_lazy("Préremplissage"),
    "personal": gettext_lazy("Données personnelles"),
    "review": gettext_lazy("Pour l’instruction"),
    "facts": gettext_lazy("Informations rappelées"),
    "who": gettext_lazy("Qui"),
    "delay": gettext_lazy("Délai"),
    "decisions": gettext_lazy("Décisions"),
    "words": gettext_lazy("Mots de la démarche"),
    "access": gettext_lazy("Accès"),
    "dates": gettext_lazy("Dates proposées"),
    "rows": gettext_lazy("Lignes du tableau"),
    "total": gettext_lazy("Total"),
    "where": gettext_lazy("Où il est dit"),
}
OPEN = frozenset(
    {"question", "naming", "answer", "who", "delay", "decisions", "words", "access", "dates"}
    | {"rows", "total", "where"}
)


@dataclass(frozen=True)
class Group:
    """A part of the panel; `resume` says its value while it is closed."""

    id: str
    title: str
    body: str
    resume: str
    open: bool


@dataclass(frozen=True)
class Panel:
    """The settings of a part, ready to be drawn; `shown` names the fields that it holds."""

    target: Target
    groups: tuple[Group, ...]
    shown: str
    seen: str
    errors: Mapping[str, str]


@dataclass(frozen=True)
class Given:
    """What a panel sent: the values to write by path, their labels, what is wrong by field."""

    values: Mapping[Path, Any]
    label: str
    raw: Mapping[str, Any]
    errors: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=300)
def _loaded(text: str) -> Definition:
    return load(text)


def loaded_panel(settings: Iterable[Setting]) -> Definition:
    """The small démarche whose questions are these settings, a section for each group."""
    asked = list(settings)
    groups = dict.fromkeys(setting.group for setting in asked)
    sections = [
        {"id": group, "title": str(GROUPS[group]), "fields": [s.name for s in asked if s.group == group]}
        for group in groups
    ]
    answers = {"type": "object", "properties": {setting.name: setting.schema for setting in asked}}
    phase = {
        "id": PANEL,
        "title": PANEL,
        "answers": answers,
        "layout": [{"page": PANEL, "title": PANEL, "sections": sections}],
        "reviews": [{"id": PANEL, "role": PANEL}],
    }
    roles = {PANEL: {"title": PANEL}}
    document = {"definition": 1, "id": PANEL, "title": PANEL, "roles": roles, "phases": [phase]}
    return _loaded(json.dumps(document, ensure_ascii=False))


def panel_of(
    document: Any,
    target: Target,
    *,
    groups: Collection[str] = (),
    types: Mapping[str, str] = MappingProxyType({}),
    raw: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Panel:
    """The panel of a part, or some `groups` of it; `types` are those of the portal's organisations.

    `raw` is what was typed where it could not be kept, with its `errors`.
    """
    settings = settings_of(document, target, groups=groups, types=types)
    definition = loaded_panel(settings)
    phase = definition.first_phase
    known = _raw(settings, phase)
    context = Context(today=timezone.localdate())
    typed = {**known, **(raw or {})}
    filler = Filler(
        reference=PANEL,
        raw=typed,
        judgement=evaluate(phase, typed, context),
        context=context,
        errors=errors or {},
    )
    skeleton = skeleton_of(definition, phase.id, phase.pages[0])
    found = tuple(
        Group(
            id=piece.section.id,
            title=piece.section.title,
            body="".join(filler.question(skeleton, each) for each in piece.questions),
            resume=_resume(piece.section.id, settings, phase, context),
            open=piece.section.id in OPEN,
        )
        for piece in skeleton.sections
    )
    return Panel(target, found, " ".join(filler.shown(skeleton)), json.dumps(known), errors or {})


def draw(
    definition: Definition, settings: Iterable[Setting], sent: Mapping[str, Any]
) -> tuple[str, str, Mapping[str, Any]]:
    """A few settings drawn with what was sent: their HTML, the fields it holds, the answers it gives."""
    phase = definition.first_phase
    raw = {**_raw(settings, phase), **sent}
    context = Context(today=timezone.localdate())
    judgement = evaluate(phase, raw, context)
    errors = {
        each.path: sentence(each, phase.question_at(each.path), _) for each in judgement.format_problems
    }
    filler = Filler(reference=PANEL, raw=raw, judgement=judgement, context=context, errors=errors)
    skeleton = skeleton_of(definition, phase.id, phase.pages[0])
    pieces = (filler.question(skeleton, each) for piece in skeleton.sections for each in piece.questions)
    return "".join(pieces), " ".join(filler.shown(skeleton)), judgement.answers


def _raw(settings: Iterable[Setting], phase: Phase) -> dict[str, Any]:
    """What would have been typed to give the settings their values."""
    found = {}
    for setting in settings:
        if setting.value in (None, "", [], False):
            continue
        question = phase.questions[setting.name]
        try:
            found[setting.name] = question.type.raw(question, setting.value)
        except (TypeError, ValueError, AttributeError, KeyError):
            found[setting.name] = str(setting.value)
    return found


def _resume(group: str, settings: Iterable[Setting], phase: Phase, context: Context) -> str:
    """What a closed group says of itself."""
    said = []
    for setting in settings:
        if setting.group != group or setting.value in (None, "", [], False):
            continue
        question = phase.questions[setting.name]
        said.append(setting.label if setting.value is True else _text(question, setting.value, context))
    return ", ".join(said) or _("aucune")


def _text(question: Any, value: Any, context: Context) -> str:
    try:
        return str(question.type.text(question, value, context))
    except (TypeError, ValueError, AttributeError, KeyError):
        return str(value)


def given_by(
    document: Any, target: Target, data: QueryDict, types: Mapping[str, str] = MappingProxyType({})
) -> Given:
    """What a panel sent, judged; a field left as it was shown is left as it is."""
    settings = {each.name: each for each in settings_of(document, target, types=types)}
    phase = loaded_panel(settings.values()).first_phase
    sent = parse_page(phase, data)
    seen = _seen(data.get("seen", ""))
    raw = {name: value for name, value in sent.items() if not _alike(value, seen.get(name))}
    judgement = evaluate(
        phase, {**_raw(settings.values(), phase), **raw}, Context(today=timezone.localdate())
    )
    errors = {
        problem.path: sentence(problem, phase.question_at(problem.path), _)
        for problem in judgement.problems
        if problem.path in raw
    }
    values: dict[Path, Any] = {}
    for name in raw:
        if name in errors or name not in settings:
            continue
        try:
            values[settings[name].path] = settings[name].write(judgement.answers.get(name))
        except Unwritable as error:
            errors[name] = str(error)
    return Given(values, ", ".join(settings[name].label.lower() for name in raw), raw, errors)


def _seen(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _alike(sent: Any, seen: Any) -> bool:
    """Whether nothing was changed; an unticked box and a field left blank were seen as nothing."""
    if sent in (None, "", [], False):
        return seen in (None, "", [], False)
    return bool(sent == seen) or (sent is True and seen in ("true", "on", True))

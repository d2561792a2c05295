"""The rule builder: lines or a formula for one expression, said in French, tried on the spot."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from builder.acts import ABSENT, Asked, Target
from builder.acts.documents import (
    CHECKS,
    ENTRY,
    PAGE,
    QUESTION,
    SECTION,
    STEP,
    Impossible,
    path_to,
    target_of,
)
from builder.acts.patches import Edit
from builder.composer.addresses import address_of
from builder.composer.answers import kept_answer, refusal_answer
from builder.composer.composition import Composition, composition_of
from builder.composer.requests import is_a_script, revision_of
from builder.journal.outcomes import Refusal
from builder.journal.services import act
from builder.journal.writing import Kept
from builder.ruling.buttons import Pressed, named, path_of, pressed
from builder.ruling.conditions import Condition, Group, read_group
from builder.ruling.formula import Unreadable, formula, parse
from builder.ruling.grounds import Ground, rule_path, written_rule
from builder.ruling.lines import Line, attempted, group_line
from builder.ruling.requests import group_sent, likely, suited
from builder.ruling.subjects import UNARY, Subject, subjects
from builder.ruling.trying import facts_read, names_read, shown_value, trial_of
from builder.screens import UNPROCESSABLE, composers_only, find_procedure, screen
from formdefs import DefinitionError
from formdefs.expressions import ExpressionFlaw

WHEN, COMPUTE = "when", "compute"
LINES, FORMULA = "lignes", "formule"


@dataclass(frozen=True)
class Work:
    """A rule being composed: where it stands, what was sent, what it is written as, what is wrong."""

    composition: Composition
    target: Target
    key: str
    mode: str
    group: Group
    text: str
    rule: Any
    problem: str
    ground: Ground
    known: dict[str, Subject]
    pressed: Pressed = Pressed(Group())


@composers_only
@never_cache
def rule(request: HttpRequest, slug: str, kind: str, key: str, what: str = WHEN) -> HttpResponse:
    """Compose the rule of a part, try it, keep it."""
    procedure = find_procedure(request, slug)
    target = target_of(f"{kind}/{key}")
    try:
        composition = composition_of(procedure)
        target = composition.now(target)
        path_to(composition.document, target)
    except DefinitionError:
        return redirect("builder_composer", slug)
    except (Impossible, KeyError) as error:
        raise Http404 from error
    work = _work(request, composition, target, what)
    go = request.POST.get("go", "")
    if go == "clear" or (go == "apply" and not work.problem):
        return _kept(request, work, ABSENT if go == "clear" else work.rule)
    return _drawn(request, work, status=UNPROCESSABLE if go == "apply" else 200)


def _work(request: HttpRequest, composition: Composition, target: Target, key: str) -> Work:
    ground = composition.ground(target)
    known = subjects(ground)
    now = written_rule(composition.document, target, key)
    if request.method == "POST":
        return _sent(request, composition, target, key, ground, known)
    group = read_group(now, known) if key == WHEN else None
    nothing = now in (None, True)
    mode = LINES if group is not None else FORMULA
    if group is not None and not group.items:
        group = Group(group.how, (_first(composition, target, known),))
    rule_now = now
    problem = ""
    if nothing and group is not None:
        rule_now, problem = attempted(group, known)
    text = "" if now is None else formula(now)
    return Work(composition, target, key, mode, group or Group(), text, rule_now, problem, ground, known)


def _sent(
    request: HttpRequest,
    composition: Composition,
    target: Target,
    key: str,
    ground: Ground,
    known: dict[str, Subject],
) -> Work:
    data, go = request.POST, request.POST.get("go", "")
    mode = FORMULA if data.get("mode") == FORMULA or key == COMPUTE else LINES
    text = data.get("formule", "")
    after = pressed(group_sent(data), go, data.getlist("pick"), _first(composition, target, known))
    group = suited(after.group, known)
    if mode == LINES:
        found, problem = attempted(group, known)
        if go == FORMULA:
            mode, text = FORMULA, "" if problem else formula(found)
    else:
        found, problem = _parsed(text)
        if go == LINES and not problem:
            back = read_group(found, known)
            problem = "" if back else _("Des lignes ne peuvent pas dire exactement cette formule.")
            mode, group = (LINES, back) if back else (FORMULA, group)
    if not problem:
        problem = _checked(composition, target, key, ground, found)
    return Work(composition, target, key, mode, group, text, found, problem, ground, known, after)


def _first(composition: Composition, target: Target, known: dict[str, Subject]) -> Condition:
    if target.kind in CHECKS:
        return Condition()
    order = list(composition.definition.first_phase.questions)
    return likely(known, order, target.id.partition(".")[0])


def _parsed(text: str) -> tuple[Any, str]:
    try:
        return parse(text), ""
    except Unreadable as error:
        return None, str(error)


def _checked(composition: Composition, target: Target, key: str, ground: Ground, rule: Any) -> str:
    """What keeps an expression from standing there, "" when nothing does."""
    try:
        parsed = ground.read(rule)
    except ExpressionFlaw as flaw:
        return flaw.message
    if key == WHEN and parsed.type.kind not in ("boolean", "null"):
        return _("Une condition est vraie ou fausse : comparez ce nombre ou ce texte à une valeur.")
    return ""


def _kept(request: HttpRequest, work: Work, value: Any) -> HttpResponse:
    slug = work.composition.procedure.slug
    if value is ABSENT and work.target.kind in (ENTRY, *CHECKS):
        value = True
    label = _("règle") if work.key == WHEN else _("calcul")
    values = {rule_path(work.target, work.key): value}
    try:
        kept = act(
            procedure=work.composition.procedure,
            asked=Asked("set", work.target, {"values": values, "label": label}),
            revision=revision_of(request.POST),
            by=request.user,  # type: ignore[arg-type]
            insist=request.POST.get("insist") == "1",
        )
    except Refusal as refusal:
        if is_a_script(request.headers):
            return refusal_answer(request, work.composition.procedure, refusal)
        return _drawn(request, work, status=UNPROCESSABLE, problem=refusal.sentence)
    if is_a_script(request.headers):
        return kept_answer(request, replace(kept, said=_said_of(work, value, request, kept)), act="rule")
    return redirect(address_of(slug, kept.select))


def _said_of(work: Work, value: Any, request: HttpRequest, kept: Kept) -> str:
    """What was kept, and what it does with the answers of the trial."""
    if value is ABSENT or work.key == COMPUTE or work.target.kind not in (QUESTION, SECTION, PAGE):
        return kept.said
    parsed = work.ground.read(value)
    trial = trial_of(work.composition.definition, work.ground, names_read(parsed, work.ground), request.POST)
    if parsed.holds(trial.scope):
        return _("Règle appliquée. Avec ces réponses, elle est vraie : ce sera visible.")
    return _("Règle appliquée. Avec ces réponses, elle n’est pas vraie : ce sera masqué.")


def _drawn(request: HttpRequest, work: Work, *, status: int = 200, problem: str = "") -> HttpResponse:
    said, trial, result = "", None, ""
    verdict: bool | None = None
    try:
        parsed = work.ground.read(work.rule) if not work.problem and work.rule is not None else None
    except ExpressionFlaw:
        parsed = None
    reads = names_read(parsed, work.ground) if parsed else []
    trial = trial_of(work.composition.definition, work.ground, reads, request.POST)
    if parsed is not None:
        said = work.ground.said(work.rule)
        value = parsed.value(trial.scope)
        verdict, result = value is True, shown_value(parsed, value)
    slug = work.composition.procedure.slug
    context = {
        "work": work,
        "procedure": work.composition.procedure,
        "heading": _heading(work),
        "lines": group_line(work.group, Line("", 0), work.ground, work.known, trial, _picked(request, work)),
        "focus": work.pressed.focus,
        "done": work.pressed.said,
        "valueless": (*UNARY, "some", "all", "none"),
        "said": said,
        "trial": trial,
        "facts": facts_read(work.rule, trial.scope, work.known) if parsed is not None else [],
        "verdict": verdict,
        "result": result,
        "problem": problem or work.problem if request.method == "POST" else problem,
        "formula_line": formula(work.rule) if parsed is not None and work.mode == LINES else "",
        "names": [(name, question.title) for name, question in work.ground.readable().items()],
        "revision": work.composition.procedure.draft_revision,
        "here": request.path,
        "back": address_of(slug, work.target),
        "computes": work.key == COMPUTE,
        "checks": work.target.kind in CHECKS,
    }
    if is_a_script(request.headers):
        return render(request, "builder/composer/rule_form.html", context, status=status)
    return screen(
        request,
        "composer/rule",
        context,
        title=_heading(work),
        procedure=work.composition.procedure,
        status=status,
    )


def _heading(work: Work) -> str:
    part = Edit(work.composition.document).get(path_to(work.composition.document, work.target), {})
    title = str(part.get("title") or part.get("message") or work.target.id)
    if work.key == COMPUTE:
        return _("Calculer « {title} »").format(title=title)
    if work.target.kind == ENTRY:
        return _("Admettre si…")
    if work.target.kind in CHECKS:
        return _("Ce qui doit être vrai, sinon : {title}").format(title=title)
    if work.target.kind == STEP:
        return _("Passer par « {title} » si…").format(title=title)
    return _("Afficher « {title} » si…").format(title=title)


def _picked(request: HttpRequest, work: Work) -> frozenset[str]:
    """The conditions that stay chosen: those sent, unless a button has just moved them."""
    if work.pressed.said:
        return frozenset()
    return frozenset(named(path_of(each)) for each in request.POST.getlist("pick"))

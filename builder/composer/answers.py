"""What the editor's script is answered: only what an act changed."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from builder.acts import Target
from builder.acts.documents import PROCEDURE, QUESTION, target_of
from builder.composer.addresses import VIEWS, address_of, tab_of
from builder.composer.composition import Composition, composition_of
from builder.composer.contexts import groups_of, panel_context
from builder.composer.outline import Row
from builder.composer.requests import revision_of
from builder.journal.outcomes import Conflict, Gone, Overtaken, Refusal, StillRead
from builder.journal.selectors import redoable, undoable
from builder.journal.writing import Kept
from builder.preview.questions import question_html
from builder.preview.views import chosen_preview
from runtime.dates import hour_in_full
from runtime.procedures.models import DraftAct, Procedure
from tenants.accounts.models import User


def kept_answer(request: HttpRequest, kept: Kept, *, act: str) -> JsonResponse:
    """What changed: rows, the panel where another is needed, the question in the preview."""
    if kept.after is None:
        return JsonResponse({"reload": True})
    after = composition_of(kept.procedure, kept.after)
    before = _known_rows(request, kept, after)
    return JsonResponse(
        {
            **standing(request, kept.procedure),
            "said": kept.said,
            "select": str(kept.select),
            "address": address_of(kept.procedure.slug, kept.select, _tab(request, kept.select)),
            **_rows(before, after.rows),
            **_panel(request, kept, after, act),
            **_preview(request, kept, after, act),
            "notices": notice_data(after),
            "others": _others_acted(request, kept),
        }
    )


def _tab(request: HttpRequest, select: Target) -> str:
    """The screen to go to: that of a part, else the one where the act was done."""
    shown = request.POST.get("tab", "")
    if select.kind == PROCEDURE and shown in VIEWS:
        return shown
    return tab_of(target_of(request.POST.get("at", "")) if select.kind == PROCEDURE else select)


def _known_rows(request: HttpRequest, kept: Kept, after: Composition) -> tuple[Row, ...]:
    """The outline as the page knows it: none of it where somebody else acted since it was told."""
    told = str(kept.procedure.draft_revision - kept.changed)
    if request.POST.get("known", told) != told or _others_acted(request, kept):
        return ()
    if not kept.changed:
        return after.rows
    return Composition(kept.procedure, kept.before, {}).rows if kept.before else ()


def _others_acted(request: HttpRequest, kept: Kept) -> bool:
    """Whether somebody else acted since the revision that the page knows."""
    return revision_of(request.POST) != kept.procedure.draft_revision - kept.changed


def standing(request: HttpRequest, procedure: Procedure) -> dict[str, Any]:
    """The revision, when it was saved, what may be undone and redone."""
    person: User = request.user  # type: ignore[assignment]
    back, again = undoable(procedure, person), redoable(procedure, person)
    return {
        "revision": procedure.draft_revision,
        "saved": _("Enregistré à {time}").format(time=hour_in_full(procedure.draft_at)),
        "undo": back.said if back else "",
        "redo": again.said if again else "",
    }


def notice_data(composition: Composition) -> list[dict[str, Any]]:
    """What to look at, for the script."""
    return [
        {
            "target": str(each.target),
            "title": each.title,
            "message": each.message,
            **({"mend": each.mend, "act": dict(each.act)} if each.mend else {}),
        }
        for each in composition.notices
    ]


def _rows(before: tuple[Row, ...], after: tuple[Row, ...]) -> dict[str, Any]:
    known = {row.id: row for row in before}
    changed = {"rows": [row.as_data() for row in after if known.get(row.id) != row]}
    if [row.id for row in before] == [row.id for row in after]:
        return changed
    return {**changed, "order": [row.id for row in after]}


def _panel(request: HttpRequest, kept: Kept, after: Composition, act: str) -> dict[str, Any]:
    """The panel of what is selected; after a change made in it, only its head, unless its type changed."""
    template = "head" if act == "set" and request.POST.get("shown") not in RESHAPING else "panel"
    groups = groups_of(kept.select, _tab(request, kept.select))
    context = panel_context(after, kept.select, groups=groups)
    html = render_to_string(f"builder/composer/{template}.html", context, request)
    return {template: html}


RESHAPING = frozenset({"kind", "total", "given", "prefill", "o_places", "organisation_types"})
"""Settings that give or take away others."""


def _preview(request: HttpRequest, kept: Kept, after: Composition, act: str) -> dict[str, Any]:
    """The question to draw again, or the page where more than it changed."""
    if not kept.changed:
        return {}
    name = kept.select.id
    if act == "set" and kept.select.kind == QUESTION and _same_rules(kept, name):
        shown, _applicant = chosen_preview(kept.procedure, after.definition, request.POST, request.user)
        top = name.partition(".")[0]
        html = question_html(shown, top)
        if html is not None:
            return {"question": top, "html": html}
    return {"page": after.page_of(kept.select), "draw": True}


def _same_rules(kept: Kept, name: str) -> bool:
    """Whether a question kept its identity and its condition."""
    if kept.before is None or kept.after is None:
        return False
    old = kept.before.first_phase.question_at(_first(name))
    new = kept.after.first_phase.question_at(_first(name))
    if old is None or new is None:
        return False
    return getattr(old.when, "source", None) == getattr(new.when, "source", None)


def _first(name: str) -> str:
    return name.partition(".")[0]


def refusal_answer(request: HttpRequest, procedure: Procedure, refusal: Refusal) -> JsonResponse:
    """Why nothing was done, with what may be done about it."""
    data: dict[str, Any] = {"refused": refusal.sentence, "revision": procedure.draft_revision}
    status = 422
    if isinstance(refusal, Conflict):
        clash, status = refusal.clash, 409
        data["conflict"] = {
            "mine": said_value(clash.mine),
            "theirs": said_value(clash.theirs),
            "by": clash.by,
            "label": clash.label,
        }
    if isinstance(refusal, StillRead):
        data["readers"] = [
            {
                "title": each.title,
                "target": str(each.target),
                "address": address_of(procedure.slug, each.target),
            }
            for each in refusal.readers
        ]
    if isinstance(refusal, Gone):
        data |= gone_data(refusal.act)
        status = 409
    if isinstance(refusal, Overtaken):
        data["overtaken"] = True
        data["see"] = refusal.other.then if refusal.other else refusal.act.at
        status = 409
    return JsonResponse(data, status=status)


def gone_data(act: DraftAct | None) -> dict[str, Any]:
    """What is said of a part that is there no longer, with the act that may be undone."""
    if act is None:
        return {"gone": {"said": _("Cet élément a été supprimé entre-temps.")}}
    return {"gone": {"said": Gone(act).sentence, "restore": act.number}}


def said_value(value: Any) -> str:
    """A value in a conflict, as a text."""
    if value is None or value == "":
        return _("rien")
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return str(value)

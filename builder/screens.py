"""What every screen about démarches shares: who may come, the démarche it is about, its head."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from runtime.procedures.models import Procedure
from tenants.permissions import can, visible

UNPROCESSABLE = 422
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Tab:
    """One of a démarche's screens."""

    label: str
    url: str
    icon: str
    current: bool


TABS = (
    ("builder_composer", "form", lambda: _("Formulaire")),
    ("builder_process", "tasks", lambda: _("Processus")),
    ("builder_workbooks", "table", lambda: _("Documents")),
    ("builder_documents", "doc-full", lambda: _("Justificatifs")),
    ("builder_texts", "title", lambda: _("Textes")),
    ("builder_access", "key", lambda: _("Ouverture et accès")),
    ("builder_editor", "code", lambda: _("Expert")),
    ("builder_preview", "desktop", lambda: _("Aperçu")),
    ("builder_sheet", "view", lambda: _("Présentation")),
    ("builder_publish", "upload", lambda: _("Publication")),
    ("builder_schedule", "calendar-alt", lambda: _("Dates")),
    ("builder_teams", "group", lambda: _("Équipes")),
)


def composers_only(view: View) -> View:
    """For who may compose démarches on the request's portal; the others find nothing there.

    Wagtail would turn a refusal into a redirection: « not found » is said instead.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_compose(request):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def may_compose(request: HttpRequest) -> bool:
    """Whether the person composes démarches on the request's portal."""
    portal = getattr(request, "portal", None)
    return portal is not None and can(request.user, "procedure.create", portal)


def find_procedure(request: HttpRequest, slug: str, action: str = "procedure.compose") -> Procedure:
    """The démarche at an address, with its version in force and its dates. Raises Http404."""
    procedures = visible(request.user, action, Procedure.objects.all())
    found = procedures.select_related("current_version", "opening", "draft_by").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def screen(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    procedure: Procedure | None = None,
    buttons: Iterable[HeaderButton] = (),
    status: int = 200,
) -> HttpResponse:
    """A page of the admin: breadcrumbs that end with `title`, buttons, and a démarche's tabs.

    With the status 422 it says on top that something is to be mended, and leads there.
    """
    if status == UNPROCESSABLE:
        messages.error(request, _("Rien n’est enregistré : corrigez ce qui est signalé."))
    crumbs = [{"url": reverse("builder_list"), "label": _("Démarches")}]
    if procedure is not None:
        crumbs.append({"url": reverse("builder_sheet", args=[procedure.slug]), "label": procedure.title})
    if crumbs[-1]["label"] != title:
        crumbs.append({"url": "", "label": title})
    return render(
        request,
        f"builder/{template}.html",
        {
            "breadcrumbs_items": crumbs,
            "header_title": f"{title} – {procedure.title}"
            if procedure and procedure.title != title
            else title,
            "header_icon": "form",
            "header_buttons": list(buttons),
            "procedure": procedure,
            "tabs": tabs_of(request, procedure) if procedure else (),
            **context,
        },
        status=status,
    )


def tabs_of(request: HttpRequest, procedure: Procedure, shown: str = "") -> tuple[Tab, ...]:
    """The screens of a démarche; `shown` is the editor's screen that stands at the address of a part."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    if shown:
        here = "builder_composer" if shown == "form" else f"builder_{shown}"
    return tuple(
        Tab(label(), reverse(name, args=[procedure.slug]), icon, name == here) for name, icon, label in TABS
    )

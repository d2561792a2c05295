"""« À la Une » in the admin: the order, the images, the periods, and what could be added."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from runtime.procedures.models import Procedure
from runtime.procedures.selectors import published
from tenants.permissions import can
from tenants.requests import PortalRequest
from themes.highlights import services
from themes.highlights.forms import HighlightForm
from themes.highlights.models import Highlight
from themes.highlights.selectors import arranged, not_yet_featured


def _allow(request: PortalRequest) -> None:
    if not can(request.user, services.ARRANGE, request.portal):
        raise PermissionDenied


def _highlight(request: PortalRequest, pk: int) -> Highlight:
    _allow(request)
    return get_object_or_404(arranged(request.portal), pk=pk)


def _breadcrumbs(here: str = "") -> list[dict[str, Any]]:
    top = {"url": reverse("highlights:index"), "label": _("À la Une")}
    return [top, {"url": "", "label": here}] if here else [{**top, "url": ""}]


def index(request: PortalRequest) -> HttpResponse:
    """The highlights in order, and the published démarches to propose."""
    _allow(request)
    portal = request.portal
    return render(
        request,
        "themes/highlights/index.html",
        {
            "highlights": arranged(portal),
            "proposed": not_yet_featured(request.user, portal),
            "page_title": _("À la Une"),
            "header_title": _("À la Une"),
            "header_icon": "pick",
            "breadcrumbs_items": _breadcrumbs(),
        },
    )


@require_POST
def feature(request: PortalRequest, slug: str) -> HttpResponse:
    """Put a démarche à la Une."""
    _allow(request)
    portal = request.portal
    procedure: Procedure = get_object_or_404(published(request.user).filter(portal=portal), slug=slug)
    services.feature(portal=portal, procedure=procedure, by=request.user)
    messages.success(request, _("« %(title)s » est à la Une.") % {"title": procedure.title})
    return redirect("highlights:index")


@require_POST
def unfeature(request: PortalRequest, pk: int) -> HttpResponse:
    """Take a démarche off the Une."""
    highlight = _highlight(request, pk)
    services.unfeature(highlight=highlight, by=request.user)
    messages.success(request, _("« %(title)s » n’est plus à la Une.") % {"title": highlight.procedure.title})
    return redirect("highlights:index")


@require_POST
def move(request: PortalRequest, pk: int, places: int) -> HttpResponse:
    """Move a démarche up or down the Une by one place."""
    highlight = _highlight(request, pk)
    services.move(highlight=highlight, by=request.user, places=places)
    messages.success(request, _("« %(title)s » a changé de place.") % {"title": highlight.procedure.title})
    return redirect(reverse("highlights:index") + f"#une-{pk}")


def edit(request: PortalRequest, pk: int) -> HttpResponse:
    """The image and the period of a démarche à la Une."""
    highlight = _highlight(request, pk)
    collection = request.portal.collection
    form = HighlightForm(request.POST or None, instance=highlight, collection=collection)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with transaction.atomic():
            services.illustrate(
                highlight=highlight, by=request.user, image=given["image"], image_alt=given["image_alt"]
            )
            services.set_period(
                highlight=highlight, by=request.user, starts_at=given["starts_at"], ends_at=given["ends_at"]
            )
        messages.success(request, _("« %(title)s » est enregistrée.") % {"title": highlight.procedure.title})
        return redirect("highlights:index")
    title = highlight.procedure.title
    return render(
        request,
        "themes/highlights/form.html",
        {
            "form": form,
            "media": form.media,
            "submit_button_label": _("Enregistrer"),
            "submit_button_active_label": _("Enregistrement…"),
            "action_url": reverse("highlights:edit", args=[pk]),
            "page_title": _("À la Une"),
            "page_subtitle": title,
            "header_title": title,
            "header_icon": "pick",
            "breadcrumbs_items": _breadcrumbs(title),
        },
    )

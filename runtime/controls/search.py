"""Searching a long list while one types: the lists of the platform, and those that a démarche brings."""

import hashlib
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from formdefs import Question
from formdefs.data import PACKAGED, packaged
from formdefs.fields.lookup import Lookup
from runtime.dossiers.models import Dossier
from runtime.dossiers.selectors import the_dossier
from runtime.procedures.definitions import definition_of
from tenants.requests import SignedInRequest

SEARCHES_A_MINUTE = 240
"""What one person may search, or the visitors of one address together."""


def search_url(question: Question, name: str) -> str:
    """Where the list of a question is searched, "" where it is not; `name` is "groupe.question" in a row.

    That of the author's own list is relative to a form page, hence the same for every dossier.
    """
    if question.control != "lookup" or not isinstance(question.type, Lookup):
        return ""
    if source := question.type.source(question.options):
        return reverse("runtime:search_list", args=[source])
    return f"../../recherche/{name}/"


@require_GET
def search_list(request: HttpRequest, name: str) -> HttpResponse:
    """The entries of a list of the platform that a text may mean; open to all, since the lists are."""
    if name not in PACKAGED:
        raise Http404
    if _too_many(request):
        return HttpResponse(status=429)
    found = packaged(name).matches(request.GET.get("q", ""))
    return _answer([(entry.code, entry.label) for entry in found], public=True, max_age=86_400)


@require_GET
@login_required
def search_question(request: SignedInRequest, reference: str, name: str) -> HttpResponse:
    """The answers of a question's own list that a text may mean, for who may answer it."""
    try:
        dossier = the_dossier(request.user, "dossier.edit", reference)
    except Dossier.DoesNotExist as error:
        raise Http404 from error
    if _too_many(request):
        return HttpResponse(status=429)
    outer, _dot, inner = name.partition(".")
    question = definition_of(dossier.version).phase(dossier.phase).questions.get(outer)
    if question is not None and inner:
        question = next((each for each in question.rows if each.name == inner), None)
    if question is None:
        raise Http404
    found = question.type.matches(question, request.GET.get("q", ""))
    return _answer([(choice.value, choice.label) for choice in found], private=True, max_age=600)


def _answer(found: list[tuple[str, str]], **kept: Any) -> JsonResponse:
    """What is found, which caches keep; a refusal is kept by none."""
    answer = JsonResponse({"results": [{"value": value, "label": label} for value, label in found]})
    patch_cache_control(answer, **kept)
    return answer


def _too_many(request: HttpRequest) -> bool:
    """Whether more is searched in a minute than people type; an address is kept only as a digest."""
    address = hashlib.sha256(request.META.get("REMOTE_ADDR", "").encode()).hexdigest()[:24]
    key = f"search:{request.user.pk or address}"
    if cache.add(key, 1, timeout=60):
        return False
    try:
        return cache.incr(key) > SEARCHES_A_MINUTE
    except ValueError:
        # It went out of date between the two.
        return False

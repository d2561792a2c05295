"""The page around its questions: drawn once for all who look at the same page of a version, then filled.

Nothing of one person may be kept for another. What is kept is drawn from a `Frame` and from nothing else: it
holds the words of the démarche and of the portal; what comes from a dossier, an account or a session is
a slot.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.engine import Engine
from django.template.loader import render_to_string
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from formdefs import Words
from runtime.dossiers.contexts import DossierHead, NavItem
from runtime.wizard.contexts import FormPage, Step
from runtime.wizard.progress import progress_card, progress_mini
from runtime.wizard.slots import Piece, cut, mark
from tenants.portals.models import Portal

KEPT = 500
"""Frames kept in a process at the most."""
SAID_ABOVE = ("correction", "newly_visible")
SLOTS = ("revision", "window", "shown", "body", "action_url", "attach_url")


@dataclass(frozen=True)
class PortalWords:
    """What the pages of a portal say of it."""

    pk: int
    name: str
    tagline: str
    contact_email: str
    contact_phone: str


@dataclass(frozen=True)
class Around:
    """What a portal puts around its pages, for one kind of visitor."""

    portal: PortalWords
    nav: tuple[NavItem, ...]
    account_menu: tuple[NavItem, ...]
    footer_pages: tuple[NavItem, ...]


@dataclass(frozen=True)
class Head:
    """What the page says of every dossier in the same state; whether it names an organisation."""

    title: str
    words: Words
    status_label: str
    tone: str
    deadline: datetime | None
    named: bool


@dataclass(frozen=True)
class Frame:
    """All that decides what is kept: two pages of the same frame differ by their slots only."""

    language: str
    around: Around
    head: Head
    title: str
    intro: str
    current_step: str
    is_last: bool
    has_errors: bool
    has_previous: bool
    facts: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Anyone:
    """A person signed in, whoever it is."""

    get_full_name: SafeString = mark("person")
    is_authenticated: bool = True


def page_html(request: HttpRequest, context: Mapping[str, Any]) -> str:
    """`runtime/wizard/page.html` with this context, as it is shown to the person signed in."""
    given = _given_to_every_page(request)
    form: FormPage = context["form"]
    frame = Frame(
        language=get_language() or "",
        around=_around(given),
        head=_head(context["dossier"]),
        title=form.title,
        intro=form.intro,
        current_step=form.current_step,
        is_last=form.is_last,
        has_errors=bool(form.errors),
        has_previous=bool(form.previous_url),
        facts=tuple(label for label, _value in context["facts"]),
        steps=context["steps"],
    )
    return drawn(frame).fill(dict(_slots(request, context)))


def _given_to_every_page(request: HttpRequest) -> dict[str, Any]:
    """What the context processors say."""
    given: dict[str, Any] = {}
    for processor in Engine.get_default().template_context_processors:
        given |= processor(request)
    return given


def _around(given: Mapping[str, Any]) -> Around:
    portal: Portal = given["portal"]
    return Around(
        PortalWords(portal.pk, portal.name, portal.tagline, portal.contact_email, portal.contact_phone),
        tuple(given["nav"]),
        tuple(given["account_menu"]),
        tuple(given["footer_pages"]),
    )


def _head(card: DossierHead) -> Head:
    named = bool(card.organisation)
    return Head(card.title, card.words, card.status_label, card.tone, card.deadline, named)


@lru_cache(maxsize=KEPT)
def drawn(frame: Frame) -> Piece:
    """The page of a frame, cut at its slots; the language in force is the frame's."""
    head = frame.head
    dossier = asdict(head) | {
        "words": head.words,
        "reference": mark("reference"),
        "url": mark("dossier_url"),
        "organisation": mark("organisation") if head.named else "",
    }
    form = {name: mark(name) for name in SLOTS} | {
        "title": frame.title,
        "intro": frame.intro,
        "current_step": frame.current_step,
        "is_last": frame.is_last,
        "errors": (("", ""),) if frame.has_errors else (),
        "previous_url": mark("previous_url") if frame.has_previous else "",
    }
    return cut(
        "runtime/wizard/framed.html",
        {
            **{name: getattr(frame.around, name) for name in frame.around.__dataclass_fields__},
            "user": Anyone(),
            "csrf_token": mark("token"),
            "form": form,
            "dossier": dossier,
            "facts": tuple((label, mark(f"fact.{n}")) for n, label in enumerate(frame.facts)),
            "steps": frame.steps,
        },
    )


def _slots(request: HttpRequest, context: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is this person's, this dossier's or this moment's: escaped text, or the HTML of a template."""
    form: FormPage = context["form"]
    card: DossierHead = context["dossier"]
    plain = {
        "person": str(request.user),
        "token": get_token(request),
        "reference": card.reference,
        "dossier_url": card.url,
        "organisation": card.organisation,
        "revision": str(form.revision),
        "window": form.window,
        "shown": form.shown,
        "action_url": form.action_url,
        "attach_url": form.attach_url,
        "previous_url": form.previous_url,
        **{f"fact.{number}": value for number, (_label, value) in enumerate(context["facts"])},
    }
    yield from ((name, escape(value)) for name, value in plain.items())
    yield "body", form.body
    yield "mini", progress_mini(context["progress"])
    yield "progress", progress_card(context["progress"])
    if form.rules:
        yield "rules", json_script(form.rules, "rules")
    if said := get_messages(request):
        yield "messages", render_to_string("socle/messages.html", {"messages": said})
    if form.errors or form.notices or any(context[name] for name in SAID_ABOVE):
        yield "above", render_to_string("runtime/wizard/above.html", dict(context))
    if context["contacts"]:
        yield "contacts", render_to_string("runtime/wizard/contacts.html", dict(context))

"""Answers proposed when a dossier is begun: from whom or where they come, and whether they still stand."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from formdefs import Definition, Phase, Question
from runtime.dossiers.models import Deposit, Dossier
from runtime.procedures.definitions import definition_of
from runtime.registers import Unavailable, look_up, registers
from tenants.accounts.models import User
from tenants.organisations.models import Organisation
from tenants.permissions import visible

SALT = "runtime.prefill"
LINK_DAYS = 180
LONGEST = 2_000
"""Characters of an answer that an address may propose."""


@dataclass(frozen=True)
class Proposed:
    """What is proposed from outside: by the address followed, a signed link, the registers looked up.

    `down` are the titles of the registers that did not answer.
    """

    query: Mapping[str, str] = field(default_factory=dict)
    signed: Mapping[str, Any] = field(default_factory=dict)
    registers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    down: tuple[str, ...] = ()


NOTHING = Proposed()


def signed_answers(*, slug: str, answers: Mapping[str, Any]) -> str:
    """The token by which a link to a démarche proposes answers, by the keys of its `signed:` questions."""
    return signing.dumps({"slug": slug, "answers": dict(answers)}, salt=SALT, compress=True)


def read_signed(token: str, slug: str) -> Mapping[str, Any]:
    """The answers of a token of ours for this démarche; none when it is not, or is too old."""
    try:
        found = signing.loads(token, salt=SALT, max_age=LINK_DAYS * 86_400)
    except signing.BadSignature:
        return {}
    return found["answers"] if found["slug"] == slug else {}


def looked_up(definition: Definition, facts: Mapping[str, Any]) -> Proposed:
    """What the registers that the questions name say of the applicant; never within a transaction."""
    known, down = registers(), []
    found: dict[str, Mapping[str, Any]] = {}
    for name in _named(definition.first_phase, "register:"):
        register = known.get(name.partition(".")[0])
        if register is None or register.name in found or register.title in down:
            continue
        root, _dot, fact = register.by.partition(".")
        if identifier := facts.get(root, {}).get(fact):
            try:
                found[register.name] = look_up(register, str(identifier))
            except Unavailable:
                down.append(register.title)
    return Proposed(registers=found, down=tuple(down))


def query_answers(definition: Definition, query: Mapping[str, str]) -> Mapping[str, str]:
    """What an address proposes, of what the questions take from it."""
    wanted = _named(definition.first_phase, "query:")
    return {key: query[key][:LONGEST] for key in wanted if query.get(key)}


def _named(phase: Phase, scheme: str) -> list[str]:
    prefills = (question.prefill for question in phase.questions.values())
    return [prefill.removeprefix(scheme) for prefill in prefills if prefill.startswith(scheme)]


class Prefilling:
    """The answers proposed for one new dossier."""

    def __init__(
        self, facts: Mapping[str, Any], proposed: Proposed, by: User, organisation: Organisation | None
    ) -> None:
        self.facts, self.proposed, self.by, self.organisation = facts, proposed, by, organisation
        self.deposits: dict[str, Deposit | None] = {}

    def answers(self, phase: Phase) -> tuple[dict[str, Any], dict[str, Any]]:
        """Raw answers by question, and for each where it comes from, with its mark (see `standing`)."""
        raw, origins = {}, {}
        for question in phase.questions.values():
            found = self._found(question) if question.prefill else None
            if found is not None:
                raw[question.name], label = found
                origins[question.name] = {"from": label, "mark": _mark(raw[question.name])}
        return raw, origins

    def _found(self, question: Question) -> tuple[Any, str] | None:
        """What is proposed for a question, and how its source is called."""
        scheme, _colon, rest = question.prefill.partition(":")
        if scheme == "dossier":
            return self._earlier(question, *rest.split(".", 1))
        label = _("le lien que vous avez suivi")
        if scheme == "query":
            value = self.proposed.query.get(rest)
        elif scheme == "signed":
            value = self.proposed.signed.get(rest)
        elif scheme == "register":
            name, _dot, path = rest.partition(".")
            value = _inside(self.proposed.registers.get(name, {}), path)
            label = registers()[name].title if name in registers() else name
        else:
            root, _dot, name = question.prefill.partition(".")
            value = self.facts.get(root, {}).get(name)
            value = question.type.raw(question, value) if value else None
            label = _("votre compte") if root == "applicant" else _("votre organisme")
        return (value, label) if value not in (None, "") else None

    def _earlier(self, question: Question, slug: str, name: str) -> tuple[Any, str] | None:
        """The answer of the last dossier that the same applicant transmitted, as it would be typed again."""
        if slug not in self.deposits:
            self.deposits[slug] = self._last_deposit(slug)
        deposit = self.deposits[slug]
        if deposit is None or name not in deposit.answers:
            return None
        asked = definition_of(deposit.version).phase(deposit.phase).questions.get(name)
        if asked is None or asked.holds_files or question.holds_files:
            return None
        label = _("votre dossier {reference}").format(reference=deposit.dossier.reference)
        return asked.type.raw(asked, deposit.answers[name]), label

    def _last_deposit(self, slug: str) -> Deposit | None:
        mine = visible(self.by, "dossier.read", Dossier.objects.all()).filter(
            procedure__slug=slug, organisation=self.organisation
        )
        if self.organisation is None:
            mine = mine.filter(assignee=self.by)
        earlier = mine.exclude(status=Dossier.Status.DRAFT).order_by("-created_at")[:1]
        deposits = Deposit.objects.filter(dossier__in=earlier).select_related("version", "dossier")
        return deposits.order_by("-number").first()


def standing(dossier: Dossier) -> dict[str, str]:
    """The questions whose proposed answer has not been changed, with what it was proposed from."""
    origins = dossier.facts.get("prefilled", {})
    return {
        name: origin["from"]
        for name, origin in origins.items()
        if name in dossier.raw and _mark(dossier.raw[name]) == origin["mark"]
    }


def _mark(raw: Any) -> str:
    """What tells an answer from another without keeping it twice."""
    return hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()[:16]


def _inside(found: Mapping[str, Any], path: str) -> Any:
    value: Any = found
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value

"""E-mail address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType, typed_text

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[^\W_](?:[^\W_]|-(?=[^\W_]|-))*"
_ADDRESS = re.compile(rf"{_LOCAL}@(?:{_LABEL}\.)+[^\W\d_]{{2,}}\Z")


class Email(FieldType):
    """An address to write to: one @, a domain with a dot, at most 254 characters (RFC 5321)."""

    slug, title = "email", "Adresse e-mail"
    family = "Identité et contact"
    lasting = True
    description = "Une adresse à laquelle écrire."
    synonyms = ("courriel", "mail", "adresse électronique", "contact")
    personal = "contact"
    keywords = frozenset({"format"})
    ensured = keywords
    presets = {"type": "email", "inputmode": "email", "width": 40}
    messages = {
        "email.invalid": gettext_noop(
            "Une adresse e-mail s’écrit avec un @ et un point, par exemple prenom.nom@exemple.fr."
        ),
        "email.long": gettext_noop("Une adresse e-mail compte au plus 254 caractères."),
    }

    def infer(self, schema: Mapping[str, Any]) -> bool:
        return schema.get("type") == "string" and schema.get("format") in ("email", "idn-email")

    def clean(self, question: Question, raw: Any, context: Context) -> str | None:
        text = typed_text(raw)
        if text is None:
            return None
        if len(text) > 254:
            raise Invalid("email.long")
        if not _ADDRESS.match(text):
            raise Invalid("email.invalid")
        return text

    def sample(self, question: Question) -> str:
        return "camille.martin@exemple.fr"

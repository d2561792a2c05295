"""Address of a web page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from formdefs.context import Context
from formdefs.definition import Question
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import FieldType, typed_text


class Url(FieldType):
    """A page on the web; only http and https, so that the link shown is never a script."""

    slug, title = "url", "Adresse d’un site"
    family = "Identité et contact"
    lasting = True
    description = "L’adresse d’une page du web."
    synonyms = ("lien", "site internet", "web", "page")
    keywords = frozenset({"format"})
    ensured = keywords
    presets = {"type": "url", "inputmode": "url", "width": 40}
    messages = {
        "url.invalid": gettext_noop(
            "L’adresse d’une page commence par https://, par exemple https://www.exemple.fr."
        ),
    }

    def infer(self, schema: Mapping[str, Any]) -> bool:
        return schema.get("type") == "string" and schema.get("format") == "uri"

    def clean(self, question: Question, raw: Any, context: Context) -> str | None:
        text = typed_text(raw)
        if text is None:
            return None
        address = text if "://" in text else f"https://{text}"
        try:
            parts = urlsplit(address)
            host = parts.hostname or ""
        except ValueError as error:
            raise Invalid("url.invalid") from error
        plain = address.isascii() and not set(address) & set(' <>"\\^`{|}')
        if (
            not plain
            or parts.scheme not in ("http", "https")
            or "." not in host.strip(".")
            or len(address) > 2000
        ):
            raise Invalid("url.invalid")
        return address

    def sample(self, question: Question) -> str:
        return "https://www.exemple.fr"

"""Supporting document."""

from __future__ import annotations

from typing import Any, ClassVar

from formdefs.context import Context, FileFacts
from formdefs.definition import Question, ValueType
from formdefs.errors import Invalid, gettext_noop
from formdefs.fields.base import LIST_KEYWORDS, FieldType

MEDIA_TYPES = {"pdf": ("application/pdf",), "image": ("image/png", "image/jpeg")}
KINDS = {"pdf": ("PDF",), "image": ("PNG", "JPEG")}
MEGABYTE = 1024 * 1024
MANY = 20


def check_file(question: Question, facts: FileFacts) -> None:
    """Raise Invalid when a file is not of a kind or size that the question accepts."""
    accept, most = question.options["accept"], question.options["max_mb"]
    if facts.media_type not in {media for kind in accept for media in MEDIA_TYPES[kind]}:
        names = [name for kind in accept for name in KINDS[kind]]
        kinds = " ou ".join(filter(None, (", ".join(names[:-1]), names[-1])))
        raise Invalid("document.kind", name=facts.name, kinds=kinds)
    if facts.size <= 0:
        raise Invalid("document.empty", name=facts.name)
    if facts.size > most * MEGABYTE:
        raise Invalid("document.large", name=facts.name, limit=most)


class Document(FieldType):
    """Files given in support: their ids, the facts being in the context. At most 20."""

    takes_files = True
    slug, title, control, json_type = "document", "Justificatif", "document", "array"
    family = "Fichiers"
    description = "Un ou plusieurs fichiers que la personne joint."
    synonyms: ClassVar[tuple[str, ...]] = ("pièce jointe", "fichier", "justificatif", "pdf", "RIB")
    keywords = LIST_KEYWORDS
    ensured = frozenset({"items", "uniqueItems"})
    options_schema = {
        "properties": {
            "accept": {
                "type": "array",
                "title": "Formats acceptés",
                "description": "Ce que la personne peut joindre.",
                "default": ["pdf", "image"],
                "items": {
                    "oneOf": [
                        {"const": "pdf", "title": "PDF"},
                        {"const": "image", "title": "Image PNG ou JPEG"},
                    ]
                },
                "minItems": 1,
                "uniqueItems": True,
            },
            "max_mb": {
                "type": "integer",
                "title": "Taille d’un fichier, en Mo",
                "description": "La plus grande qui soit acceptée.",
                "default": 5,
                "minimum": 1,
                "maximum": 100,
            },
        }
    }
    presets = {"accept": ("pdf", "image"), "max_mb": 5}
    messages = {
        "document.unknown": gettext_noop(
            "Un de ces fichiers n’est plus disponible. Retirez-le, puis joignez-le de nouveau."
        ),
        "document.kind": gettext_noop(
            "« {name} » n’est pas un fichier {kinds}. Enregistrez-le dans un de ces formats, puis "
            "joignez-le de nouveau."
        ),
        "document.empty": gettext_noop(
            "« {name} » est vide. Vérifiez le fichier, puis joignez-le de nouveau."
        ),
        "document.large": gettext_noop(
            "« {name} » dépasse {limit} Mo. Allégez-le, puis joignez-le de nouveau."
        ),
        "minItems": gettext_noop("Joignez au moins {limit} fichiers : il en manque {gap}."),
        "maxItems": gettext_noop("Joignez au plus {limit} fichiers : il y en a {gap} de trop."),
    }

    def flaws(self, schema: Any, options: Any) -> tuple[str, ...]:
        items = schema.get("items", {"type": "string"})
        if items != {"type": "string"}:
            return ('Un justificatif est une liste d’identifiants : « items » vaut {"type": "string"}.',)
        return ()

    def clean(self, question: Question, raw: Any, context: Context) -> list[str] | None:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, list | tuple) or not all(isinstance(item, str) for item in raw):
            raise Invalid("type")
        ids = list(dict.fromkeys(item for item in raw if item))
        if len(ids) > question.schema.get("maxItems", MANY):
            most = question.schema.get("maxItems", MANY)
            raise Invalid("maxItems", limit=most, gap=len(ids) - most)
        for attachment in ids:
            if attachment not in context.files:
                raise Invalid("document.unknown")
            check_file(question, context.files[attachment])
        return ids or None

    def text(self, question: Question, value: list[str], context: Context) -> str:
        return ", ".join(context.files[item].name for item in value if item in context.files)

    def cell(self, question: Question, value: list[str]) -> object:
        return len(value)

    def sample(self, question: Question) -> list[str]:
        return [f"exemple{number}" for number in range(1, max(1, question.schema.get("minItems", 1)) + 1)]

    def reads_as(self, question: Question) -> ValueType:
        return ValueType("list", item=ValueType("text"))

"""A pasted list of questions: a line is a question, a line that ends with « : » a section."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from builder.acts.documents import QUESTION, Impossible, Target
from builder.acts.parts import add_section
from builder.acts.patches import Edit
from builder.acts.questions import Done, add_question
from builder.acts.requirement import require
from builder.acts.settings import put_choices
from formdefs.errors import gettext_noop

MOST = 300
HINTS: Mapping[str, tuple[str, ...]] = {
    "yes_no": ("avez-vous", "êtes-vous", "faites-vous", "disposez-vous", "souhaitez-vous"),
    "certification": ("je certifie", "je m’engage", "je m'engage", "j’atteste", "j'atteste"),
    "document": (
        *("justificatif", "attestation", "pièce", "rib", "copie", "relevé", "statuts signés", "scan"),
        *("justificatifs", "preuve", "preuves", "pièces"),
        *("compte rendu", "procès-verbal", "décret", "arrêté", "rapport", "bilan", "devis", "facture"),
    ),
    "bank_details": ("coordonnées bancaires",),
    "siret": ("siret",),
    "siren": ("siren",),
    "rna": ("rna",),
    "uai": ("uai",),
    "nir": ("sécurité sociale", "nir"),
    "finess": ("finess",),
    "iban": ("iban",),
    "bic": ("bic",),
    "email": ("e-mail", "email", "courriel", "mail", "adresse e-mail", "adresse électronique"),
    "phone": ("téléphone", "tél", "portable", "mobile"),
    "postcode": ("code postal",),
    "commune": ("commune",),
    "departement": ("département de", "votre département"),
    "identity": ("identité",),
    "civility": ("civilité",),
    "url": ("site web", "site internet", "url", "lien", "adresse du site", "adresse web"),
    "postal_address": ("adresse", "siège social"),
    "date": ("date", "jour", "né le", "née le"),
    "entity_statuses": ("statut des entités", "statut des établissements", "entités rattachées"),
    "percentage": ("pourcentage", "taux", "%"),
    "money": (
        *("montant", "coût", "prix", "budget", "dépense", "subvention", "€"),
        *("total des dépenses", "total des recettes", "recette", "frais", "chiffre d’affaires"),
    ),
    "integer": ("nombre", "effectif", "combien", "quantité"),
    "group": ("liste des", "tableau des"),
    "long_text": ("description", "décrivez", "présentation", "motivation", "commentaire", "précisez"),
}


@dataclass(frozen=True)
class Proposed:
    """One line of a pasted list, understood; `sure` when the type was told rather than supposed."""

    title: str
    kind: str
    choices: tuple[str, ...] = ()
    sure: bool = False
    optional: bool = False

    @property
    def is_section(self) -> bool:
        """Whether the line begins a section."""
        return self.kind == "section"


def proposals(text: str, known: Collection[str]) -> tuple[Proposed, ...]:
    """The questions and sections that a pasted text lists; `known` are the types that exist."""
    lines = [re.sub(r"^[\s\-–•*·]+|^\s*\d+[.)]\s+", "", line).strip() for line in text.splitlines()]
    return tuple(_read(line, known) for line in lines if line)[:MOST]


def _read(line: str, known: Collection[str]) -> Proposed:
    if line.endswith(":"):
        return Proposed(line.rstrip(": \N{NO-BREAK SPACE}"), "section", sure=True)
    optional = bool(re.search(r"\(facultati[fv]e?\)", line))
    line = re.sub(r"\s*\(facultati[fv]e?\)|\s*\*$", "", line).strip() or line
    head, mark, tail = line.partition(":")
    listed = [each.strip() for each in (tail or line).split("/")]
    if len(listed) > 1 and mark and all(listed):
        answers = tuple(dict.fromkeys(listed))
        if [each.lower() for each in answers] == ["oui", "non"]:
            return Proposed(head.strip(), "yes_no", sure=True, optional=optional)
        return Proposed(head.strip(), "choice", answers, sure=True, optional=optional)
    kind = hinted(line, known)
    if kind:
        return Proposed(line, kind, optional=optional)
    if line.endswith("?"):
        return Proposed(line, "yes_no", optional=optional)
    return Proposed(line, "text", optional=optional)


def hinted(title: str, known: Collection[str]) -> str:
    """The type, among those known, that the words of a title suppose, the first first; "" for none."""
    said = [
        (place, number, kind)
        for number, (kind, words) in enumerate(HINTS.items())
        for word in words
        if kind in known and (place := _place(title, word)) is not None
    ]
    return min(said)[2] if said else ""


def _place(line: str, word: str) -> int | None:
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", line.lower())
    return found.start() if found else None


def add_list(edit: Edit, at: Target, *, proposed: Iterable[Proposed], frozen: Collection[str] = ()) -> Done:
    """Add what a pasted list proposes, one after the other."""
    count = 0
    for each in proposed:
        if each.is_section:
            at = add_section(edit, at, title=each.title).select
            continue
        at = add_question(edit, at, title=each.title, kind=each.kind, frozen=frozen).select
        if each.choices:
            put_choices(edit, at, each.choices)
        if each.optional and at.kind == QUESTION:
            require(edit, at.id, False)
        count += 1
    if not count:
        raise Impossible(gettext_noop("Collez au moins une question, une par ligne."))
    return Done(at, gettext_noop("{count} questions ajoutées"), {"count": count})

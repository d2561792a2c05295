"""`manage.py import_definition <slug> <file>`: a file becomes the draft of a démarche, made if need be."""

import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from builder.management.named import named_administrator, named_portal
from formdefs import DefinitionError, canonical, load
from runtime.procedures.models import Procedure
from runtime.procedures.services import create_procedure, save_draft
from tenants.accounts.models import User
from tenants.permissions import Forbidden
from tenants.portals.current import portal_context
from tenants.portals.models import Portal


class Command(BaseCommand):
    """Refuses a text that is no definition, with every problem; publishes nothing."""

    help = "Fait d’un fichier le brouillon d’une démarche, et la crée s’il le faut."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="L’adresse de la démarche.")
        parser.add_argument("file", type=Path, help="Le fichier JSON.")
        parser.add_argument("--portal", default="", help="L’identifiant du portail ; le seul, par défaut.")
        parser.add_argument("--by", default="", help="Qui importe ; le seul administrateur, par défaut.")

    def handle(self, *args: Any, slug: str, file: Path, portal: str, by: str, **options: Any) -> None:
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", slug):
            raise CommandError("Une adresse se compose de minuscules, de chiffres et de tirets.")
        text = _read(file)
        found = named_portal(portal)
        with portal_context(found.pk):
            person = named_administrator(found, by)
            try:
                text = canonical(text)
                load(text, slug=slug)
                made = _keep(found, slug, text, person)
            except DefinitionError as error:
                raise CommandError(_listed(error)) from error
            except Forbidden as error:
                raise CommandError(f"{person} n’administre pas les démarches de ce portail.") from error
        what = "créée" if made else "mise à jour"
        self.stdout.write(f"Démarche « {slug} » {what}, en brouillon.")


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except OSError as error:
        raise CommandError(f"Le fichier « {file} » ne peut pas être lu.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"Le fichier « {file} » n’est pas en UTF-8.") from error


def _keep(portal: Portal, slug: str, text: str, by: User) -> bool:
    """Make the text the draft; gives whether the démarche was made for it."""
    procedure = Procedure.objects.filter(slug=slug).first()
    if procedure is None:
        create_procedure(portal=portal, slug=slug, text=text, by=by)
        return True
    save_draft(procedure=procedure, text=text, revision=procedure.draft_revision, by=by)
    return False


def _listed(error: DefinitionError) -> str:
    lines = [
        f"ligne {problem.line or 1}, {problem.pointer or '/'} : {problem.message}"
        for problem in error.problems
    ]
    return "\n".join(["Cette définition est refusée :", *lines])

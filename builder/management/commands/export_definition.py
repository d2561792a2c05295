"""`manage.py export_definition <slug>`: the text of a démarche, byte for byte."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from builder.management.named import named_portal, named_procedure
from tenants.portals.current import portal_context


class Command(BaseCommand):
    """Prints the version in force, another one, or the draft."""

    help = "Écrit sur la sortie standard la définition d’une démarche, octet pour octet."

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        """`--version` is here the démarche's, not Django's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **options)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="L’adresse de la démarche.")
        parser.add_argument("--portal", default="", help="L’identifiant du portail ; le seul, par défaut.")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--version", type=int, dest="number", help="Le numéro d’une version publiée.")
        which.add_argument("--draft", action="store_true", help="Le brouillon.")

    def handle(
        self, *args: Any, slug: str, portal: str, number: int | None, draft: bool, **options: Any
    ) -> None:
        with portal_context(named_portal(portal).pk):
            procedure = named_procedure(slug)
            if draft:
                text = procedure.draft_text
            else:
                version = (
                    procedure.current_version
                    if number is None
                    else procedure.versions.filter(number=number).first()
                )
                if version is None:
                    raise CommandError("Cette version n’existe pas. Le brouillon s’obtient avec --draft.")
                text = version.text
        self.stdout.write(text, ending="")

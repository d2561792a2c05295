"""`manage.py prefill_link <slug> key=value…`: a signed address that proposes answers."""

from typing import Any
from urllib.parse import urlencode

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from builder.management.named import named_portal, named_procedure
from runtime.dossiers.prefilling import signed_answers
from runtime.wizard.start import LINK
from tenants.portals.current import portal_context


class Command(BaseCommand):
    """Prints the address."""

    help = "Écrit l’adresse signée qui commence une démarche avec des réponses proposées."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="L’adresse de la démarche.")
        parser.add_argument("answers", nargs="+", help="Les réponses, clé=valeur.")
        parser.add_argument("--portal", default="", help="L’identifiant du portail ; le seul, par défaut.")

    def handle(self, *args: Any, slug: str, answers: list[str], portal: str, **options: Any) -> None:
        pairs = [answer.partition("=") for answer in answers]
        if wrong := [key for key, equals, _value in pairs if not equals or not key]:
            raise CommandError(f"Écrivez clé=valeur : {', '.join(wrong)}.")
        found = named_portal(portal)
        with portal_context(found.pk):
            token = signed_answers(
                slug=named_procedure(slug).slug, answers={key: value for key, _equals, value in pairs}
            )
            address = found.site.root_url + reverse("runtime:start", args=[slug])
        self.stdout.write(f"{address}?{urlencode({LINK: token})}")

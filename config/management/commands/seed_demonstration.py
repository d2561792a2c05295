"""`manage.py seed_demonstration`: the demonstration portal and its accounts, printed."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.demonstration.people import PEOPLE
from config.demonstration.seed import seed


class Command(BaseCommand):
    """Refused where the demonstration is not wanted: its passwords are printed."""

    help = "Prépare le portail de démonstration et affiche ses comptes."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("La démonstration n’est pas permise avec ces réglages.")
        # The settings that types are checked with have no demonstration of their own.
        kept = settings.DEMONSTRATION_FILE  # type: ignore[misc]
        passwords = seed(port=int(os.environ.get("PORT", "8000")), kept=kept)
        self.stdout.write("Comptes de démonstration :\n")
        for person in PEOPLE:
            self.stdout.write(f"  {person.username:<18} {passwords[person.username]:<14} {person.purpose}")
        self.stdout.write("\nCourriers envoyés : /demonstration/courrier/")

from typing import Any

from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db.models.signals import post_migrate


class CompositionRoot(AppConfig):
    """Ties together what the rooms may not know of each other."""

    name = "config"

    def ready(self) -> None:
        from tenants.portals.rls import protect_after_migration

        # A signal of an app that has models, sent once all the tables are there.
        tenants = apps.get_app_config("tenants")
        post_migrate.connect(make_cache_table, sender=tenants)
        post_migrate.connect(protect_after_migration, sender=tenants)


def make_cache_table(using: str, **_: Any) -> None:
    """Make the table of the shared cache, so that `migrate` alone prepares a database."""
    call_command("createcachetable", database=using, verbosity=0)

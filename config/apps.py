from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class CompositionRoot(AppConfig):
    """Ties together what the rooms may not know of each other."""

    name = "config"

    def ready(self) -> None:
        from tenants.portals.rls import protect_after_migration

        post_migrate.connect(protect_after_migration, sender=apps.get_app_config("tenants"))

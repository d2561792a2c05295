from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RuntimeConfig(AppConfig):
    name = "runtime"
    verbose_name = "Dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.jobs import ensure_schedules
        from runtime.navigation import PLACES
        from tenants.sessions.store import know

        for name, expression in PLACES.items():
            know(name, expression)
        post_migrate.connect(lambda **_: ensure_schedules(), sender=self, weak=False)

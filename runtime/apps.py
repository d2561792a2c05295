from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RuntimeConfig(AppConfig):
    name = "runtime"
    verbose_name = "Dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.jobs import ensure_schedules

        post_migrate.connect(lambda **_: ensure_schedules(), sender=self, weak=False)

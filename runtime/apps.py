from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    name = "runtime"
    verbose_name = "Dossiers"
    default_auto_field = "django.db.models.BigAutoField"

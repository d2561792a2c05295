from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "tenants"
    verbose_name = "Portails"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tenants.permissions.engine import load_policies

        load_policies()

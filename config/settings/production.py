"""A public body's server, behind a proxy that speaks HTTPS."""

import os

from .base import *  # noqa: F403
from .base import SILENCED_SYSTEM_CHECKS, STORAGES, VAR, app_role, databases, env


def required(name: str) -> str:
    """The value of this environment variable; the process stops with one sentence when there is none."""
    value = env.str(name, "")
    if not value:
        raise SystemExit(
            f"Démarrage refusé : la variable d’environnement {name} est obligatoire en production "
            "(voir docs/operate/environment.md)."
        )
    return value


SECRET_KEY = required("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS").split(",")]
WAGTAILADMIN_BASE_URL = required("BASE_URL")
DATABASE_APP_ROLE = app_role(required("DATABASE_URL"))
DATABASES = databases(
    app=required("DATABASE_URL"),
    owner=required("DATABASE_OWNER_URL") if os.environ.get("DATABASE_ROLE") == "owner" else "",
)

DEMONSTRATION = False
DEBUG = False
STATIC_ROOT = env.path("STATIC_ROOT", VAR / "static")
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = False
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"

# HSTS beyond this host is the public body's choice (W005, W021); Wagtail shows previews in frames (W019).
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "security.W005", "security.W019", "security.W021"]

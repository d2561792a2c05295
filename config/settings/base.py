"""Settings that every place shares. Each environment variable is described in docs/operate/environment.md."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from environs import Env

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"

env = Env()


def databases(*, app: str, owner: str) -> dict[str, Any]:
    """The one database, as the role that this process needs: `owner` to migrate, else `app`."""
    url = owner if os.environ.get("DATABASE_ROLE") == "owner" else app
    settings = dj_database_url.parse(url, engine="tenants.portals.backend", conn_health_checks=True)
    return {"default": {**settings, "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", 600)}}


def app_role(url: str) -> str:
    """The name of the role that may only touch data, as the application's address gives it."""
    return str(dj_database_url.parse(url)["USER"])


INSTALLED_APPS = [
    "config",
    "builder",
    "themes",
    "runtime",
    "tenants",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "csp",
    "django_filters",
    "django_htmx",
    "django_q",
    "formtools",
    "guardian",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "config.request_ids.RequestIdMiddleware",
    "config.health.HealthMiddleware",
    "config.headers.SecurityHeadersMiddleware",
    "config.headers.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tenants.portals.middleware.PortalMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.characters.CharactersMiddleware",
    "tenants.sessions.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.admin_gate.AdminGateMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "themes" / "socle" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "runtime.navigation.navigation",
                "themes.navigation.footer",
            ],
        },
    }
]

# Who and where
AUTH_USER_MODEL = "tenants.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mes-dossiers/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "tenants.accounts.forms.SignInForm",
    "reset_password": "tenants.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "tenants.accounts.forms.NewPasswordForm",
    "change_password": "tenants.accounts.forms.ChangedPasswordForm",
}
ACCOUNT_ADAPTER = "tenants.accounts.adapter.AccountAdapter"
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
# Only tenants.permissions asks guardian, object by object: `user.has_perm` must not answer for it.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

# The role that a statement takes to see every portal's rows (tenants/portals/rls.py)
DATABASE_ACROSS_ROLE = env.str("DATABASE_ACROSS_ROLE", "app_across")

# Languages and time
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "themes" / "socle" / "static"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR / "media")))
MEDIA_URL = "/media/"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What applicants give: no public address leads there, only a view that asks the access policy.
    "attachments": {
        "BACKEND": "runtime.uploads.storage.DurableFileSystemStorage",
        "OPTIONS": {"location": env.str("ATTACHMENTS_ROOT", str(VAR / "attachments")), "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# What the processes share
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Pages read the sizes of their images with one statement; Wagtail would write each in the cache again.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
SESSION_ENGINE = "tenants.sessions.store"
Q_CLUSTER = {
    "name": "demarches",
    "orm": "default",
    "workers": env.int("JOB_WORKERS", 2),
    "timeout": env.int("JOB_TIMEOUT", 60),
    # Strictly more than the timeout: a task may only be taken again once its first run is over.
    "retry": env.int("JOB_RETRY", env.int("JOB_TIMEOUT", 60) + 30),
    # A failed or timed-out task stays in the queue and is tried again.
    "ack_failures": False,
    "max_attempts": 0,
    "poll": 0.5,
    "guard_cycle": 1,
    "save_limit": 250,
    "catch_up": False,
    "label": "Tâches",
}

# Mail
# The registers that questions may be prefilled from: docs/operate/registers.md.
REGISTERS = env.json("REGISTERS", {})

EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
MESSAGE_ID_DOMAIN = env.str("MESSAGE_ID_DOMAIN", "localhost")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", "ne-pas-repondre@localhost")

# What a browser may do
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), usb=(), browsing-topics=()"
)
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
# The Wagtail admin shows previews in frames, images it has just read, and scripts that carry a nonce.
ADMIN_URL_PREFIX = "/administration/"
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": [SELF, NONCE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "worker-src": [SELF, "blob:"],
}

# Wagtail
WAGTAIL_SITE_NAME = "Démarches"
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", "http://localhost:8000")
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = False
# An address typed in a link stays what was typed: Wagtail would look for it among every portal's pages.
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = ""
# Those of France's mainland and overseas: Wagtail's own list holds names that browsers do not know.
WAGTAIL_USER_TIME_ZONES = [
    "Europe/Paris",
    "America/Guadeloupe",
    "America/Martinique",
    "America/Cayenne",
    "America/Miquelon",
    "Indian/Reunion",
    "Indian/Mayotte",
    "Pacific/Noumea",
    "Pacific/Tahiti",
    "Pacific/Wallis",
]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français")]
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database", "SEARCH_CONFIG": "french"}}

# Journal of the processes: one JSON object a line
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "config.request_ids.RequestIdFilter"}},
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s",
            "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
            "json_ensure_ascii": False,
        }
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["request_id"]}
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {"django-q": {"level": "WARNING"}, "pikepdf": {"level": "WARNING"}},
}

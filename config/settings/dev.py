"""The demonstration and the developer's machine, in clear HTTP on this machine only."""

from .base import *  # noqa: F403
from .base import VAR, app_role, databases, env

DEMONSTRATION = True
DEMONSTRATION_FILE = env.path("DEMONSTRATION_FILE", VAR / "demonstration.json")
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"

DATABASES = databases(app=env.str("DATABASE_URL"), owner=env.str("DATABASE_OWNER_URL"))
DATABASE_APP_ROLE = app_role(env.str("DATABASE_URL"))

# Without a mail server, mail lands in files that the demonstration's mailbox page reads.
if not env.str("EMAIL_HOST", ""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"

"""The tests: the same code and roles, cheap passwords, mail in memory, an embedded database of their own."""

import os

from config.embedded_pg import Cluster

from .base import *  # noqa: F403
from .base import STORAGES, VAR, app_role, databases

DEMONSTRATION = True
DEBUG = False
SECRET_KEY = "clé des tests, sans valeur ailleurs"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1", ".test"]
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"

# Addresses only: tests/conftest.py starts the database when a test first needs it.
ADDRESSES = {**Cluster(VAR / "test").addresses(), **os.environ}
DATABASES = databases(app=ADDRESSES["DATABASE_URL"], owner=ADDRESSES["DATABASE_OWNER_URL"])
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASE_APP_ROLE = app_role(ADDRESSES["DATABASE_URL"])

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
IN_MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
STORAGES = {**STORAGES, "default": IN_MEMORY, "attachments": IN_MEMORY}
WHITENOISE_AUTOREFRESH = True

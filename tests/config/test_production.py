"""Production starts with what it needs, or says in one sentence what is missing."""

import os
import subprocess
import sys

import pytest

COMPLETE = {
    "DATABASE_URL": "postgresql://app:secret@localhost/demarches",
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "demarches.example.fr",
    "BASE_URL": "https://demarches.example.fr",
}


def start(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env={**inherited, "DJANGO_SETTINGS_MODULE": "config.settings.production", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", sorted(COMPLETE))
def test_production_refuses_to_start_without(missing: str) -> None:
    environment = {name: value for name, value in COMPLETE.items() if name != missing}
    done = start(environment, "check")
    assert done.returncode == 1
    assert done.stderr.strip().startswith("Démarrage refusé")
    assert missing in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_migrating_needs_the_owners_address() -> None:
    done = start(COMPLETE, "migrate")
    assert "DATABASE_OWNER_URL" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_production_passes_djangos_deployment_checks() -> None:
    done = start(COMPLETE, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr

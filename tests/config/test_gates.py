"""What `make check` asks beyond the linters."""

import os
import re
import subprocess
import sys

import polib
import pytest

from config.installation import ROOT

CATALOGUES = sorted(path.relative_to(ROOT) for path in ROOT.glob("locale/*/LC_MESSAGES/*.po"))


@pytest.mark.usefixtures("postgres")
def test_every_change_of_a_model_has_its_migration() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_catalogue_is_complete() -> None:
    for catalogue in CATALOGUES:
        entries = polib.pofile(str(ROOT / catalogue))
        missing = [*entries.untranslated_entries(), *entries.fuzzy_entries()]
        assert not missing, f"{catalogue}: {[entry.msgid for entry in missing]}"


@pytest.mark.parametrize("kind", ["base", "dev", "node"])
def test_requirements_are_pinned_by_hash_and_say_nothing_of_where_they_came_from(kind: str) -> None:
    text = (ROOT / "requirements" / f"{kind}.txt").read_text("utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    for block in re.split(r"\n(?=[a-z])", text.strip()):
        assert "==" in block.splitlines()[0], block
        assert "--hash=sha256:" in block, block


def test_what_runs_is_what_is_tested() -> None:
    def pins(kind: str) -> set[str]:
        text = (ROOT / "requirements" / f"{kind}.txt").read_text("utf-8")
        return {line.split(" \\")[0] for line in text.splitlines() if re.match(r"[a-z].*==", line)}

    assert pins("base") <= pins("dev")


def test_the_browser_codes_lock_file_holds_no_address() -> None:
    assert "://" not in (ROOT / "package-lock.json").read_text("utf-8")

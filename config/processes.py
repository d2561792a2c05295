"""The two processes that serve the platform, and how to start and stop one. Standard library only."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
STOP_SECONDS = 15
GONE_SECONDS = 5


def server_command(python: str, *bindings: str, workers: int = 2) -> list[str]:
    """The web server on these addresses (`127.0.0.1:8000`)."""
    command = [python, "-m", "gunicorn", "config.wsgi", "--worker-class", "gthread", "--threads", "4"]
    command += ["--workers", str(workers), "--timeout", "60", "--graceful-timeout", "10"]
    # Our own journal says what happens; gunicorn's would only add a line a start.
    command += ["--log-level", "warning", "--no-control-socket"]
    for binding in bindings:
        command += ["--bind", binding]
    return command


def worker_command(python: str) -> list[str]:
    """The process that runs the jobs."""
    return [python, "manage.py", "qcluster"]


class Process:
    """A command with all its children, in a group of their own: what the terminal sends stays with us."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], output: IO[bytes] | None = None
    ) -> None:
        self.command = list(command)
        self.popen = subprocess.Popen(
            self.command, cwd=ROOT, env=dict(environment), stdin=subprocess.DEVNULL,
            stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip

    @property
    def pid(self) -> int:
        """The pid, which is the group's number too."""
        return self.popen.pid

    def has_ended(self) -> bool:
        """Whether the command itself is over."""
        return self.popen.poll() is not None

    def ask_to_stop(self) -> None:
        """Let it finish what it is doing; `stop` waits for that."""
        if not self.has_ended():
            self.popen.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        """Let it finish, then end whatever is left of its group."""
        self.ask_to_stop()
        with suppress(subprocess.TimeoutExpired):
            self.popen.wait(STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End the whole group at once, as a failing machine would."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self.popen.wait()
        kill_group(self.pid)


def kill_group(group: int) -> None:
    """`kill -9` a group of processes that may already be gone, and wait until it is."""
    deadline = time.monotonic() + GONE_SECONDS
    with suppress(ProcessLookupError, PermissionError):
        while time.monotonic() < deadline:
            os.killpg(group, signal.SIGKILL)
            time.sleep(0.02)

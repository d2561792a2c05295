"""How many times faster than a form page of Wagtail's own: a page of questions read, then saved.

    python3 bench/form_page.py [rounds] [seconds] [questions…]

There are 30 or 300 questions, both where nothing is said.

Both are served at once, by gunicorn with the same settings on the same PostgreSQL, and loaded in turn.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

sys.path[0] = str(Path(__file__).resolve().parents[1])

from bench.load import Measure, Request, measure  # noqa: E402
from bench.questions import COUNTS, answers, slug  # noqa: E402
from config.embedded_pg import Cluster  # noqa: E402
from config.installation import PYTHON, ROOT, VAR, install  # noqa: E402
from config.processes import Process, server_command  # noqa: E402

OURS, PEER = 8701, 8702
TOKEN = "b" * 32
WARM_UP = 2
"""Seconds of load that are not counted: every thread of both has then served."""


def main(rounds: int = 7, seconds: float = 4, *counts: int) -> None:
    """Measure, and print."""
    install("base")
    cluster = Cluster(VAR / "bench")
    with cluster.running():
        ours, peer = environments(cluster)
        seeded = prepare(cluster, ours, peer)
        with served("config.wsgi", OURS, ours) as our_pid, served("bench.peer.wsgi", PEER, peer) as peer_pid:
            for count in counts or COUNTS:
                for what, our_request, peer_request in requests(seeded, count):
                    compare(what, (our_request, our_pid), (peer_request, peer_pid), rounds, seconds)


def environments(cluster: Cluster) -> tuple[dict[str, str], dict[str, str]]:
    """The environments of our server and of the peer's."""
    shared = {**os.environ, "SECRET_KEY": cluster.secrets()["SECRET_KEY"]}
    addresses = cluster.addresses()
    ours = {**shared, **addresses, "DJANGO_SETTINGS_MODULE": "config.settings.dev", "PORT": str(OURS)}
    ours["DEMONSTRATION_FILE"] = str(VAR / "bench" / "demonstration.json")
    peer_url = urlsplit(addresses["DATABASE_OWNER_URL"])._replace(path="/peer").geturl()
    return ours, {**shared, "DJANGO_SETTINGS_MODULE": "bench.peer.settings", "PEER_URL": peer_url}


def prepare(cluster: Cluster, ours: dict[str, str], peer: dict[str, str]) -> dict[str, Any]:
    """Make both databases; gives the session and the addresses of our dossiers."""
    if not cluster.sql("select 1 from pg_database where datname = 'peer'", tuples_only=True).strip():
        cluster.sql("create database peer owner owner")
    run(peer, "-m", "django", "migrate", "--verbosity", "0")
    run(peer, "-m", "bench.seed_peer")
    run(ours, "manage.py", "migrate", "--verbosity", "0")
    run(ours, "manage.py", "seed_demonstration")
    seeded: dict[str, Any] = json.loads(run(ours, "-m", "bench.seed_ours").splitlines()[-1])
    return seeded


def run(environment: dict[str, str], *arguments: str) -> str:
    """What a command of the project's Python prints."""
    done = subprocess.run(
        [str(PYTHON), *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


@contextmanager
def served(application: str, port: int, environment: dict[str, str]) -> Iterator[int]:
    """The application served as ours is; gives the pid of the master process."""
    words = server_command(str(PYTHON), f"127.0.0.1:{port}")
    command = [application if word == "config.wsgi" else word for word in words]
    process = Process(command, environment)
    try:
        for _ in range(600):
            try:
                urlopen(f"http://127.0.0.1:{port}/", timeout=10).close()
                break
            except HTTPError:
                break
            except (URLError, OSError):
                time.sleep(0.1)
        yield process.pid
    finally:
        process.stop()


def requests(seeded: dict[str, Any], count: int) -> Iterator[tuple[str, Request, Request]]:
    """What is compared on a form of that many questions: its name, ours, the peer's."""
    addresses: list[str] = seeded["addresses"][str(count)]
    page_of_peer = [f"/{slug(count)}/"]
    ours = {"Host": "localhost", "Cookie": f"sessionid={seeded['session']}; csrftoken={TOKEN}"}
    peer = {"Host": "localhost", "Cookie": f"csrftoken={TOKEN}"}
    yield f"GET {count}", Request(OURS, addresses, ours), Request(PEER, page_of_peer, peer)
    form = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN}
    given = answers(count)
    # The number that each request ends with changes the first answer.
    given = {**{name: text for name, text in given.items() if name != "singleline_1"}, "singleline_1": ""}
    # A page that is up to date sends the present revision; a greater one takes the same way.
    page = {"shown": " ".join(given), "revision": "999999999"}
    yield (
        f"POST {count}",
        Request(OURS, addresses, {**ours, **form, "HX-Request": "true"}, {**page, **given}),
        Request(PEER, page_of_peer, {**peer, **form}, given),
    )


def compare(
    what: str, ours: tuple[Request, int], peer: tuple[Request, int], rounds: int, seconds: float
) -> None:
    """Load both in turn, and print the medians and their ratios."""
    for request, pid in (ours, peer):
        measure(request, WARM_UP, pid)
    pairs = [(measure(ours[0], seconds, ours[1]), measure(peer[0], seconds, peer[1])) for _ in range(rounds)]
    for name, side in (("nous", [pair[0] for pair in pairs]), ("Wagtail", [pair[1] for pair in pairs])):
        print(f"{what:8} {name:8} {rates(side)}  {median(m.cpu for m in side):.2f} ms de processeur")
    print(
        f"{what:8} rapport  × {median(a.rate / b.rate for a, b in pairs):.2f} en requêtes par seconde, "
        f"× {median(b.cpu / a.cpu for a, b in pairs):.2f} en processeur\n",
        flush=True,
    )


def rates(side: list[Measure]) -> str:
    """The median rate, with the lowest and the highest."""
    found = sorted(measured.rate for measured in side)
    return f"{median(found):7.1f} requêtes/s (de {found[0]:.1f} à {found[-1]:.1f})"


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))

"""A bounded load on this machine: `wrk` where there is one, else threads. Standard library only."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

CLIENTS = 8
TICK = os.sysconf("SC_CLK_TCK")
SCRIPT = """
local paths = {{{paths}}}
local threads = 0
function setup(thread) thread:set("offset", threads); threads = threads + 1 end
function init() turn = 0 end
function request()
  turn = turn + 1
  local path = paths[(2 * turn + offset) % #paths + 1]
  return wrk.format("{method}", path, nil, "{body}" .. turn * 2 + offset)
end
{headers}
"""


@dataclass(frozen=True)
class Request:
    """What is asked again and again, of one path after the other; what is posted ends with a number."""

    port: int
    paths: Sequence[str]
    headers: Mapping[str, str]
    fields: Mapping[str, str] | None = None
    expected: int = 200

    @property
    def method(self) -> str:
        """GET, or POST where there are fields."""
        return "POST" if self.fields else "GET"

    @property
    def body(self) -> str:
        """What is sent, up to its number."""
        return urlencode(self.fields) if self.fields else ""


@dataclass(frozen=True)
class Measure:
    """Requests a second, and the milliseconds of processor that the server spent on each."""

    rate: float
    cpu: float


def measure(request: Request, seconds: float, server: int) -> Measure:
    """The load for some seconds on the server whose master process is `server`."""
    check(request)
    before = processor_seconds(server)
    count, took = (wrk if shutil.which("wrk") else threads)(request, seconds)
    return Measure(count / took, 1000 * (processor_seconds(server) - before) / count)


def check(request: Request) -> None:
    """One request, whose answer must be what is measured."""
    connection = http.client.HTTPConnection("127.0.0.1", request.port, timeout=30)
    status = ask(connection, request, int(time.time()))
    connection.close()
    if status != request.expected:
        raise SystemExit(f"{request.method} {request.paths[0]} : {status} au lieu de {request.expected}")


def ask(connection: http.client.HTTPConnection, request: Request, number: int) -> int:
    """Send one request; gives the status of its answer."""
    path = request.paths[number % len(request.paths)]
    body = f"{request.body}{number}" if request.fields else None
    connection.request(request.method, path, body, dict(request.headers))
    answer = connection.getresponse()
    answer.read()
    return answer.status


def wrk(request: Request, seconds: float) -> tuple[int, float]:
    """Answers and seconds, by wrk."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        headers = "\n".join(f'wrk.headers["{name}"] = "{value}"' for name, value in request.headers.items())
        paths = ", ".join(f'"{path}"' for path in request.paths)
        script.write(SCRIPT.format(paths=paths, method=request.method, body=request.body, headers=headers))
        script.flush()
        address = f"http://127.0.0.1:{request.port}"
        command = ["wrk", "-t2", f"-c{CLIENTS}", f"-d{seconds:.0f}s", "--timeout", "30s", "-s", script.name]
        said = subprocess.run([*command, address], capture_output=True, text=True, check=True).stdout
    if re.search(r"Non-2xx|Socket errors", said):
        raise SystemExit(said)
    found = re.search(r"(\d+) requests in ([\d.]+)(ms|s|m)", said)
    if not found:
        raise SystemExit(said)
    return int(found[1]), float(found[2]) * {"ms": 0.001, "s": 1, "m": 60}[found[3]]


def threads(request: Request, seconds: float) -> tuple[int, float]:
    """Answers and seconds, by threads of this process, which costs the machine more than wrk does."""
    began = time.monotonic()

    def one(client: int) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", request.port, timeout=30)
        count = 0
        while time.monotonic() - began < seconds:
            status = ask(connection, request, count * CLIENTS + client)
            if status != request.expected:
                raise SystemExit(f"{request.method} : {status}")
            count += 1
        connection.close()
        return count

    with ThreadPoolExecutor(CLIENTS) as pool:
        total = sum(pool.map(one, range(CLIENTS)))
    return total, time.monotonic() - began


def processor_seconds(master: int) -> float:
    """The processor time of a process and of its living children."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(stat.parent.name) == master or int(fields[1]) == master:
            total += int(fields[11]) + int(fields[12])
    return total / TICK

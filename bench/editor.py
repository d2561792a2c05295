"""How soon one can work in the editor of 300 questions and 60 rules, beside Wagtail's form of 100 blocks.

    .venv/bin/python bench/editor.py [rounds]

Both are served with the same settings and opened in turn by the same Chromium, whose cache is warm. A page is
*interactive* from the end of the last long task (50 ms) that is followed by two quiet seconds, and not before
its own script says that it is ready, or the last block has its field.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

sys.path[0] = str(Path(__file__).resolve().parents[1])

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from bench.form_page import OURS, PEER, environments, prepare, run, served  # noqa: E402
from config.embedded_pg import Cluster  # noqa: E402
from config.installation import VAR, chromium  # noqa: E402

QUIET = 2_000
WATCHED = """new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.lastTask = task.startTime + task.duration;
}).observe({ type: 'longtask', buffered: true })"""
READY = """([selector, quiet]) => new Promise((done) => {
  let ready = 0;
  const look = () => {
    const found = document.querySelectorAll(selector);
    if (!ready && found.length) ready = performance.now();
    const last = Math.max(ready, window.lastTask ?? 0);
    if (ready && performance.now() - last > quiet) done([ready, last, document.querySelectorAll('*').length]);
    else setTimeout(look, 10);
  };
  look();
})"""


def main(rounds: int = 7) -> None:
    """Measure, and print."""
    cluster = Cluster(VAR / "bench")
    with cluster.running():
        ours, peer = environments(cluster)
        prepare(cluster, ours, peer)
        our = json.loads(run(ours, "-m", "bench.seed_editor_ours").splitlines()[-1])
        their = json.loads(run(peer, "-m", "bench.seed_editor_peer").splitlines()[-1])
        with served("config.wsgi", OURS, ours), served("bench.peer.wsgi", PEER, peer), opened() as browser:
            editor = signed_in(browser, OURS, our["session"])
            blocks = signed_in(browser, PEER, their["session"])
            for kind, address in their["addresses"].items():
                compare(kind, (editor, our["address"], "[data-ready]"), (blocks, address, LAST[kind]), rounds)


LAST = {"text": "[name='body-99-value']", "question": "[name='body-99-value-required']"}
"""The field of the last block, by the kind of its page."""


@contextmanager
def opened() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


def signed_in(browser: Browser, port: int, session: str) -> Page:
    """A page of somebody who is signed in there."""
    base = f"http://localhost:{port}"
    context = browser.new_context(base_url=base, viewport={"width": 1440, "height": 900}, locale="fr-FR")
    context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
    context.add_init_script(WATCHED)
    return context.new_page()


def compare(kind: str, ours: tuple[Page, str, str], theirs: tuple[Page, str, str], rounds: int) -> None:
    """Open both in turn, and print the medians and their ratio."""
    open_page(*ours)
    open_page(*theirs)
    pairs = [(open_page(*ours), open_page(*theirs)) for _ in range(rounds)]
    for name, side in (("nous", [pair[0] for pair in pairs]), (f"100 × {kind}", [pair[1] for pair in pairs])):
        ready, interactive, nodes = (median(each[part] for each in side) for part in range(3))
        print(f"{name:16} prêt {ready:6.0f} ms, interactif {interactive:6.0f} ms, {nodes:.0f} éléments")
    ratio = median(ours[1] / theirs[1] for ours, theirs in pairs)
    print(f"{'':16} rapport {ratio:.2f} jusqu’à l’interactivité\n", flush=True)


def open_page(page: Page, address: str, selector: str) -> list[float]:
    """When it is ready and interactive, in milliseconds since it was asked for, and how many elements."""
    answer = page.goto(address, wait_until="commit")
    assert answer and answer.ok, address
    measured: list[float] = page.evaluate(READY, [selector, QUIET])
    return measured


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))

"""`kill -9` in the middle of the work: nothing acknowledged is lost, and nothing is done by half."""

import hashlib
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import Event, Thread
from typing import TypeVar

import pytest
from PIL import Image

from tests.front_door import Site
from tests.visitor import Answer, Unanswered, Visitor, revision_in
from tests.walks.demonstration import Demonstration

T = TypeVar("T")
PATIENCE = 150
KILLS = 3
SAVES = 6
"""Saves of one dossier before it is transmitted."""
ANSWERS = {
    "probleme": "chaussee",
    "constate_le": "01/10/2026",
    "danger": "false",
    "email": "jeanne@exemple.fr",
}


class Work(Thread):
    """What a person does again and again in a thread, while the test ends the server under it."""

    def __init__(self, visitor: Visitor) -> None:
        super().__init__(daemon=True)
        self.visitor = visitor
        self.done = 0
        self.enough = Event()
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.enough.is_set():
                self.turn()
        except BaseException as failure:  # told to the test, which runs in another thread
            self.failure = failure

    def turn(self) -> None:
        """One dossier."""
        raise NotImplementedError

    def until_answered(self, act: Callable[[], T]) -> T:
        """Do it again until somebody answers."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return act()
            except Unanswered:
                assert time.monotonic() < deadline, "nobody answers any more"
                time.sleep(0.05)

    def begin(self, slug: str) -> str:
        """A new dossier's reference; one whose answer was lost stays an empty draft."""
        answer = self.until_answered(
            lambda: self.visitor.post(f"/demarches/{slug}/commencer/", {"applicant": "moi"})
        )
        assert answer.status == 302, answer.text
        return answer.location.split("/")[2]

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Within the block the work goes on; its failure is the test's."""
        self.start()
        try:
            yield
        finally:
            self.enough.set()
            self.join(PATIENCE)
        if self.failure:
            raise self.failure
        assert not self.is_alive()

    def wait_for_more(self, number: int) -> None:
        """Return once that many more requests were acknowledged."""
        goal, deadline = self.done + number, time.monotonic() + PATIENCE
        while self.done < goal:
            assert self.failure is None, self.failure
            assert time.monotonic() < deadline, "the work does not go on"
            time.sleep(0.005)


class Filing(Work):
    """Begins a dossier, saves answers one after the other, transmits it, and so on."""

    def __init__(self, visitor: Visitor) -> None:
        super().__init__(visitor)
        self.acknowledged: dict[str, list[str]] = {}
        self.transmitted: list[str] = []

    def turn(self) -> None:
        reference = self.begin("signalement-voirie")
        saved = self.acknowledged[reference] = []
        revision = "0"
        for number in range(SAVES):
            place = f"{number}, rue {reference}"
            revision = self.save(reference, revision, {**ANSWERS, "lieu": place})
            saved.append(place)
            self.done += 1
        self.transmit(reference)
        self.transmitted.append(reference)
        self.done += 1

    def save(self, reference: str, revision: str, answers: dict[str, str]) -> str:
        """Save, and give the new revision."""
        fields = {"shown": " ".join(answers), "revision": revision, **answers}
        address = f"/mes-dossiers/{reference}/formulaire/formulaire/"
        answer = self.until_answered(lambda: self.visitor.post(address, fields, script=True))
        assert answer.status == 200, answer.text
        return revision_in(answer.text)

    def transmit(self, reference: str) -> None:
        """Transmit; said twice where the first answer was lost, it leads to the dossier."""
        address = f"/mes-dossiers/{reference}/recapitulatif/"
        answer = self.until_answered(lambda: self.visitor.post(address, {}))
        assert answer.status == 302, answer.text


class Uploading(Work):
    """Begins a dossier, sends files, and so on."""

    def __init__(self, visitor: Visitor) -> None:
        super().__init__(visitor)
        self.acknowledged: list[tuple[str, str]] = []

    def turn(self) -> None:
        reference = self.begin("bourse-departementale")
        for _ in range(3):
            content = noise()
            try:
                answer = self.send(reference, content)
            except Unanswered:
                return
            assert answer.status == 200, answer.text
            self.acknowledged.append((reference, hashlib.sha256(content).hexdigest()))
            self.done += 1

    def send(self, reference: str, content: bytes) -> Answer:
        """Send a picture as the proof of taxes."""
        address = f"/mes-dossiers/{reference}/pieces/"
        return self.visitor.send_file(address, {"question": "avis_impot"}, "avis.png", content)


def noise() -> bytes:
    """A picture that is like no other."""
    out = BytesIO()
    Image.frombytes("RGB", (160, 160), random.randbytes(160 * 160 * 3)).save(out, "PNG")
    return out.getvalue()


def visitor(demonstration: Demonstration, username: str) -> Visitor:
    """Somebody signed in."""
    made = Visitor(demonstration.site.url)
    made.sign_in(username, demonstration.passwords[username])
    return made


@pytest.fixture(scope="module")
def interrupted(demonstration: Demonstration) -> tuple[Filing, Uploading]:
    """The work of two people during which the server was ended several times."""
    site = demonstration.site
    # One person asks for this grant once only; here, as often as it takes.
    site.rows(
        "update runtime_opening set per_applicant = null from runtime_procedure p "
        "where p.id = procedure_id and p.slug = 'bourse-departementale' returning 1"
    )
    filing = Filing(visitor(demonstration, "sofia.lemoine"))
    uploading = Uploading(visitor(demonstration, "hugo.mercier"))
    with filing.going_on(), uploading.going_on():
        for _ in range(KILLS):
            filing.wait_for_more(5)
            uploading.wait_for_more(2)
            time.sleep(random.uniform(0, 0.05))
            site.kill_server()
            site.start_server()
        filing.wait_for_more(SAVES)
    return filing, uploading


def test_a_killed_server_loses_no_acknowledged_save_and_leaves_no_half_deposit(
    site: Site, interrupted: tuple[Filing, Uploading]
) -> None:
    filing = interrupted[0]
    assert filing.transmitted
    for reference, places in filing.acknowledged.items():
        kept = history(site, reference)
        assert [place for place in kept if place in places] == places, reference
    assert_no_half_deposit(site, filing.transmitted)
    assert_chains_whole(site)


def history(site: Site, reference: str) -> list[object]:
    """Every place that a dossier was given, in order: those that were replaced, then the one it has."""
    replaced = site.rows(
        "select before->'values'->>'lieu' from runtime_event join runtime_dossier d on d.id = dossier_id "
        "where d.reference = %s and before->'values' ? 'lieu' order by runtime_event.number",
        reference,
    )
    now = site.rows("select raw->>'lieu' from runtime_dossier where reference = %s", reference)
    return [row[0] for row in (*replaced, *now)]


def assert_no_half_deposit(site: Site, transmitted: list[str]) -> None:
    """A dossier is transmitted, or has no deposit, no event of it, and owes nothing."""
    found = site.rows(
        "select d.reference, d.status <> 'draft',"
        " (select count(*) from runtime_deposit where dossier_id = d.id),"
        " (select count(*) from runtime_event where dossier_id = d.id and kind = 'submit'),"
        " (select count(*) from runtime_outboxentry where (params->>'dossier')::bigint = d.id)"
        " from runtime_dossier d join tenants_user u on u.id = d.assignee_id"
        " where u.username = 'sofia.lemoine'"
    )
    for reference, is_transmitted, deposits, events, owed in found:
        expected = (1, 1, 2) if is_transmitted else (0, 0, 0)
        assert (deposits, events, owed) == expected, reference
    assert set(transmitted) <= {row[0] for row in found if row[1]}


def assert_chains_whole(site: Site) -> None:
    """The journal of every dossier is whole."""
    broken = site.manage(
        "shell", "--no-imports", "-c",
        "from runtime.dossiers.journal import chain_is_whole\n"
        "from runtime.dossiers.models import Dossier\n"
        "from tenants.portals.current import across_portals\n"
        "with across_portals('test'):\n"
        "    print([d.reference for d in Dossier.objects.all() if not chain_is_whole(d)])",
    )  # fmt: skip
    assert broken.strip().splitlines()[-1] == "[]"


def test_a_killed_server_loses_no_acknowledged_file_and_leaves_no_row_without_its_file(
    site: Site, interrupted: tuple[Filing, Uploading]
) -> None:
    uploading = interrupted[1]
    rows = site.rows(
        "select d.reference, a.sha256, a.file, d.raw->'avis_impot' ? a.reference "
        "from runtime_attachment a join runtime_dossier d on d.id = a.dossier_id "
        "where a.question = 'avis_impot'"
    )
    for reference, digest, name, is_answer in rows:
        content = Path(site.environment["ATTACHMENTS_ROOT"], str(name)).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest, reference
        assert is_answer, reference
    assert set(uploading.acknowledged) <= {(row[0], row[1]) for row in rows}


@pytest.fixture
def slow_mail(site: Site) -> Iterator[Site]:
    """The site with a mail server that takes its time, so that a mail is under way when the worker ends."""
    site.mailbox.delay = 0.2
    yield site
    site.mailbox.delay = 0


def test_a_worker_killed_during_mail_sends_every_mail_and_none_more_than_twice(
    demonstration: Demonstration, slow_mail: Site
) -> None:
    site = slow_mail
    filing = Filing(visitor(demonstration, "nadia.benali"))
    settle(site)
    before = len(site.mailbox.messages)
    for _ in range(4):
        filing.turn()
    wait_until(lambda: len(site.mailbox.messages) > before, "no mail is sent")
    site.kill_worker()
    site.start_worker()
    settle(site)
    received = Counter(str(message["Message-ID"]) for message in site.mailbox.messages[before:])
    keys = site.rows(
        "select e.key from runtime_outboxentry e "
        "join runtime_dossier d on d.id = (e.params->>'dossier')::bigint "
        "where d.reference = any(%s)",
        filing.transmitted,
    )
    assert len(keys) == 2 * len(filing.transmitted)
    assert {identity.partition("@")[0] for identity in received} == {f"<{key}.0" for (key,) in keys}
    assert max(received.values()) <= 2, received


def settle(site: Site) -> None:
    """Wait until nothing is owed."""
    owed = "select count(*) from runtime_outboxentry where done_at is null"
    wait_until(lambda: site.rows(owed) == [(0,)], "mails are still owed")


def wait_until(condition: Callable[[], bool], otherwise: str) -> None:
    """Return once the condition holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.02)

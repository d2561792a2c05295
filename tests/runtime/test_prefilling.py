"""Answers are proposed from what is known, marked as such, and changed freely."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runtime.dossiers.facts import context_of
from runtime.dossiers.models import Dossier
from runtime.dossiers.prefilling import Proposed, signed_answers, standing
from runtime.dossiers.services import create_dossier, save_answers, submit_dossier
from runtime.procedures.definitions import definition_of
from runtime.procedures.models import Procedure
from runtime.registers import Register, Unavailable, look_up
from runtime.uploads.services import attach
from runtime.workbooks.write import write_workbook
from tests.fixtures import House, make_procedure

SOURCES = {
    "organisme": "organisation.name",
    "courriel": "applicant.email",
    "lien": "query:lien",
    "signe": "signed:nom",
    "voie": "register:essai.adresse.voie",
    "avant": "dossier:rendez-vous.organisme",
    "libre": "",
}


def text_asking(sources: dict[str, str]) -> str:
    properties: dict[str, Any] = {
        name: {"type": "string", "title": name.title(), "x-field": {"type": "text", "prefill": source}}
        if source
        else {"type": "string", "title": name.title()}
        for name, source in sources.items()
    }
    return json.dumps({"type": "object", "title": "Rendez-vous", "properties": properties})


@pytest.fixture
def procedure(house: House) -> Procedure:
    return make_procedure(house.portal, house.administrator, "rendez-vous", text_asking(SOURCES))


def begin(house: House, procedure: Procedure, proposed: Proposed = Proposed()) -> Dossier:  # noqa: B008
    return create_dossier(
        procedure=procedure, by=house.applicant, organisation=house.clinic, proposed=proposed
    )


def test_the_account_and_the_organisation_answer_and_say_so(house: House, procedure: Procedure) -> None:
    dossier = begin(house, procedure)
    assert dossier.raw == {"organisme": house.clinic.name, "courriel": house.applicant.email}
    assert standing(dossier) == {"organisme": "votre organisme", "courriel": "votre compte"}
    page = house.client(house.applicant).get(f"/mes-dossiers/{dossier.reference}/formulaire/formulaire/")
    assert "Prérempli depuis votre compte. Vérifiez cette réponse." in page.text
    assert re.search(r'id="q-courriel"[^>]*aria-describedby="[^"]*p-courriel', page.text)


def test_an_answer_that_was_changed_is_no_longer_said_to_be_proposed(
    house: House, procedure: Procedure
) -> None:
    dossier = begin(house, procedure)
    draft = save_answers(
        reference=dossier.reference, by=house.applicant, given={"courriel": "autre@exemple.fr"}, revision=0
    )
    assert standing(draft.dossier) == {"organisme": "votre organisme"}


def test_an_address_proposes_only_what_questions_take_from_it(house: House, procedure: Procedure) -> None:
    client = house.client(house.applicant)
    url = f"/demarches/{procedure.slug}/commencer/?lien=Rennes&libre=Intrus&organisme=Intrus"
    assert 'action="' not in re.findall(r"<form class=\"card card--pad\"[^>]*>", client.get(url).text)[0]
    assert client.post(url, {"applicant": house.clinic.reference}).status_code == 302
    dossier = Dossier.objects.get(procedure=procedure)
    assert dossier.raw["lien"] == "Rennes" and dossier.raw["organisme"] == house.clinic.name
    assert "libre" not in dossier.raw


@pytest.mark.parametrize("harm", ["", "altered", "other"])
def test_a_signed_link_proposes_only_untouched_and_for_its_own_demarche(
    house: House, procedure: Procedure, harm: str
) -> None:
    slug = "autre" if harm == "other" else procedure.slug
    token = signed_answers(slug=slug, answers={"nom": "Lavoir"})
    if harm == "altered":
        token = token[:-2] + ("aa" if token[-2:] != "aa" else "bb")
    url = f"/demarches/{procedure.slug}/commencer/?prefill={token}"
    house.client(house.applicant).post(url, {"applicant": house.clinic.reference})
    assert Dossier.objects.get(procedure=procedure).raw.get("signe") == (None if harm else "Lavoir")


def test_the_command_writes_a_link_that_works(
    house: House, procedure: Procedure, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("prefill_link", procedure.slug, "nom=Association du Lavoir", portal=house.portal.slug)
    url = capsys.readouterr().out.strip()
    path = url[url.index("/demarches/") :]
    house.client(house.applicant).post(path, {"applicant": house.clinic.reference})
    assert Dossier.objects.get(procedure=procedure).raw["signe"] == "Association du Lavoir"


def test_an_earlier_dossier_answers_once_transmitted_and_only_for_the_same_applicant(
    house: House, procedure: Procedure
) -> None:
    first = begin(house, procedure)
    save_answers(
        reference=first.reference, by=house.applicant, given={"organisme": "Mon organisme"}, revision=0
    )
    assert "avant" not in begin(house, procedure).raw, "a draft tells nothing"
    submit_dossier(reference=first.reference, by=house.applicant)
    second = begin(house, procedure)
    assert second.raw["avant"] == "Mon organisme"
    assert standing(second)["avant"] == f"votre dossier {first.reference}"
    other = create_dossier(procedure=procedure, by=house.stranger, organisation=house.hospital)
    assert "avant" not in other.raw
    alone = create_dossier(procedure=procedure, by=house.applicant, organisation=None)
    assert "avant" not in alone.raw
    colleague = create_dossier(procedure=procedure, by=house.colleague, organisation=house.clinic)
    assert "avant" not in colleague.raw, "the policy keeps it to its référent"


def test_an_earlier_dossier_is_read_once_however_many_answers_it_gives(house: House) -> None:
    counts = []
    for number in (1, 6):
        sources = {f"avant_{n}": f"dossier:rendez-vous-{number}.avant_{n}" for n in range(number)}
        slug = f"rendez-vous-{number}"
        procedure = make_procedure(house.portal, house.administrator, slug, text_asking(sources))
        first = begin(house, procedure)
        save_answers(
            reference=first.reference, by=house.applicant, given=dict.fromkeys(sources, "Ici"), revision=0
        )
        submit_dossier(reference=first.reference, by=house.applicant)
        with CaptureQueriesContext(connection) as statements:
            assert begin(house, procedure).raw == dict.fromkeys(sources, "Ici")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_an_earlier_dossier_s_files_stay_with_it(house: House) -> None:
    rows = {"type": "object", "properties": {"nom": {"type": "string", "title": "Nom"}}}
    document = {
        "definition": 1,
        "id": "liste",
        "title": "Liste",
        "roles": {"agent": {"title": "Agent"}},
        "documents": [
            {
                "id": "trame",
                "kind": "workbook",
                "title": "Trame",
                "sheets": [{"id": "noms", "title": "Noms", "table": {"columns": rows}}],
            }
        ],
        "phases": [
            {
                "id": "demande",
                "title": "Demande",
                "answers": {
                    "type": "object",
                    "properties": {
                        "trame": {
                            "type": "object",
                            "title": "Trame",
                            "x-field": {
                                "type": "workbook",
                                "workbook": "trame",
                                "prefill": "dossier:liste.trame",
                            },
                        }
                    },
                },
                "reviews": [{"id": "instruction", "role": "agent"}],
            }
        ],
    }
    procedure = make_procedure(house.portal, house.administrator, "liste", json.dumps(document))
    first = begin(house, procedure)
    book = definition_of(first.version).workbooks["trame"]
    file = write_workbook(book, context_of(first, (), first.created_at), {"noms": [{"nom": "Ada"}]})
    attach(
        reference=first.reference,
        by=house.applicant,
        path="trame",
        upload=SimpleUploadedFile("trame.xlsx", file),
    )
    submit_dossier(reference=first.reference, by=house.applicant)
    assert "trame" not in begin(house, procedure).raw


class Answers(BaseHTTPRequestHandler):
    """A register: what it answers, and how often it was asked."""

    status, body, asked = 200, b"{}", 0
    seen: dict[str, str] = {}

    def do_GET(self) -> None:
        type(self).asked += 1
        type(self).seen = {"path": self.path, "token": self.headers.get("Authorization", "")}
        self.send_response(self.status)
        if self.status == 302:
            self.send_header("Location", "/ailleurs")
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[type[Answers]]:
    kind = type("Asked", (Answers,), {})
    http = HTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    kind.address = f"http://127.0.0.1:{http.server_port}/{{identifier}}"  # type: ignore[attr-defined]
    cache.clear()
    yield kind
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture
def register(db: None, server: Any) -> Register:
    return Register("essai", "le répertoire d’essai", server.address, "organisation.finess", "secret", 1.0)


def test_a_register_is_asked_once_and_its_answer_kept(register: Register, server: Any) -> None:
    server.body = b'{"adresse": {"voie": "18 quai"}}'
    for _ in range(3):
        assert look_up(register, "99 000/1")["adresse"]["voie"] == "18 quai"
    assert (server.asked, server.seen) == (1, {"path": "/99%20000%2F1", "token": "Bearer secret"})


def test_what_a_register_does_not_know_is_nothing_and_no_failure(register: Register, server: Any) -> None:
    server.status = 404
    assert [look_up(register, "x"), look_up(register, "x")] == [{}, {}]
    assert server.asked == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, b"{}"), (302, b""), (200, b"pas du JSON"), (200, b"[1]"), (200, b"\xff"), (200, b" " * 300_000)],
)
def test_a_register_that_answers_otherwise_is_down_and_left_in_peace(
    register: Register, server: Any, status: int, body: bytes
) -> None:
    server.status, server.body = status, body
    for number in range(5):
        with pytest.raises(Unavailable):
            look_up(register, f"n{number}")
    assert server.asked == 3


def test_a_register_that_is_not_there_or_has_no_web_address_is_down(db: None) -> None:
    cache.clear()
    for url in ("http://127.0.0.1:9/{identifier}", "file:///etc/passwd", "ftp://127.0.0.1/{identifier}"):
        with pytest.raises(Unavailable):
            look_up(Register("r" + url[:4], "r", url, "organisation.siret"), "1")


def test_a_register_answers_for_the_organisation_or_the_person_is_told(
    house: House, procedure: Procedure, server: Any, settings: Any
) -> None:
    declared = {"title": "le répertoire d’essai", "url": server.address, "by": "organisation.finess"}
    settings.REGISTERS = {"essai": declared}
    server.body = b'{"adresse": {"voie": "18 quai des Tanneurs"}}'
    client, url = house.client(house.applicant), f"/demarches/{procedure.slug}/commencer/"
    page = client.post(url, {"applicant": house.clinic.reference}, follow=True)
    assert 'value="18 quai des Tanneurs"' in page.text
    assert "Prérempli depuis le répertoire d’essai." in page.text
    cache.clear()
    server.status = 503
    page = client.post(url, {"applicant": house.clinic.reference}, follow=True)
    assert "Le répertoire d’essai ne répond pas\u00a0: remplissez vous-même" in page.text
    assert Dossier.objects.filter(procedure=procedure).count() == 2, "the dossier is begun all the same"

"""What a page costs in SQL, through HTTP, whatever the number of questions, files and dossiers.

Every statement of a request is counted, set_config, session and account among them. BEGIN and COMMIT are not
(here they are the SAVEPOINT and RELEASE of the test's own transaction): `test_a_change_is_one_transaction`
says how many there are.
"""

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from config.demonstration.pages import make_home
from config.demonstration.pictures import SCENES, draw
from formdefs import Definition
from runtime.dossiers.models import Dossier
from runtime.dossiers.services import create_dossier, save_answers, submit_dossier
from runtime.procedures.definitions import definition_of
from runtime.procedures.models import Procedure
from runtime.review.services import decide
from runtime.uploads.services import attach
from tenants.portals.selectors import forget_portals
from tests.fixtures import House, begin, complete, deposited, make_procedure, picture
from themes.highlights.services import feature, illustrate

TRANSACTIONAL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
QUESTIONS = 300
PAGE, SAVE, DEPOSIT = 4, 5, 12
NO_FILES = -1
"""What costs less where the démarche asks for no file."""


@dataclass
class Cost:
    """The statements of a request."""

    statements: list[str]

    @property
    def count(self) -> int:
        """How many there are, without the bounds of transactions."""
        return len(self.told())

    @property
    def transactions(self) -> int:
        """How many transactions, or savepoints, were begun."""
        return sum(statement.startswith("SAVEPOINT") for statement in self.statements)

    def told(self) -> list[str]:
        """The statements that are counted."""
        return [s for s in self.statements if not s.startswith(TRANSACTIONAL)]

    def __str__(self) -> str:
        return "\n".join(f"{number}. {text[:300]}" for number, text in enumerate(self.told(), start=1))


@contextmanager
def counted() -> Iterator[Cost]:
    """The statements of the block, on a connection that was told nothing yet."""
    cost = Cost([])
    connection.held = None  # type: ignore[attr-defined]
    with CaptureQueriesContext(connection) as captured:
        yield cost
    cost.statements += [query["sql"] for query in captured]


def cost_of_get(client: Client, address: str) -> Cost:
    """What a page costs once its process is warm."""
    client.get(address)
    with counted() as cost:
        assert client.get(address).status_code == 200
    return cost


def form_address(dossier: Dossier) -> str:
    """The first page of questions of a dossier."""
    return f"/mes-dossiers/{dossier.reference}/formulaire/{definition(dossier).first_phase.pages[0].id}/"


def definition(dossier: Dossier) -> Definition:
    """What the dossier answers."""
    return definition_of(dossier.version)


def autosave(client: Client, dossier: Dossier, **answers: str) -> Cost:
    """What a save by the page's script costs; it changes something."""
    address = form_address(dossier)
    data = {"shown": " ".join(answers), "revision": str(dossier.revision), **answers}
    with counted() as cost:
        answer = client.post(address, data, headers={"hx-request": "true"})
    assert answer.status_code == 200
    revision = dossier.revision
    dossier.refresh_from_db()
    assert dossier.revision == revision + 1
    return cost


def transmit(client: Client, dossier: Dossier) -> Cost:
    """What a deposit costs."""
    with counted() as cost:
        answer = client.post(f"/mes-dossiers/{dossier.reference}/recapitulatif/")
    assert answer.status_code == 302
    dossier.refresh_from_db()
    assert dossier.status == Dossier.Status.SUBMITTED
    return cost


def long_schema() -> str:
    """A bare JSON Schema of many questions."""
    questions = {f"question_{n}": {"type": "string", "title": f"Question {n}"} for n in range(QUESTIONS)}
    return json.dumps(
        {"title": "Un long formulaire", "type": "object", "properties": questions, "required": ["question_0"]}
    )


@pytest.fixture
def long_procedure(house: House) -> Procedure:
    """A published démarche of many questions."""
    return make_procedure(house.portal, house.administrator, "long", long_schema())


@pytest.fixture
def long_dossier(house: House, long_procedure: Procedure) -> Dossier:
    """A dossier of many questions, all answered."""
    dossier = create_dossier(procedure=long_procedure, by=house.applicant, organisation=None)
    given = dict.fromkeys(definition(dossier).first_phase.questions, "Réponse")
    save_answers(reference=dossier.reference, by=house.applicant, given=given, revision=0)
    dossier.refresh_from_db()
    return dossier


def with_files(house: House, dossier: Dossier, number: int) -> Dossier:
    """The dossier with more files."""
    for n in range(number):
        attach(reference=dossier.reference, by=house.applicant, path="preuves", upload=picture(f"{n}.png"))
    dossier.refresh_from_db()
    return dossier


# Filling in


def test_a_page_of_questions(house: House) -> None:
    cost = cost_of_get(house.client(house.applicant), form_address(begin(house)))
    assert cost.count <= PAGE, str(cost)


def test_a_page_costs_the_same_with_many_files(house: House) -> None:
    dossier = begin(house)
    client = house.client(house.applicant)
    one = cost_of_get(client, form_address(with_files(house, dossier, 1)))
    many = cost_of_get(client, form_address(with_files(house, dossier, 5)))
    assert one.count == many.count <= PAGE, str(many)


def test_a_page_of_300_questions(house: House, long_dossier: Dossier) -> None:
    cost = cost_of_get(house.client(house.applicant), form_address(long_dossier))
    assert cost.count <= PAGE + NO_FILES, str(cost)


def test_a_page_of_a_dossier_to_correct(house: House) -> None:
    cost = cost_of_get(house.client(house.applicant), form_address(to_correct(house)))
    assert cost.count <= PAGE + 1, str(cost)


def test_a_save(house: House) -> None:
    dossier, client = begin(house), house.client(house.applicant)
    autosave(client, dossier, dsi_nom="Benali")
    cost = autosave(client, dossier, dsi_nom="Durand")
    assert cost.count <= SAVE, str(cost)


def test_a_save_of_one_answer_among_300(house: House, long_dossier: Dossier) -> None:
    client = house.client(house.applicant)
    autosave(client, long_dossier, question_0="Un")
    cost = autosave(client, long_dossier, question_1="Deux")
    assert cost.count <= SAVE + NO_FILES, str(cost)


def test_a_save_with_files_already_given(house: House) -> None:
    dossier, client = with_files(house, begin(house), 5), house.client(house.applicant)
    autosave(client, dossier, dsi_nom="Benali")
    cost = autosave(client, dossier, dsi_nom="Durand")
    assert cost.count <= SAVE, str(cost)


def test_a_save_after_many_saves(house: House) -> None:
    dossier, client = begin(house), house.client(house.applicant)
    for number in range(50):
        save_answers(
            reference=dossier.reference, by=house.applicant, given={"dsi_nom": f"N{number}"}, revision=number
        )
    dossier.refresh_from_db()
    autosave(client, dossier, dsi_prenom="Nadia")
    cost = autosave(client, dossier, dsi_prenom="Inès")
    assert cost.count <= SAVE, str(cost)


def test_a_deposit(house: House) -> None:
    client = house.client(house.applicant)
    transmit(client, complete(house, begin(house)))
    cost = transmit(client, complete(house, begin(house)))
    assert cost.count <= DEPOSIT, str(cost)


def test_a_deposit_with_many_files(house: House) -> None:
    client = house.client(house.applicant)
    transmit(client, complete(house, begin(house)))
    cost = transmit(client, with_files(house, complete(house, begin(house)), 5))
    assert cost.count <= DEPOSIT, str(cost)


def test_a_deposit_of_300_questions(house: House, long_dossier: Dossier) -> None:
    cost = transmit(house.client(house.applicant), long_dossier)
    assert cost.count <= DEPOSIT + NO_FILES, str(cost)


def test_a_change_is_one_transaction(house: House) -> None:
    dossier, client = begin(house), house.client(house.applicant)
    assert autosave(client, dossier, dsi_nom="Benali").transactions == 1
    assert transmit(client, complete(house, dossier)).transactions <= 2


# Reading


def to_correct(house: House) -> Dossier:
    """A dossier that its reviewer asked to change."""
    dossier = deposited(house)
    decide(reference=dossier.reference, by=house.verifier, action="begin", given={}, seen=1)
    given = {"message": "Le RIB est illisible.", "due": timezone.now() + timedelta(days=5)}
    decide(reference=dossier.reference, by=house.verifier, action="request_changes", given=given, seen=1)
    dossier.refresh_from_db()
    return dossier


def more_dossiers(house: House, number: int) -> None:
    """Dossiers of the applicant: drafts, deposited ones and one to correct."""
    for n in range(number):
        dossier = begin(house) if n % 3 else deposited(house)
        # People may begin only so many dossiers an hour.
        Dossier.objects.filter(pk=dossier.pk).update(created_at=timezone.now() - timedelta(days=1))
    to_correct(house)


@pytest.mark.parametrize(
    ("address", "who", "pinned"),
    [
        ("/mes-dossiers/", "applicant", 4),
        ("/instruction/", "verifier", 6),
        ("/instruction/?q=clinique&sort=applicant", "verifier", 6),
    ],
)
def test_a_list_costs_the_same_with_1_and_50_dossiers(
    house: House, address: str, who: str, pinned: int
) -> None:
    client = house.client(getattr(house, who))
    more_dossiers(house, 0)
    few = cost_of_get(client, address)
    more_dossiers(house, 49)
    many = cost_of_get(client, address)
    assert few.count == many.count == pinned, str(many)


@pytest.mark.parametrize(
    ("address", "who", "pinned"),
    [
        ("/mes-dossiers/{}/", "applicant", 6),
        ("/depots/{}/1/", "applicant", 3),
        ("/instruction/{}/", "verifier", 7),
    ],
)
def test_a_dossier_costs_the_same_with_1_and_6_files_and_20_others(
    house: House, address: str, who: str, pinned: int
) -> None:
    client = house.client(getattr(house, who))
    few = cost_of_get(client, address.format(deposited(house).reference))
    more_dossiers(house, 20)
    dossier = with_files(house, complete(house, begin(house)), 5)
    submit_dossier(reference=dossier.reference, by=house.applicant)
    many = cost_of_get(client, address.format(dossier.reference))
    assert few.count == many.count == pinned, str(many)


@pytest.mark.parametrize(
    ("address", "who", "pinned"),
    [("/demarches/", None, 2), ("/demarches/", "applicant", 3), ("/demarches/care-domaine-2/", None, 2)],
)
def test_the_demarches_cost_the_same_whether_there_are_1_or_20(
    house: House, address: str, who: str | None, pinned: int
) -> None:
    client = house.client(getattr(house, who) if who else None)
    few = cost_of_get(client, address)
    for number in range(19):
        schema = {"title": f"Démarche {number}", "type": "object", "properties": {"a": {"type": "string"}}}
        make_procedure(house.portal, house.administrator, f"autre-{number}", json.dumps(schema))
    many = cost_of_get(client, address)
    assert few.count == many.count == pinned, str(many)


FEATURED = ("care-domaine-2", "bourse-departementale", "signalement-voirie")


# Wagtail leaves temporary files of images to the garbage collector, which runs at the end, here.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_home_page_costs_the_same_with_1_and_3_demarches_a_la_une(house: House) -> None:
    site = house.portal.site
    site.root_page = make_home(Page.get_first_root_node(), "Accueil")
    site.save()
    forget_portals()
    client = house.client()
    costs = []
    for title, slug in zip(SCENES, FEATURED, strict=True):
        found = Procedure.objects.filter(slug=slug).first()
        procedure = found or make_procedure(house.portal, house.administrator, slug)
        highlight = feature(portal=house.portal, procedure=procedure, by=house.editor)
        image = draw(title, house.portal.collection)
        illustrate(highlight=highlight, by=house.editor, image=image, image_alt="")
        costs.append(cost_of_get(client, "/"))
    assert costs[0].count == costs[2].count == 7, str(costs[2])
    gc.collect()

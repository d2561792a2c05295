"""What a page sends becomes raw answers, and lists are searched by those who may."""

from typing import Any

import pytest
from django.core.cache import cache
from django.http import QueryDict

from config.installation import ROOT
from formdefs import load
from runtime.controls import search
from runtime.controls.parsing import parse_page
from runtime.dossiers.models import Dossier
from runtime.dossiers.services import create_dossier
from tests.access.test_naughty_strings import OF_OUR_OWN, read, risky, strings
from tests.fixtures import House, make_procedure, picture

EVERY_TYPE = (ROOT / "tests" / "vectors" / "every_type.json").read_text("utf-8")


def parsed(**sent: Any) -> dict[str, Any]:
    data = QueryDict(mutable=True)
    for name, value in sent.items():
        data.setlist(name.replace("__", "."), value if isinstance(value, list) else [value])
    return parse_page(load(EVERY_TYPE).first_phase, data)


@pytest.mark.parametrize(
    ("sent", "raw"),
    [
        ({"shown": "identite", "identite__last_name": "Martin"}, {"last_name": "Martin"}),
        ({"shown": "identite", "identite__last_name": "", "identite__first_names": ""}, ""),
        ({"shown": "objectif", "objectif__reached": "true", "objectif__evidence": ["a", "b"]},
         {"reached": True, "evidence": ["a", "b"]}),
        ({"shown": "choix_autre", "choix_autre": "presse", "choix_autre__other": "Radio"}, "presse"),
        ({"shown": "choix_autre", "choix_autre": "_o_", "choix_autre__other": "Radio"}, {"other": "Radio"}),
        ({"shown": "commune", "commune": "st denis"}, "st denis"),
        ({"shown": "commune", "commune": "st denis", "commune__for": "st denis", "commune__pick": "93066"},
         "93066"),
        ({"shown": "commune", "commune": "rennes", "commune__for": "st denis", "commune__pick": "93066"},
         "rennes"),
    ],
)  # fmt: skip
def test_widgets_become_raw_answers(sent: dict[str, Any], raw: Any) -> None:
    if sent.get("choix_autre") == "_o_":
        sent["choix_autre"] = "__other__"
    (given,) = parsed(**sent).values()
    assert given == raw


def test_a_text_of_the_form_sends_nothing() -> None:
    assert parsed(shown="titre explication", titre="x", explication="y") == {}


@pytest.fixture
def dossier(house: House) -> Dossier:
    procedure = make_procedure(house.portal, house.administrator, "tous-les-types", EVERY_TYPE)
    return create_dossier(procedure=procedure, by=house.applicant, organisation=house.clinic)


def found(answer: Any) -> list[str]:
    return [each["label"] for each in answer.json()["results"]]


def test_a_list_of_the_platform_is_searched_by_anyone(house: House) -> None:
    answer = house.client().get("/recherche/communes/?q=st malo")
    assert found(answer)[0] == "Saint-Malo (35)"
    assert "public" in answer.headers["Cache-Control"]
    assert found(house.client().get("/recherche/communes/")) == []
    assert house.client().get("/recherche/inconnue/").status_code == 404


def test_a_list_of_a_demarche_is_searched_by_who_may_answer(house: House, dossier: Dossier) -> None:
    url = f"/mes-dossiers/{dossier.reference}/recherche"
    answer = house.client(house.applicant).get(f"{url}/metier/?q=metier n 15")
    assert found(answer)[0] == "Métier n° 15"
    assert "private" in answer.headers["Cache-Control"]
    assert found(house.client(house.applicant).get(f"{url}/lignes.ou/?q=rennes"))[0] == "Rennes (35)"
    assert found(house.client(house.applicant).get(f"{url}/texte/?q=rennes")) == []
    for wrong in ("inconnue", "lignes.inconnue", "texte.inconnue", ".."):
        assert house.client(house.applicant).get(f"{url}/{wrong}/?q=x").status_code == 404
    assert house.client(house.stranger).get(f"{url}/metier/?q=x").status_code == 404


def test_a_search_that_never_ends_is_slowed_down(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(search, "SEARCHES_A_MINUTE", 3)
    client = house.client()
    answers = [client.get(f"/recherche/pays/?q={letter}") for letter in "abcde"]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert ["Cache-Control" in answer.headers for answer in answers] == [True, True, True, False, False]


def test_a_file_of_a_part_is_kept_with_the_other_parts_and_taken_back(house: House, dossier: Dossier) -> None:
    client, base = house.client(house.applicant), f"/mes-dossiers/{dossier.reference}"
    page = f"{base}/formulaire/reponses/"
    client.post(page, {"shown": "objectif", "objectif.reached": "true", "revision": "0", "go": "draft"})
    answer = client.post(f"{base}/pieces/", {"question": "objectif.evidence", "file": picture("plan.png")})
    assert answer.status_code == 200 and 'id="files-objectif-evidence"' in answer.text
    dossier.refresh_from_db()
    (evidence,) = dossier.raw["objectif"]["evidence"]
    assert dossier.answers["objectif"] == {"reached": True, "evidence": [evidence]}
    # A page shown before the file came says nothing of it: the file stays.
    client.post(page, {"shown": "objectif", "objectif.reached": "true", "revision": "1", "go": "draft"})
    dossier.refresh_from_db()
    assert dossier.raw["objectif"]["evidence"] == [evidence]
    client.post(f"{base}/pieces/", {"question": "objectif.evidence", "detach": evidence})
    dossier.refresh_from_db()
    assert dossier.raw["objectif"] == {"reached": True, "evidence": []}
    assert not dossier.attachments.exists()


def test_anything_typed_in_any_control_comes_back_only_as_text(house: House, dossier: Dossier) -> None:
    client, page = house.client(house.applicant), f"/mes-dossiers/{dossier.reference}/formulaire/reponses/"
    phase = load(EVERY_TYPE).first_phase
    paths = [
        f"{question.name}.{part}" if part else question.name
        for question in phase.questions.values()
        for part in (*(part.name for part in question.parts), "other", "pick", "for", "")
    ]
    for number, typed in enumerate([*OF_OUR_OWN, *strings()[::40]]):
        sent = dict.fromkeys(paths, typed) | {
            "shown": " ".join(phase.questions),
            "choix_autre": "__other__",
            "search": typed,
            "wizard-current_step": "reponses",
            "go": ("draft", "next")[number % 2],
        }
        assert client.post(page, sent).status_code in (200, 302, 422), typed
        shown = client.get(page)
        assert shown.status_code == 200 and risky(read(shown.text)) == [], typed

"""What must be true of several answers together, and when a step is gone through."""

import json
from typing import Any

import pytest

from builder.acts import Asked, perform, target_of
from formdefs import library
from runtime.procedures.models import Procedure
from runtime.procedures.services import create_procedure
from tests.builder.composer.test_workbooks import BOOK, SLUG, do, fees, now, setting
from tests.builder.screens import address, composer, said
from tests.fixtures import House

__all__ = ["fees"]
GRANT = "bourse"
PARTS = ("Cette ligne", "Le formulaire", "Ce qui est connu")


@pytest.fixture
def grant(house: House) -> Procedure:
    """A démarche with a repeated group."""
    text = library.text("bourse-departementale").replace('"bourse-departementale"', f'"{GRANT}"')
    return create_procedure(portal=house.portal, slug=GRANT, text=text, by=house.administrator)


def test_a_check_is_written_with_its_sentence_at_its_question(house: House, fees: Procedure) -> None:
    client = composer(house)
    do(client, "add_check", "d/demarche", title="Le total dépasse le plafond.")
    at = "k/controle"
    page = said(client.get(address(f"composer/{at}/", SLUG)))
    assert "Ce qui doit être vrai" in page
    setting(client, at, "said_at", "total", "synthese_signee")
    where = address(f"composer/{at}/regle/", SLUG)
    client.post(where, {"go": "apply", "mode": "formule", "formule": "total ≤ 1000 €", "revision": 3})
    check = now()["phases"][0]["checks"][1]
    assert check["at"] == "total"
    assert check["message"] == "Le total dépasse le plafond."
    assert check["that"] == {"<=": [{"var": "total"}, {"money": 100000}]}
    page = said(client.get(address("composer/processus/", SLUG)))
    assert "Le total dépasse le plafond." in page
    assert "Dit à « Total TTC déclaré »" in page
    client.post(where, {"go": "clear", "revision": 4})
    assert now()["phases"][0]["checks"][1]["that"] is True
    do(client, "delete", at)
    assert len(now()["phases"][0]["checks"]) == 1


def test_a_check_of_a_workbook_reads_its_own_names(house: House, fees: Procedure) -> None:
    client = composer(house)
    do(client, "add_check", f"b/{BOOK}", title="Trop d’aides.")
    where = address(f"composer/k/{BOOK}.controle/regle/", SLUG)
    given = {"go": "apply", "mode": "formule", "formule": "aide_region < total_ttc", "revision": 2}
    assert client.post(where, given).status_code == 302
    assert now()["documents"][0]["checks"][1]["that"] == {"<": [{"var": "aide_region"}, {"var": "total_ttc"}]}


def test_a_check_of_each_row_of_a_group_has_screens_of_its_own(house: House, grant: Procedure) -> None:
    client, group = composer(house), "q/fratrie"
    panel = said(client.get(address(f"composer/{group}/", GRANT)))
    assert "Contrôles de chaque ligne" in panel
    do(client, "add_row_check", group, slug=GRANT, title="La naissance est passée.")
    at = "g/fratrie.controle"
    page = said(client.get(address(f"composer/{at}/", GRANT)))
    assert "Ce qui doit être vrai de chaque ligne" in page
    rule = address(f"composer/{at}/regle/", GRANT)
    page = said(client.get(rule))
    row, form, known = (page.index(f'<optgroup label="{each}">') for each in PARTS)
    assert row < page.index(">Date de naissance<") < form < page.index(">Organisme › Nom<")
    assert form < known < page.index(">Organisme › Nom<")
    given = {"q.0": "naissance", "o.0": "before", "w.0": "today", "how": "all", "items": "0"}
    answer = client.post(rule, {"go": "apply", "mode": "lignes", "revision": 2, **given})
    assert answer.status_code == 302
    check = now(GRANT)["phases"][0]["answers"]["properties"]["fratrie"]["x-field"]["checks"][0]
    assert check["that"] == {"<": [{"var": "naissance"}, {"var": "today"}]}
    assert check["at"] == "naissance"
    page = said(client.get(address("composer/processus/", GRANT)))
    assert "Dans chaque ligne de « Frères et sœurs à charge du foyer », dit à « Date de naissance »" in page
    assert f"/composer/{at}/" in said(client.get(address(f"composer/{group}/", GRANT)))
    assert "est lue par une règle de" in do(client, "delete", "q/fratrie.naissance", slug=GRANT)
    do(client, "delete", at, slug=GRANT)
    assert at not in said(client.get(address("composer/processus/", GRANT)))


def test_a_check_whose_rule_is_not_written_is_a_warning_that_publication_shows(
    house: House, grant: Procedure
) -> None:
    client, sentence = composer(house), "sa règle est à écrire"
    do(client, "add_row_check", "q/fratrie", slug=GRANT, title="La naissance est passée.")
    page = said(client.get(address("publication/", GRANT)))
    assert sentence in page
    assert "/composer/g/fratrie.controle/" in page
    do(client, "delete", "g/fratrie.controle", slug=GRANT)
    assert sentence not in said(client.get(address("publication/", GRANT)))


def test_what_a_check_reads_is_neither_deleted_nor_lost_when_renamed(house: House, fees: Procedure) -> None:
    client = composer(house)
    page = do(client, "delete", "q/total")
    assert "est lue par une règle de" in page
    panel = said(client.get(address("composer/q/total/", SLUG)))
    assert "/composer/k/total-de-la-trame/" in panel
    setting(client, "q/total", "title", "Montant déclaré", "Total TTC déclaré")
    document = now()
    name = next(
        each
        for each in document["phases"][0]["answers"]["properties"]
        if each not in ("trame", "synthese_signee")
    )
    check = document["phases"][0]["checks"][0]
    assert check["at"] == name
    assert check["that"]["=="][0] == {"var": name}


def test_a_renamed_question_is_followed_by_checks_and_steps() -> None:
    document: Any = json.loads(library.text("care-frais-engages"))
    document["phases"][0]["answers"]["properties"]["total"]["title"] = "Total"
    document["phases"][0]["reviews"][0]["when"] = {">": [{"var": "total"}, 0]}
    found = perform(document, Asked("retitle", target_of("q/total"), {"title": "Coût"})).document["phases"][0]
    assert found["checks"][0]["at"] == "cout"
    assert found["checks"][0]["that"]["=="][0] == {"var": "cout"}
    assert found["reviews"][0]["when"] == {">": [{"var": "cout"}, 0]}


def test_a_step_is_gone_through_only_when_its_rule_holds(house: House, fees: Procedure) -> None:
    client = composer(house)
    where = address("composer/e/ars/regle/", SLUG)
    client.post(where, {"go": "apply", "mode": "formule", "formule": "total ≥ 1000 €", "revision": 1})
    assert now()["phases"][0]["reviews"][0]["when"] == {">=": [{"var": "total"}, {"money": 100000}]}
    assert "Seulement si" in said(client.get(address("composer/processus/", SLUG)))

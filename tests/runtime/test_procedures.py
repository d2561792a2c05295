"""What the page of a démarche promises is what its form asks."""

from django.utils import timezone

from runtime.procedures.contexts import procedure_sheet
from runtime.procedures.selectors import published
from runtime.wizard.contexts import short_title
from tests.fixtures import House, make_procedure

PLAIN = '{"title": "Essai", "properties": {"nom": {"type": "string"}}, "required": ["nom"]}'


def test_questions_asked_on_a_condition_are_not_promised_to_everybody(house: House) -> None:
    procedure = published(house.applicant).get(slug="care-domaine-2")
    sheet = procedure_sheet(procedure, procedure.now)
    assert (sheet.questions, sheet.some_depend, sheet.minutes) == (27, True, 35)
    page = house.client().get("/demarches/care-domaine-2/").content.decode()
    assert "27 questions obligatoires au moins" in page
    plain = make_procedure(house.portal, house.administrator, "essai", text=PLAIN)
    assert not procedure_sheet(published(house.applicant).get(pk=plain.pk), procedure.now).some_depend


def test_whatever_files_are_asked_for_is_to_be_prepared(house: House) -> None:
    procedure = make_procedure(house.portal, house.administrator, "care-frais-engages")
    sheet = procedure_sheet(published(house.applicant).get(pk=procedure.pk), timezone.now())
    assert [title for title, _help in sheet.to_prepare] == ["Trame financière", "Synthèse signée"]


def test_a_section_is_called_by_its_acronym_in_a_narrow_column() -> None:
    assert short_title("Directeur ou directrice des systèmes d’information (DSI)") == "DSI"
    assert short_title("Signataire de la convention") == "Signataire de la convention"
    assert short_title("Vos enfants (à charge)") == "Vos enfants (à charge)"

"""Every source that the language knows may be chosen without writing it."""

from typing import Any

import pytest

from builder.acts import Target
from builder.composer.prefill_settings import prefill_settings
from builder.composer.settings import Setting, Unwritable
from formdefs.options import is_prefill

DOCUMENT = {"id": "subvention"}
SIRET = Target("q", "siret")
DECLARED = {
    "sirene": {"title": "Sirene", "url": "https://exemple.fr/{identifier}", "by": "organisation.siret"}
}


def settings_of(value: str | None = None, at: Target = SIRET) -> dict[str, Setting]:
    return {each.name: each for each in prefill_settings(DOCUMENT, at, value)}


def offered(value: str | None = None, at: Target = SIRET) -> list[str]:
    return [each["const"] for each in settings_of(value, at)["prefill"].schema["oneOf"]]


def test_what_is_offered_is_what_the_language_takes(settings: Any) -> None:
    settings.REGISTERS = DECLARED
    write = settings_of()["prefill"].write
    assert len(offered()) > 9
    assert all(is_prefill(write(source)) for source in offered())


def test_an_earlier_dossier_is_not_offered_to_a_row() -> None:
    assert "dossier:subvention.siret" in offered()
    assert not [each for each in offered(at=Target("q", "actions.siret")) if each.startswith("dossier:")]


@pytest.mark.parametrize("value", ["query:n", "signed:n", "dossier:autre.siret", "organisation.siret"])
def test_a_source_that_is_written_stays_chosen(value: str) -> None:
    setting = settings_of(value)["prefill"]
    assert setting.value == value
    assert value in offered(value)
    assert "register_datum" not in settings_of(value)


def test_a_register_is_asked_for_one_of_its_data(settings: Any) -> None:
    settings.REGISTERS = DECLARED
    assert settings_of()["prefill"].write("register:sirene.") == "register:sirene.siret"
    found = settings_of("register:sirene.denomination")
    assert found["prefill"].value == "register:sirene."
    datum = found["register_datum"]
    assert datum.value == "denomination"
    assert datum.write("adresse.commune") == "register:sirene.adresse.commune"
    with pytest.raises(Unwritable):
        datum.write("Dénomination sociale")


def test_a_register_that_is_declared_no_longer_stays_chosen() -> None:
    assert settings_of("register:ancien.nom")["prefill"].value == "register:ancien."
    assert "register:ancien." in offered("register:ancien.nom")

"""Definitions go out and come in by command, byte for byte."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from formdefs import library
from runtime.procedures.models import Procedure
from tests.builder.screens import changed_draft, fresh
from tests.fixtures import House


def run(*arguments: object) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("name", library.names())
def test_a_canonical_file_comes_back_byte_for_byte(house: House, tmp_path: Path, name: str) -> None:
    file = tmp_path / "d.json"
    file.write_bytes(library.text(name).encode())
    run("import_definition", f"{name}-bis", str(file))
    assert run("export_definition", f"{name}-bis", "--draft").encode() == file.read_bytes()


def test_the_version_in_force_is_exported_unless_another_is_named(house: House) -> None:
    assert run("export_definition", "care-domaine-2") == library.text("care-domaine-2")
    assert run("export_definition", "care-domaine-2", "--version", "1") == library.text("care-domaine-2")
    with pytest.raises(CommandError, match="Cette version n’existe pas"):
        run("export_definition", "care-domaine-2", "--version", "2")


def test_an_import_changes_the_draft_and_publishes_nothing(house: House, tmp_path: Path) -> None:
    file = tmp_path / "d.json"
    file.write_text(changed_draft(house, title="Autre"), "utf-8")
    run("import_definition", "care-domaine-2", str(file), "--by", house.administrator.username)
    procedure = fresh(house)
    assert procedure.draft_text == file.read_text("utf-8")
    assert procedure.current_version.number == 1


def test_an_invalid_file_is_refused_with_every_problem(house: House, tmp_path: Path) -> None:
    file = tmp_path / "d.json"
    file.write_text(changed_draft(house, roles={}, title=1), "utf-8")
    with pytest.raises(CommandError) as refused:
        run("import_definition", "care-domaine-2", str(file))
    assert "/title" in str(refused.value)
    assert "n’est pas dans" in str(refused.value)
    assert fresh(house).draft_text == library.text("care-domaine-2")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("export_definition", "nulle-part"), "Il n’y a pas de démarche"),
        (("export_definition", "care-domaine-2", "--portal", "autre"), "Il n’y a pas de portail"),
        (("import_definition", "x", "/nulle/part.json"), "ne peut pas être lu"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(
    house: House, arguments: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)


def test_who_does_not_administer_imports_nothing(house: House, tmp_path: Path) -> None:
    file = tmp_path / "d.json"
    file.write_text(library.text("signalement-voirie"), "utf-8")
    with pytest.raises(CommandError, match="n’administre pas"):
        run("import_definition", "voirie", str(file), "--by", house.editor.username)
    assert not Procedure.objects.filter(slug="voirie").exists()


def test_a_portal_is_named_where_there_are_several(house: House, elsewhere: House) -> None:
    with pytest.raises(CommandError, match="--portal"):
        run("export_definition", "care-domaine-2")
    assert run("export_definition", "care-domaine-2", "--portal", elsewhere.portal.slug)


def test_an_address_that_is_no_slug_is_refused(house: House, tmp_path: Path) -> None:
    file = tmp_path / "d.json"
    file.write_text(library.text("signalement-voirie"), "utf-8")
    with pytest.raises(CommandError, match="adresse"):
        run("import_definition", "pas une adresse", str(file))

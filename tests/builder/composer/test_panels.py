"""The panel of each type is a form of our own language, drawn from the options that the type declares."""

import json

import pytest
from django.http import QueryDict

from builder.acts import Asked, Target, perform
from builder.acts.kinds import startable
from builder.composer.panels import given_by, panel_of
from builder.composer.part_settings import settings_of
from formdefs import library

CARE = json.loads(library.text("care-domaine-2"))


@pytest.mark.parametrize("kind", startable())
def test_every_type_has_a_panel_and_none_of_it_is_changed_by_being_sent_back(kind: str) -> None:
    performed = perform(CARE, Asked("add", Target("q", "iban"), {"title": "Essai", "kind": kind}))
    panel = panel_of(performed.document, performed.done.select)
    names = {setting.name for setting in settings_of(performed.document, performed.done.select)}
    assert {"title", "help"} <= names
    body = "".join(group.body for group in panel.groups)
    assert 'name="title"' in body
    data = QueryDict(mutable=True)
    for name, value in json.loads(panel.seen).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    data["shown"], data["seen"] = panel.shown, panel.seen
    given = given_by(performed.document, performed.done.select, data)
    assert not given.errors
    assert not given.values


def test_the_whole_demarche_its_steps_and_its_roles_have_panels() -> None:
    for target in (Target("d", "demarche"), Target("e", "ars"), Target("r", "ars"), Target("x", "type")):
        assert panel_of(CARE, target).groups

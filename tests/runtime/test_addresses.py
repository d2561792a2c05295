"""Addresses composed once are those that Django gives."""

import pytest
from django.urls import reverse, set_script_prefix

from runtime.addresses import address


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("runtime:dossier", ("7NQ2KX",)),
        ("runtime:form", ("7NQ2KX", "la-page_1")),
        ("runtime:form", ("place-1", "une")),
        ("runtime:attach", ("é ?&#",)),
        ("runtime:workbook", ("7NQ2KX", "budget.r1.tableau")),
    ],
)
def test_an_address_is_the_one_that_django_gives(name: str, values: tuple[str, ...]) -> None:
    assert address(name, *values) == reverse(name, args=values)


def test_it_follows_the_place_where_the_platform_is_served() -> None:
    here = address("runtime:dossier", "7NQ2KX")
    set_script_prefix("/sous/")
    try:
        assert address("runtime:dossier", "7NQ2KX") == f"/sous{here}"
    finally:
        set_script_prefix("/")

"""The world that the access tests walk through."""

import gc
from collections.abc import Iterator

import pytest

from tests.access.personas import World, make_world
from tests.fixtures import House


@pytest.fixture
def world(house: House, elsewhere: House) -> Iterator[World]:
    """Two portals with their people and goods.

    Wagtail leaves the temporary file of a rendition to the garbage collector: it runs here, where that
    is allowed, and not in some other test.
    """
    yield make_world(house, elsewhere)
    gc.collect()

"""A file weighs the same wherever it is told, and one that is too large weighs more than the limit."""

import pytest

from runtime.uploads.judging import Rejected, check_size
from runtime.uploads.sizes import MEGABYTE, file_size
from themes.templatetags.socle import octets

SIZES = {77: "77 octets", 12_000: "12 Ko", 5 * MEGABYTE: "5 Mo", 3_300_000: "3,1 Mo"}


@pytest.mark.parametrize(("size", "said"), SIZES.items())
def test_a_size_is_told_alike_in_the_form_and_in_the_recap(size: int, said: str) -> None:
    assert file_size(size).replace("\N{NO-BREAK SPACE}", " ") == said
    assert octets(size) == file_size(size)


def test_a_file_a_little_too_large_is_not_said_to_weigh_the_limit() -> None:
    with pytest.raises(Rejected) as refused:
        check_size(5 * MEGABYTE + 1, 5)
    assert "pèse 5,1 Mo, la limite est de 5 Mo" in refused.value.sentence

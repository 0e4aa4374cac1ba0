"""Lines and columns are offsets as people say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.lines import line_and_column, offset_of


@given(st.text("ab\n👩", max_size=20))
def test_every_offset_comes_back_from_its_line_and_column(text: str) -> None:
    for offset in range(len(text) + 1):
        assert offset_of(text, *line_and_column(text, offset)) == offset


def test_both_count_from_one() -> None:
    assert line_and_column("ab\ncd", 0) == (1, 1)
    assert line_and_column("ab\ncd", 4) == (2, 2)


@pytest.mark.parametrize("place", [(0, 1), (1, 0), (1, 4), (3, 1)])
def test_a_place_that_is_not_there_is_refused(place: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no"):
        offset_of("ab\ncd", *place)


def test_an_offset_outside_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        line_and_column("ab", 3)

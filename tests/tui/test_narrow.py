from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual.strip import Strip

from reader.tui.screens.narrow import between

WORDS = st.text("ab “é…", min_size=1, max_size=6)
WIDE = st.text("a渡し👋", min_size=1, max_size=6)


@given(st.lists(WORDS, min_size=1, max_size=6), st.integers(0, 20), st.data())
def test_just_the_cells_that_are_asked_for(words: list[str], x: int, data: st.DataObject) -> None:
    strip = Strip([Segment(word) for word in words])
    left = data.draw(st.integers(x, x + strip.cell_length - 1))
    right = data.draw(st.integers(left + 1, x + strip.cell_length))
    start, segments = between(strip, x, left, right)
    assert start == left
    assert "".join(segment.text for segment in segments) == strip.text[left - x : right - x]


@given(st.lists(WIDE, min_size=1, max_size=6), st.integers(0, 20), st.data())
def test_what_is_wide_is_not_cut_in_two(words: list[str], x: int, data: st.DataObject) -> None:
    strip = Strip([Segment(word) for word in words])
    left = data.draw(st.integers(x, x + strip.cell_length - 1))
    right = data.draw(st.integers(left + 1, x + strip.cell_length))
    start, segments = between(strip, x, left, right)
    shown = "".join(segment.text for segment in segments)
    once = strip.text.find(shown) == strip.text.rfind(shown)
    before = strip.text[: strip.text.index(shown)] if once else None
    assert start <= left
    assert start + sum(segment.cell_length for segment in segments) >= right
    assert shown in strip.text
    assert before is None or Segment(before).cell_length == start - x


def test_nothing_of_a_strip_elsewhere() -> None:
    assert between(Strip([Segment("words")]), 10, 20, 30)[1] == []

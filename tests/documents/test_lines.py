"""Lines and columns are offsets as people say them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.documents.lines import Lines


@given(st.text("ab\n👩", max_size=20))
def test_every_offset_is_in_its_line(text: str) -> None:
    lines = Lines(text)
    kept = text.split("\n")
    for offset, char in enumerate(text):
        line, column = lines.place(offset)
        assert (kept[line - 1] + "\n")[column - 1] == char
        assert sum(len(each) + 1 for each in kept[: line - 1]) + column - 1 == offset


def test_both_count_from_one() -> None:
    assert Lines("ab\ncd").place(0) == (1, 1)
    assert Lines("ab\ncd").place(4) == (2, 2)
    assert Lines("ab\ncd").place(5) == (2, 3)

"""The drawings that tests are written in say what they seem to say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.documents.span import Span
from tests.marks import drawn, marked

Mark = tuple[tuple[Span, ...], str]


def test_a_drawing_is_the_words_and_the_marks() -> None:
    assert marked("The [moon]{claim} is") == ("The moon is", [((Span(4, 8),), "claim")])


def test_marks_nest_and_pieces_go_together() -> None:
    text, marks = marked("[He [“left]{quote 1} us]{claim}, [all”]{quote 1}.")
    assert text == "He “left us, all”."
    assert marks == [((Span(3, 8), Span(13, 17)), "quote"), ((Span(0, 11),), "claim")]


@given(st.text("ab “é", min_size=1, max_size=20), st.data())
def test_drawing_and_reading_is_a_round_trip(text: str, data: st.DataObject) -> None:
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    outer: Mark = ((Span(edges[0], edges[-1]),), "outer")
    inner: list[Mark] = [((Span(one, other),), "inner") for one, other in zip(edges[::2], edges[1::2], strict=False)]
    marks = [*[mark for mark in inner if mark[0] != outer[0]], outer]
    if len(inner) > 1:
        marks = [(tuple(piece for pieces, _ in inner for piece in pieces), "inner"), outer]
    words, read = marked(drawn(text, marks))
    assert words == text
    assert sorted(read) == sorted(marks)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.span import Span
from reader.tui.reading.edges import Edges, by_character, by_word, other, to_letter
from tests.marks import drawn, marked
from tests.tui.drawing import segmented
from tests.tui.texts import texts


def moved(written: str, keys: str) -> str:
    """`→ ←` by word, `> <` by character, `|` the other edge, a letter to the next word beginning so."""
    text, marks = marked(written)
    segments, edges = segmented(text), Edges(marks[0][0][0])
    for key in keys:
        match key:
            case "→" | "←":
                edges = by_word(edges, segments, key == "→")
            case ">" | "<":
                edges = by_character(edges, text, key == ">")
            case "|":
                edges = other(edges)
            case _:
                edges = to_letter(edges, text, segments, key)
    return drawn(text, [((edges.piece,), "e")])


@pytest.mark.parametrize(
    "written, keys, expected",
    [
        # The end, by words: to the ends of words.
        ("so [the moon]{e} is, round", "→", "so [the moon is]{e}, round"),
        ("so [the moon]{e} is, round", "→→", "so [the moon is, round]{e}"),
        ("so [the moon]{e} is, round", "→→→", "so [the moon is, round]{e}"),
        ("so [the moon]{e} is, round", "←", "so [the]{e} moon is, round"),
        ("so [the moon]{e} is, round", "←←", "so [the]{e} moon is, round"),
        ("so [the mo]{e}on is", "→", "so [the moon]{e} is"),
        ("so [the mo]{e}on is", "←", "so [the]{e} moon is"),
        ("so [“the moon,”]{e} he", "←", "so [“the moon]{e},” he"),
        # The start, by words: to the starts of words.
        ("so [the moon]{e} is", "|→", "so the [moon]{e} is"),
        ("so [the moon]{e} is", "|→→", "so the [moon]{e} is"),
        ("so [the moon]{e} is", "|←", "[so the moon]{e} is"),
        ("so [the moon]{e} is", "|←←", "[so the moon]{e} is"),
        ("so th[e moon]{e} is", "|←", "so [the moon]{e} is"),
        # By characters, as people see them.
        ("so [the moon]{e} is", ">", "so [the moon ]{e}is"),
        ("so [the moon]{e} is", "<", "so [the moo]{e}n is"),
        ("so [the moon]{e} is", "|>", "so t[he moon]{e} is"),
        ("so [the moon]{e} is", "|<", "so[ the moon]{e} is"),
        ("x[ab]{e}👩‍👧y", ">", "x[ab👩‍👧]{e}y"),
        ("[a]{e}b", "<", "[a]{e}b"),
        ("[a]{e}b", ">>>", "[ab]{e}"),
        # To a word by its first letter; behind the last one, from the paragraph's beginning.
        ("so [the moon]{e} is red and round", "r", "so [the moon is red]{e} and round"),
        ("so [the moon]{e} is red and Round", "rr", "so [the moon is red and Round]{e}"),
        ("so [the moon]{e} is red and round", "rrr", "so [the moon is red]{e} and round"),
        ("so [the moon]{e} is\nred", "r", "so [the moon]{e} is\nred"),
        ("so [the moon]{e} is", "|m", "so the [moon]{e} is"),
        ("so [the moon]{e} is", "|s", "[so the moon]{e} is"),
        ("so [the moon]{e} is", "|i", "so [the moon]{e} is"),
        ("so [the moon]{e} is", "||→", "so [the moon is]{e}"),
    ],
)  # fmt: skip
def test_moving_edges(written: str, keys: str, expected: str) -> None:
    assert moved(written, keys) == expected


def test_the_cursor_is_shown_inside_at_the_edge_that_moves() -> None:
    edges = Edges(Span(3, 6))
    assert (edges.active, edges.cursor) == (6, 5)
    assert (other(edges).active, other(edges).cursor) == (3, 3)


@given(texts.filter(len), st.text("→←><|abt漢", max_size=8), st.data())
def test_a_piece_is_never_empty_and_never_outside(text: str, keys: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    piece = Span(start, data.draw(st.integers(start + 1, len(text))))
    segments, edges = segmented(text), Edges(piece)
    for key in keys:
        before = edges
        match key:
            case "→" | "←":
                edges = by_word(edges, segments, key == "→")
            case ">" | "<":
                edges = by_character(edges, text, key == ">")
            case "|":
                edges = other(edges)
            case _:
                edges = to_letter(edges, text, segments, key)
        assert 0 <= edges.piece.start < edges.piece.end <= len(text)
        if key in "→>":
            assert edges.active >= before.active
        elif key in "←<":
            assert edges.active <= before.active

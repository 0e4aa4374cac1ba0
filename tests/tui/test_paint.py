"""Rows of styled words, against a plain look at each code point."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.annotations.codebook import Line
from reader.documents.graphemes import clusters
from reader.documents.span import Span
from reader.tui.layout.cells import drawn, width_of
from reader.tui.layout.marks import Piece
from reader.tui.themes import PALETTES
from reader.tui.widgets.paint import Layers, Look, Over, row_segments, style_of
from tests.tui.texts import lines

TAGS = (("C", "blue", Line.UNDERLINE), ("Q", "green", Line.DOUBLE), ("L", "magenta", Line.BOLD))
TEXTS = lines.filter(bool) | st.just("“You can’t” 長崎")


def spans_in(text: str) -> st.SearchStrategy[Span]:
    places = st.integers(0, len(text))
    return st.tuples(places, places).map(sorted).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Span(*pair))


def clusters_of(text: str, span: Span) -> tuple[Span, Span]:
    """The parts of a span that lie in its first and in its last cluster."""
    whole = [Span(*each) for each in clusters(text)]
    first = next(each for each in whole if each.end > span.start)
    last = next(each for each in reversed(whole) if each.start < span.end)
    return Span(span.start, min(first.end, span.end)), Span(max(last.start, span.start), span.end)


def whole(text: str, span: Span | Piece) -> tuple[int, int]:
    """Start and end of all of the clusters that the span touches."""
    touched = [(start, end) for start, end in clusters(text) if start < span.end and end > span.start]
    return touched[0][0], touched[-1][1]


@given(st.data(), st.sampled_from(list(PALETTES)))
def test_every_code_point_has_the_style_of_all_that_lies_over_it(data: st.DataObject, palette: str) -> None:
    text = data.draw(TEXTS)
    spans = spans_in(text)
    pieces = [
        Piece(span.start, span.end, tag, mark, 0)
        for mark, (span, tag) in enumerate(data.draw(st.lists(st.tuples(spans, st.integers(0, 2)), max_size=5)))
    ]
    pieces.sort(key=lambda piece: (piece.start - piece.end, piece.start, piece.tag, piece.mark))
    start, end = data.draw(st.sampled_from([(0, len(text)), *[(a, len(text)) for a, _ in clusters(text)]]))
    pieces = [piece for piece in pieces if piece.start < end and piece.end > start]
    maybe = st.none() | spans
    layers = Layers(
        cursor=data.draw(st.none() | st.sampled_from([Span(*each) for each in clusters(text)])),
        soft=data.draw(maybe),
        hard=data.draw(maybe),
        hits=data.draw(st.lists(spans, max_size=2)),
        structure=data.draw(st.lists(spans.map(lambda span: (span.start, span.end, "strong")), max_size=1)),
        focus=data.draw(st.integers(-1, 4)),
        lit=data.draw(maybe),
    )
    if data.draw(st.booleans()):
        layers = Layers(None, None, None, [], [], -1, None)
    look = Look(palette, TAGS)
    segments = row_segments(text, start, end, pieces, layers, look)
    # What begins or ends inside a character, as people see it, is drawn over all of it.
    pieces = [Piece(*whole(text, piece), *piece[2:]) for piece in pieces]
    layers = layers._replace(
        soft=layers.soft and Span(*whole(text, layers.soft)),
        hard=layers.hard and Span(*whole(text, layers.hard)),
        hits=[Span(*whole(text, hit)) for hit in layers.hits],
        structure=[(*whole(text, Span(a, b)), kind) for a, b, kind in layers.structure],
        lit=layers.lit and Span(*whole(text, layers.lit)),
    )

    def inside(span: Span | None, at: int) -> bool:
        return span is not None and span.start <= at < span.end

    expected = []
    for at in range(start, end):
        over = [piece for piece in pieces if piece.start <= at < piece.end]
        edges = [
            piece.tag
            for piece in reversed(pieces)
            if any(inside(edge, at) for edge in clusters_of(text, Span(piece.start, piece.end)))
        ]
        focused = [piece.tag for piece in over if piece.mark == layers.focus]
        what = Over(
            tags=tuple(piece.tag for piece in over),
            edge=edges[0] if edges else -1,
            focus=focused[0] if focused else -1,
            selected="hard" if inside(layers.hard, at) else "soft" if inside(layers.soft, at) else "",
            hit=any(inside(hit, at) for hit in layers.hits),
            cursor=inside(layers.cursor, at),
            dim=layers.lit is not None and not inside(layers.lit, at),
            kinds=tuple(kind for a, b, kind in layers.structure if a <= at < b),
        )
        expected.append(style_of(look, what))
    styles = [segment.style for segment in segments]
    assert [style for i, style in enumerate(expected) if not i or style != expected[i - 1]] == [
        style for i, style in enumerate(styles) if not i or style != styles[i - 1]
    ]
    assert cell_len("".join(segment.text for segment in segments)) == width_of(text[start:end])
    if all(drawn(char) == (char, 1) for char in text):
        assert [segment.style for segment in segments for _ in segment.text] == expected
        assert "".join(segment.text for segment in segments) == text[start:end]

from __future__ import annotations

from collections import Counter

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from reader.documents.span import Span
from reader.tui.layout.marks import LONG, MarkIndex, Piece

END = 40_000

_lengths = st.integers(1, 30) | st.sampled_from([LONG - 1, LONG, LONG + 1, 3 * LONG])
_offsets = st.sampled_from([0, 8, 30]) | st.integers(0, 60) | st.integers(0, END)


@st.composite
def pieces(draw: st.DrawFn) -> tuple[Span, ...]:
    """One piece or several, in order, not touching."""
    start, spans = draw(_offsets), []
    for _ in range(draw(st.sampled_from([1, 1, 1, 2, 3]))):
        end = start + draw(_lengths)
        spans.append(Span(start, end))
        start = end + draw(st.integers(1, 20))
    return tuple(spans)


class Marks(RuleBasedStateMachine):
    """The index beside a list that is looked through from end to end."""

    def __init__(self) -> None:
        super().__init__()
        self.index = MarkIndex()
        self.model: dict[int, tuple[int, tuple[Span, ...]]] = {}
        self.last = 0

    marks = Bundle("marks")

    @rule(target=marks, tag=st.integers(0, 3), spans=pieces())
    def add(self, tag: int, spans: tuple[Span, ...]) -> int:
        self.last += 1
        self.model[self.last] = (tag, spans)
        self.index.add(self.last, tag, spans)
        return self.last

    @rule(mark=consumes(marks))
    def remove(self, mark: int) -> None:
        self.index.remove(mark, self.model.pop(mark)[1])

    @rule(target=marks, mark=consumes(marks), tag=st.integers(0, 3))
    def retag(self, mark: int, tag: int) -> int:
        spans = self.model[mark][1]
        self.index.remove(mark, spans)
        self.index.add(mark, tag, spans)
        self.model[mark] = (tag, spans)
        return mark

    @rule(target=marks)
    def load_anew(self) -> object:
        """As the columns come from the database: in text order, the longer first."""
        rows = sorted(self.model.items(), key=lambda row: (row[1][1][0].start, -row[1][1][-1].end))
        self.index = MarkIndex.of(
            [mark for mark, _ in rows],
            [spans[0].start for _, (_, spans) in rows],
            [spans[-1].end for _, (_, spans) in rows],
            [tag for _, (tag, _) in rows],
            {mark: spans for mark, (_, spans) in rows if len(spans) > 1},
        )
        return multiple()

    def naive(self, start: int, end: int) -> set[Piece]:
        return {
            Piece(span.start, span.end, tag, mark, number if len(spans) > 1 else 0)
            for mark, (tag, spans) in self.model.items()
            for number, span in enumerate(spans, start=1)
            if span.start < end and span.end > start
        }

    @rule(start=_offsets, length=_lengths)
    def look_over(self, start: int, length: int) -> None:
        found = self.index.over(start, start + length)
        assert len(found) == len(set(found))
        assert set(found) == self.naive(start, start + length)
        sizes = [piece.end - piece.start for piece in found]
        assert sizes == sorted(sizes, reverse=True)

    @rule(start=_offsets, lengths=st.lists(st.integers(0, 40) | st.sampled_from([LONG, 3 * LONG]), max_size=6))
    def look_by_row(self, start: int, lengths: list[int]) -> None:
        """A row without text has no pieces; between rows there may be a line break that is in none."""
        rows = []
        for length in lengths:
            rows.append((start, start + length))
            start += length + length % 2
        found = self.index.by_row(rows)
        assert found == [self.index.over(*row) if row[0] < row[1] else [] for row in rows]

    @rule(data=st.data())
    def look_at_edges(self, data: st.DataObject) -> None:
        edges = sorted({edge for _, spans in self.model.values() for span in spans for edge in (span.start, span.end)})
        offset = data.draw(st.sampled_from(edges or [0]))
        for place in (offset, max(0, offset - 1)):
            found = self.index.at(place)
            assert set(found) == self.naive(place, place + 1)
            sizes = [piece.end - piece.start for piece in found]
            assert sizes == sorted(sizes)

    @invariant()
    def the_list_is_in_text_order(self) -> None:
        index = self.index
        assert len(index) == len(self.model)
        assert set(index.marks) == set(self.model)
        order = [(start, -end) for start, end in zip(index.marks_start, index.marks_end, strict=True)]
        assert order == sorted(order)
        for position, mark in enumerate(index.marks):
            tag, spans = self.model[mark]
            assert index.spans(position) == spans
            assert index.marks_tag[position] == tag
            assert index.position(mark, spans[0].start) == position
            assert index.position(mark, spans[0].start + 1) is None
        assert +index.counts == Counter(tag for tag, _ in self.model.values())
        assert set(index.pieces) == {mark for mark, (_, spans) in self.model.items() if len(spans) > 1}


TestMarks = Marks.TestCase
TestMarks.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


def test_a_mark_that_is_not_there_has_no_position() -> None:
    index = MarkIndex()
    index.add(7, 0, [Span(3, 5)])
    assert index.position(8, 3) is None
    assert index.position(7, 4) is None


def test_pieces_are_numbered_in_text_order() -> None:
    index = MarkIndex()
    index.add(7, 2, [Span(3, 5), Span(8, 9)])
    assert index.over(0, 20) == [Piece(3, 5, 2, 7, 1), Piece(8, 9, 2, 7, 2)]

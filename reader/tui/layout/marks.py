"""The marks of one text as sorted arrays: what overlaps a row is found without looking at the others."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reader.documents.span import Span

LONG = 4096
"""Code points from which a piece is kept in the short list of long ones."""


SAMPLED = 64
"""Marks that are looked at to tell which tag prevails in a stretch of text."""


class Piece(NamedTuple):
    """One piece of a mark: code points `start`-`end`; `number` counts from 1, and is 0 for an only piece."""

    start: int
    end: int
    tag: int
    """Index into the codebook's tags."""
    mark: int
    """The mark's row number in the database."""
    number: int


class MarkIndex:
    """Pieces sorted by start, and marks sorted by the start of their first piece."""

    def __init__(self) -> None:
        self._start = array("q")
        self._end = array("q")
        self._tag = array("H")
        self._mark = array("q")
        self._number = array("H")
        self._long: list[Piece] = []
        self.marks_start = array("q")
        self.marks_end = array("q")
        self.marks = array("q")
        self.marks_tag = array("H")
        self.pieces: dict[int, tuple[Span, ...]] = {}
        """The pieces of the marks that have more than one."""
        self.counts: Counter[int] = Counter()
        """How many marks each tag has."""
        self.changes = 0
        """How often a mark has come or gone."""

    @classmethod
    def of(
        cls,
        marks: Sequence[int],
        starts: Sequence[int],
        ends: Sequence[int],
        tags: Sequence[int],
        several: dict[int, tuple[Span, ...]],
    ) -> MarkIndex:
        """The index of marks given in text order (start, then the longer first); `several` by mark."""
        index = cls()
        index.marks = array("q", marks)
        index.marks_start = array("q", starts)
        index.marks_end = array("q", ends)
        index.marks_tag = array("H", tags)
        index.pieces = dict(several)
        index.counts = Counter(tags)
        if several:
            pieces = sorted(
                piece
                for mark, start, end, tag in zip(marks, starts, ends, tags, strict=True)
                for piece in _pieces(mark, tag, several.get(mark) or (Span(start, end),))
            )
            index._start = array("q", (piece.start for piece in pieces))
            index._end = array("q", (piece.end for piece in pieces))
            index._tag = array("H", (piece.tag for piece in pieces))
            index._mark = array("q", (piece.mark for piece in pieces))
            index._number = array("H", (piece.number for piece in pieces))
        else:
            index._start = array("q", starts)
            index._end = array("q", ends)
            index._tag = array("H", tags)
            index._mark = array("q", marks)
            index._number = array("H", bytes(2 * len(index.marks)))
        index._long = [
            index._piece(i)
            for i, (start, end) in enumerate(zip(index._start, index._end, strict=True))
            if end - start > LONG
        ]
        return index

    def __len__(self) -> int:
        return len(self.marks)

    def _piece(self, i: int) -> Piece:
        return Piece(self._start[i], self._end[i], self._tag[i], self._mark[i], self._number[i])

    def over(self, start: int, end: int) -> list[Piece]:
        """The pieces that share a code point with `start`-`end`, the outer ones before the inner."""
        high = bisect_left(self._start, end)
        low = bisect_left(self._start, start - LONG, 0, high)
        found = [
            self._piece(i) for i in range(low, high) if self._end[i] > start and self._end[i] - self._start[i] <= LONG
        ]
        found += [piece for piece in self._long if piece.start < end and piece.end > start]
        found.sort(key=lambda piece: (piece.start - piece.end, piece.start, piece.tag, piece.mark))
        return found

    def by_row(self, rows: Sequence[tuple[int, int]]) -> list[list[Piece]]:
        """For each of these stretches, from top to bottom: the pieces over it, as `over` has them."""
        found: list[list[Piece]] = [[] for _ in rows]
        if not rows:
            return found
        ends = [end for _, end in rows]
        for piece in self.over(rows[0][0], ends[-1]):
            for number in range(bisect_right(ends, piece.start), len(rows)):
                start, end = rows[number]
                if start >= piece.end:
                    break
                if start < end:
                    found[number].append(piece)
        return found

    def at(self, offset: int) -> list[Piece]:
        """The pieces over one code point, the shortest first."""
        return self.over(offset, offset + 1)[::-1]

    def add(self, mark: int, tag: int, spans: Sequence[Span]) -> None:
        """Take in a mark."""
        self.changes += 1
        for piece in _pieces(mark, tag, spans):
            i = bisect_right(self._start, piece.start)
            self._start.insert(i, piece.start)
            self._end.insert(i, piece.end)
            self._tag.insert(i, piece.tag)
            self._mark.insert(i, piece.mark)
            self._number.insert(i, piece.number)
            if piece.end - piece.start > LONG:
                self._long.append(piece)
        start, end = spans[0].start, spans[-1].end
        i = bisect_left(self.marks_start, start)
        while i < len(self.marks) and self.marks_start[i] == start and self.marks_end[i] >= end:
            i += 1
        self.marks_start.insert(i, start)
        self.marks_end.insert(i, end)
        self.marks.insert(i, mark)
        self.marks_tag.insert(i, tag)
        self.counts[tag] += 1
        if len(spans) > 1:
            self.pieces[mark] = tuple(spans)

    def remove(self, mark: int, spans: Sequence[Span]) -> None:
        """Let go of a mark that has these pieces."""
        self.changes += 1
        for span in spans:
            i = bisect_left(self._start, span.start)
            while i < len(self._start) and self._start[i] == span.start:
                if self._mark[i] == mark:
                    for column in (self._start, self._end, self._tag, self._mark, self._number):
                        del column[i]
                    break
                i += 1
        self._long = [piece for piece in self._long if piece.mark != mark]
        self.pieces.pop(mark, None)
        position = self.position(mark, spans[0].start)
        if position is not None:
            self.counts[self.marks_tag[position]] -= 1
            for listed in (self.marks_start, self.marks_end, self.marks, self.marks_tag):
                del listed[position]

    def position(self, mark: int, start: int) -> int | None:
        """Where a mark whose first piece starts at `start` stands in text order."""
        i = bisect_left(self.marks_start, start)
        while i < len(self.marks) and self.marks_start[i] == start:
            if self.marks[i] == mark:
                return i
            i += 1
        return None

    def prevailing(self, start: int, end: int) -> int | None:
        """The tag that most marks beginning in `start`-`end` have, by a sample where they are many; None for none."""
        low = bisect_left(self.marks_start, start)
        high = bisect_left(self.marks_start, end, low)
        if low == high:
            return None
        return Counter(self.marks_tag[low : high : (high - low) // SAMPLED + 1]).most_common(1)[0][0]

    def spans(self, position: int) -> tuple[Span, ...]:
        """The pieces of the mark at a position in text order."""
        several = self.pieces.get(self.marks[position])
        return several or (Span(self.marks_start[position], self.marks_end[position]),)


def _pieces(mark: int, tag: int, spans: Sequence[Span]) -> Iterator[Piece]:
    several = len(spans) > 1
    for number, span in enumerate(spans, start=1):
        yield Piece(span.start, span.end, tag, mark, number if several else 0)

"""The map between a raw text and the text that was made of it, in code points of both.

It lists only the stretches that changed: raw `r0:r1` became `c0:c1`; all in between moved along unchanged.

    raw        a \\r \\n b        offsets 0 1 2 3 4
    canonical  a  \\n   b        offsets 0 1   2 3      one stretch: raw 1:3 became 1:2

A start inside a stretch goes down to its beginning and an end up to its end, so that a span never loses
what it covered.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from reader.documents.span import Span
from reader.errors import BadInput

_FORMAT = b"m1"

Stretch = tuple[int, int, int]
"""Where it begins in the raw text, and how many code points it has there and in the made text."""


class OffsetMap(NamedTuple):
    """Where each code point of the raw text went, and came from; build it with `of`."""

    raw_length: int
    length: int
    raw_starts: array[int]
    raw_ends: array[int]
    starts: array[int]
    ends: array[int]

    @classmethod
    def of(cls, raw_length: int, stretches: Iterable[Stretch]) -> OffsetMap:
        """The map of a text in which these stretches changed; in order, apart from each other."""
        rows = list(stretches)
        raw_starts = array("q", [row[0] for row in rows])
        raw_ends = array("q", [row[0] + row[1] for row in rows])
        ends = array("q", accumulate(row[2] - row[1] for row in rows))
        length = raw_length + (ends[-1] if rows else 0)
        for number, raw_end in enumerate(raw_ends):
            ends[number] += raw_end
        starts = array("q", [end - row[2] for end, row in zip(ends, rows, strict=True)])
        return cls(raw_length, length, raw_starts, raw_ends, starts, ends)

    @property
    def is_identity(self) -> bool:
        """Whether both texts count alike."""
        return not self.raw_starts

    def to_canonical(self, span: Span) -> Span:
        """The range of the made text that covers a range of the raw one; ValueError where it ends too late."""
        return _mapped(span, self.raw_length, self.raw_starts, self.raw_ends, self.starts, self.ends)

    def to_raw(self, span: Span) -> Span:
        """The range of the raw text that a range of the made one came from; ValueError where it ends too late."""
        return _mapped(span, self.length, self.starts, self.ends, self.raw_starts, self.raw_ends)

    def stretches(self) -> list[Stretch]:
        """The stretches that it was built of."""
        columns = zip(self.raw_starts, self.raw_ends, self.starts, self.ends, strict=True)
        return [(raw_start, raw_end - raw_start, end - start) for raw_start, raw_end, start, end in columns]

    def dump(self) -> bytes:
        """The map as bytes, for the database: lengths and gaps as little-endian 64-bit numbers, deflated."""
        numbers = array("q", [self.raw_length])
        last = 0
        for raw_start, raw_length, length in self.stretches():
            numbers.extend((raw_start - last, raw_length, length))
            last = raw_start + raw_length
        if sys.byteorder == "big":
            numbers.byteswap()
        return _FORMAT + zlib.compress(numbers.tobytes(), 1)

    @classmethod
    def load(cls, data: bytes) -> OffsetMap:
        """The map that `dump` wrote; BadInput where it is not one."""
        numbers = array("q")
        try:
            if data[:2] != _FORMAT:
                raise ValueError(data[:2])
            numbers.frombytes(zlib.decompress(data[2:]))
        except (ValueError, zlib.error) as problem:
            raise BadInput("The map between the file and its text is damaged: add the article again.") from problem
        if sys.byteorder == "big":
            numbers.byteswap()
        rows: list[Stretch] = []
        last = 0
        for place in range(1, len(numbers), 3):
            gap, raw_length, length = numbers[place : place + 3]
            rows.append((last + gap, raw_length, length))
            last += gap + raw_length
        return cls.of(numbers[0], rows)


def compose(first: OffsetMap, second: OffsetMap) -> OffsetMap:
    """The map of two changes made one after the other: raw → text by `first`, text → final text by `second`."""
    if second.is_identity:
        return first
    if first.is_identity:
        return second
    return OffsetMap.of(first.raw_length, _composed(first, second))


def _composed(first: OffsetMap, second: OffsetMap) -> list[Stretch]:
    """The stretches of both maps; those that share code points of the text in the middle become one."""
    changed = [(start, end, True) for start, end in zip(first.starts, first.ends, strict=True)]
    changed += [(start, end, False) for start, end in zip(second.raw_starts, second.raw_ends, strict=True)]
    changed.sort()
    gained = [raw - made for _, raw, made in first.stretches()][::-1]
    lost = [made - raw for _, raw, made in second.stretches()][::-1]
    out: list[Stretch] = []
    to_raw = place = 0
    while place < len(changed):
        start, end, _ = changed[place]
        raw_more = made_more = 0
        while place < len(changed) and (changed[place][0] < end or changed[place][:2] == (start, end)):
            end = max(end, changed[place][1])
            if changed[place][2]:
                raw_more += gained.pop()
            else:
                made_more += lost.pop()
            place += 1
        out.append((start + to_raw, end - start + raw_more, end - start + made_more))
        to_raw += raw_more
    return out


def _mapped(
    span: Span, length: int, starts: array[int], ends: array[int], to_starts: array[int], to_ends: array[int]
) -> Span:
    if span.end > length:
        raise ValueError(f"the range {span.start}-{span.end} ends after the text ({length})")
    if not starts:
        return span
    at = bisect_right(starts, span.start) - 1
    if at < 0:
        start = span.start
    elif span.start < ends[at]:
        start = to_starts[at]
    else:
        start = span.start - ends[at] + to_ends[at]
    at = bisect_left(starts, span.end) - 1
    if at < 0:
        end = span.end
    elif span.end < ends[at]:
        end = to_ends[at]
    else:
        end = span.end - ends[at] + to_ends[at]
    return Span(start, max(start, end))

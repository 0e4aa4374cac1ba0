"""A span: a half-open range of Unicode code points of one version's text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The code points from `start` up to, not including, `end`.

    T h e   m o o n
    0 1 2 3 4 5 6 7 8
            └─────┘    Span(4, 8) is "moon"
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}-{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, offset: int) -> bool:
        """Whether the code point at `offset` is inside."""
        return self.start <= offset < self.end

    def covers(self, other: Span) -> bool:
        """Whether all of `other` is inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether both share at least one code point."""
        return self.start < other.end and other.start < self.end

    def cut(self, text: str) -> str:
        """The words of this span in `text`."""
        return text[self.start : self.end]


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, overlapping or touching ones joined, empty ones dropped."""
    out: list[Span] = []
    for span in sorted(spans):
        if not len(span):
            continue
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def without(spans: Iterable[Span], taken: Span) -> tuple[Span, ...]:
    """What is left of the spans when `taken` is cut out of them."""
    left: list[Span] = []
    for span in spans:
        if not span.overlaps(taken):
            left.append(span)
            continue
        if span.start < taken.start:
            left.append(Span(span.start, taken.start))
        if taken.end < span.end:
            left.append(Span(taken.end, span.end))
    return merged(left)


def written(spans: Iterable[Span]) -> str:
    """The spans as files and the database hold them: `10-25;40-52`."""
    return ";".join([f"{span.start}-{span.end}" for span in spans])


def parsed(value: str) -> tuple[Span, ...]:
    """The spans of `10-25;40-52`; ValueError where that is not what it says."""
    spans = []
    for piece in value.split(";"):
        start, dash, end = piece.partition("-")
        if not dash:
            raise ValueError(f"not a list of ranges: {value!r}")
        spans.append(Span(int(start), int(end)))
    return tuple(spans)

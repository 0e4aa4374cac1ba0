"""What is compared: who marked what in one text. Ranges of code points, half-open, in plain tuples: there are many."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from itertools import accumulate
from typing import NamedTuple

Pieces = tuple[tuple[int, int], ...]
"""Starts and ends of one mark, in order, neither empty nor touching."""


class Mark(NamedTuple):
    """One annotation: a tag on one piece of the text, or on several."""

    tag: str
    pieces: Pieces


class Text(NamedTuple):
    """A text and the marks of those who have read it."""

    id: str
    length: int
    """Code points."""
    marks: Mapping[str, Sequence[Mark]]
    """By annotator. Who marked nothing is there with nothing; who has not read the text is not there."""


class Whole(Enum):
    """What is measured besides single tags."""

    ALL = "all tags"
    """Marks with their tags, over all tags."""
    ANY = "any tag"
    """Whether something is marked, with whatever tag."""


Row = Whole | str
"""All tags, any tag, or one tag."""


class Cover:
    """The code points that are in at least one of some ranges."""

    __slots__ = ("_before", "_ends", "_starts", "length")

    def __init__(self, ranges: Iterable[tuple[int, int]] = ()) -> None:
        starts: list[int] = []
        ends: list[int] = []
        last = -1
        for start, end in sorted(ranges):
            if start > last:
                starts.append(start)
                ends.append(end)
                last = end
            elif end > last:
                ends[-1] = last = end
        self._starts, self._ends = starts, ends
        self._before = [0, *accumulate(end - start for start, end in zip(starts, ends, strict=True))]
        self.length = self._before[-1]

    def within(self, pieces: Iterable[tuple[int, int]]) -> int:
        """How many code points of these pieces, none of which overlap, it has."""
        starts, ends, before = self._starts, self._ends, self._before
        total = 0
        for start, end in pieces:
            # How much is covered below the end, less how much is below the start.
            if place := bisect_right(starts, end):
                total += before[place] - max(0, ends[place - 1] - end)
            if place := bisect_right(starts, start):
                total -= before[place] - max(0, ends[place - 1] - start)
        return total

    def shared(self, other: Cover) -> int:
        """How many code points both have."""
        return self.within(zip(other._starts, other._ends, strict=True))


def size(pieces: Iterable[tuple[int, int]]) -> int:
    """How many code points are in pieces of which no two overlap."""
    return sum([end - start for start, end in pieces])


def overlapping(marks: Iterable[Pieces]) -> bool:
    """Whether any two of these marks share a code point; touching ones don't."""
    last = -1
    for start, end in sorted([piece for pieces in marks for piece in pieces]):
        if start < last:
            return True
        last = end
    return False


def joined(marks: Sequence[Pieces]) -> Sequence[Pieces]:
    """The marks, those that share a code point made one; touching ones stay apart."""
    if not overlapping(marks):
        return marks
    parent = list(range(len(marks)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = place = parent[parent[place]]
        return place

    reach, widest = -1, 0
    for start, end, place in sorted((start, end, place) for place, some in enumerate(marks) for start, end in some):
        if start < reach:
            parent[root(place)] = root(widest)
        if end > reach:
            reach, widest = end, place
    groups: dict[int, list[tuple[int, int]]] = {}
    for place, pieces in enumerate(marks):
        groups.setdefault(root(place), []).extend(pieces)
    return [_merged(pieces) for pieces in groups.values()]


def _merged(pieces: list[tuple[int, int]]) -> Pieces:
    """The pieces of marks that became one: what overlaps is joined, what touches as well, since it is one mark now."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)

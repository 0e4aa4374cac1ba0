"""Finding words in the open article: the hit from a place on, all hits counted, stepping from one to the next.

What can take long gives way: the iterators here say after a fraction of a millisecond each time how far they
are, and whoever goes through them lets keys be pressed in between.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from reader.documents.finding import Finder
from reader.documents.span import Span

CHUNK = 1 << 14
"""Code points that are looked through at once."""


class WordSearch:
    """Words looked for in one text.

    How many hits begin in each `CHUNK` is remembered once they are counted, and where the first of them may begin,
    since a hit can reach over: then any hit is found, and its number told, by looking at one chunk or two.
    """

    problem = ""
    """What is wrong with what is looked for; words are always right."""

    def __init__(self, finder: Finder, text: str) -> None:
        self._finder = finder
        self._length = len(text)
        self._counts = array("q")
        self._begins = array("q", [0])
        self._sums: Sequence[int] = ()

    @property
    def is_counted(self) -> bool:
        """Whether all hits have been counted."""
        return len(self._counts) * CHUNK >= self._length

    @property
    def total(self) -> int:
        """How many hits there are, as far as they have been counted."""
        return sum(self._counts)

    def number(self, start: int) -> int | None:
        """Which hit it is that begins at `start`, from 1; None as long as those before it have not been counted."""
        chunk = start // CHUNK
        if chunk >= len(self._counts):
            return None
        return sum(self._counts[:chunk]) + sum(begins <= start for begins, _ in self._in(chunk))

    def count(self) -> Iterator[int]:
        """Count the hits, going on where it was left; gives how many percent of the text have been gone through."""
        while not self.is_counted:
            chunk = len(self._counts)
            ends = [end for _, end in self._in(chunk)]
            self._begins.append(max([self._begins[chunk], (chunk + 1) * CHUNK, *ends[-1:]]))
            self._counts.append(len(ends))
            yield 100 * min(self._length, (chunk + 1) * CHUNK) // self._length

    def look(self, offset: int, forward: bool) -> Iterator[int | Span]:
        """The hit that begins at `offset` or behind it, else the first one; or the last before it, else the last one.

        Gives how many percent of the text it has gone through, at last the hit; nothing more where there is none.
        """
        if self.is_counted:
            yield from self._looked_up(offset, forward)
            return
        chunks = self._ahead(offset) if forward else self._behind(offset)
        gone = 0
        for low, high in chunks:
            hits = list(self._finder.hits(low, high))
            if hits:
                yield Span(*hits[0 if forward else -1])
                return
            gone += high - low
            yield 100 * gone // self._length

    def within(self, start: int, end: int) -> tuple[Span, ...]:
        """The hits that begin in a range: a page and what is around it."""
        return tuple(Span(*hit) for hit in self._finder.hits(max(0, start), min(end, self._length)))

    def _in(self, chunk: int) -> Iterator[tuple[int, int]]:
        return self._finder.hits(self._begins[chunk], min(self._length, (chunk + 1) * CHUNK))

    def _ahead(self, offset: int) -> Iterator[tuple[int, int]]:
        """The chunks from `offset` on, and those from the beginning up to it."""
        for start, end in ((offset, self._length), (0, offset)):
            yield from ((low, min(low + CHUNK, end)) for low in range(start, end, CHUNK))

    def _behind(self, offset: int) -> Iterator[tuple[int, int]]:
        """The chunks back from `offset`, and those from the end back to it."""
        for start, end in ((offset, 0), (self._length, offset)):
            yield from ((max(end, high - CHUNK), high) for high in range(start, end, -CHUNK))

    def _looked_up(self, offset: int, forward: bool) -> Iterator[int | Span]:
        """The same by what has been counted."""
        if not self._counts:
            return
        if len(self._sums) < len(self._counts):
            self._sums = array("q", accumulate(self._counts))
        total = self._sums[-1]
        if not total:
            return
        chunk = min(offset // CHUNK, len(self._counts) - 1)
        before = self._sums[chunk] - self._counts[chunk] + sum(begins < offset for begins, _ in self._in(chunk))
        # The hit by its number from 0, and the chunk that it is in.
        number = (before if forward else before - 1) % total
        chunk = bisect_right(self._sums, number)
        wanted = number - (self._sums[chunk] - self._counts[chunk])
        yield Span(*next(hit for place, hit in enumerate(self._in(chunk)) if place == wanted))

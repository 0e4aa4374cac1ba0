"""What a search has found so far, in little room: numbers by hit, and the rows of the list that shows them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from enum import IntEnum

from reader.documents.span import Span
from reader.work.hits import Hit, Kind, Place

_KINDS = tuple(Kind)


class Row(IntEnum):
    """What a row of the list shows of its hit."""

    ARTICLE = 0
    """The article that it and those below are in."""
    HIT = 1
    NOTE = 2
    """The note on a mark."""
    SAID = 3
    """What was said about a mark and looked for."""


class Found:
    """Hits in their order, each article's together; 100,000 of them take 5 MB."""

    def __init__(self) -> None:
        self._kinds = array("b")
        self._versions, self._starts, self._ends, self._pks = (array("q") for _ in range(4))
        self._rows = array("q")
        """Which hit each row shows and what of it: 4 × hit + `Row`."""
        self._row_of = array("q")
        """The row of each hit."""
        self.off = set[int]()
        """The hits that have been unticked."""
        self.articles = 0
        """How many articles they are in."""

    def __len__(self) -> int:
        return len(self._kinds)

    def add(self, hits: Iterable[Hit]) -> None:
        """More hits, behind those that are there."""
        for hit in hits:
            index, place = len(self._kinds), hit.place
            if not index or self._versions[-1] != place.version:
                self.articles += 1
                self._rows.append(4 * index + Row.ARTICLE)
            self._kinds.append(_KINDS.index(place.kind))
            self._versions.append(place.version)
            self._starts.append(place.start)
            self._ends.append(place.end)
            self._pks.append(place.pk)
            if place.kind is Kind.ARTICLE:
                self._row_of.append(len(self._rows) - 1)
                continue
            self._row_of.append(len(self._rows))
            self._rows.append(4 * index + Row.HIT)
            if hit.mark is not None and hit.mark.note:
                self._rows.append(4 * index + Row.NOTE)
            if hit.said:
                self._rows.append(4 * index + Row.SAID)

    @property
    def rows(self) -> int:
        """How many rows the list has."""
        return len(self._rows)

    def row(self, at: int) -> tuple[int, Row]:
        """Which hit a row shows, and what of it."""
        return self._rows[at] // 4, Row(self._rows[at] % 4)

    def row_of(self, hit: int) -> int:
        """The row that shows a hit."""
        return self._row_of[hit]

    def place(self, hit: int) -> Place:
        """Where a hit is."""
        return Place(_KINDS[self._kinds[hit]], self._versions[hit], self._starts[hit], self._ends[hit], self._pks[hit])

    def next_article(self, hit: int, forward: bool) -> int:
        """The first hit of the next article; or of this one, where it is further on, else of the one before."""
        versions = self._versions
        if forward:
            at = hit
            while at < len(versions) and versions[at] == versions[hit]:
                at += 1
            return at if at < len(versions) else hit
        at = max(0, hit - 1)
        while at > 0 and versions[at - 1] == versions[at]:
            at -= 1
        return at

    def of_article(self, hit: int) -> range:
        """The hits of the article that this one is in."""
        version, first, behind = self._versions[hit], hit, hit + 1
        while first and self._versions[first - 1] == version:
            first -= 1
        while behind < len(self) and self._versions[behind] == version:
            behind += 1
        return range(first, behind)

    def ticked(self) -> list[tuple[int, Span]]:
        """The hits that are ticked: the number of the version, and the span."""
        return [
            (self._versions[hit], Span(self._starts[hit], self._ends[hit]))
            for hit in range(len(self))
            if hit not in self.off
        ]
